import { hasCardExpired } from '../../common/cards/card.validators';
import type { FieldError } from '../../common/errors/app-error';
import type { KeyInContent } from './dto/key-in-content';

const INSTALLMENT_AMOUNT_MIN = 50_000;
/** Acquirers take no less. */
const CARD_PART_MIN = 100;

/** What no single field can tell: rules between fields and against the clock. Values are never repeated. */
export function keyInFaults(
  content: KeyInContent,
  now: Date,
  isGood: (...fields: (keyof KeyInContent)[]) => boolean = () => true,
): FieldError[] {
  const faults: FieldError[] = [];
  const parts = (content.taxFreeAmount ?? 0) + (content.serviceCharge ?? 0);
  if (isGood('amount', 'taxFreeAmount', 'serviceCharge') && parts > content.amount) {
    faults.push({
      field: 'taxFreeAmount',
      code: 'PARTS_EXCEED_AMOUNT',
      message: {
        ko: '면세 금액과 봉사료의 합이 결제 금액보다 큽니다.',
        en: 'Tax-free amount and service charge together exceed the amount.',
      },
    });
  }
  faults.push(...pointFaults(content, isGood));
  const cardPart = content.amount - (content.pointAmount ?? 0);
  const inInstallments =
    isGood('installmentMonths', 'amount', 'pointAmount') && (content.installmentMonths ?? 0) > 0;
  if (inInstallments && cardPart < INSTALLMENT_AMOUNT_MIN) {
    faults.push({
      field: 'installmentMonths',
      code: 'INSTALLMENT_AMOUNT_TOO_SMALL',
      message: { ko: '할부는 50,000원부터 가능합니다.', en: 'Installments need 50,000 won or more.' },
    });
  }
  if (isGood('cardExpiry') && hasCardExpired(content.cardExpiry, now)) {
    faults.push({
      field: 'cardExpiry',
      code: 'EXPIRED',
      message: { ko: '유효기간이 지났습니다.', en: 'The expiry date has passed.' },
    });
  }
  return faults;
}

/** Points are somebody's, and leave the card an amount that acquirers take. */
function pointFaults(
  { amount, pointAmount = 0, customerKey }: KeyInContent,
  isGood: (...fields: (keyof KeyInContent)[]) => boolean,
): FieldError[] {
  if (pointAmount === 0 || !isGood('pointAmount')) return [];
  const faults: FieldError[] = [];
  if (isGood('amount') && amount - pointAmount < CARD_PART_MIN) {
    faults.push({
      field: 'pointAmount',
      code: 'CARD_PART_TOO_SMALL',
      message: {
        ko: '포인트를 뺀 카드 금액은 100원 이상이어야 합니다.',
        en: 'What points do not pay, and the card does, must be 100 won or more.',
      },
    });
  }
  if (customerKey === undefined) faults.push({ field: 'customerKey', code: 'REQUIRED' });
  return faults;
}

/**
 * The whole content in one fixed form, for the keyed fingerprint that tells a repeated order from another one. Left
 * out: the time of sending, which a repetition changes, and the password digits, which may not be kept in any form.
 */
export function canonicalContent(mid: string, content: KeyInContent): string {
  const metadata = Object.entries(content.metadata ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([
    mid,
    content.orderNo,
    content.amount,
    content.taxFreeAmount ?? 0,
    content.serviceCharge ?? 0,
    content.goodsName,
    content.buyerName ?? null,
    content.buyerPhone ?? null,
    content.buyerEmail ?? null,
    content.cardNumber,
    content.cardExpiry,
    content.birthOrBusinessNo ?? null,
    content.installmentMonths ?? 0,
    content.branchId ?? null,
    content.customerKey ?? null,
    metadata,
    // Only where it is used, so that orders without points keep the fingerprint that they have.
    ...(content.pointAmount ? [content.pointAmount] : []),
  ]);
}
