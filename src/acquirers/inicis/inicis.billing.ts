import { Secret } from '../../common/masking/secret';
import type { BillingChargeOrder, BillingKeyOrder, BillingKeyOutcome } from '../port/ability.types';
import type { Exchange } from '../port/acquirer.types';
import { notAsAsked } from '../shared/answers';
import type { InicisAnswer } from './inicis.answers';
import { inicisCardKind } from './inicis.codes';
import { failedApproval } from './inicis.mapper';
import {
  buyerName,
  type Caller,
  cardFields,
  type Form,
  installments,
  orderFields,
  signedForm,
} from './inicis.requests';
import type { InicisBillKey } from './inicis.wire';

const GOODS_NAME = '정기결제 등록';
const BILL_KEY_MAX = 128;

/** `POST /api/v1/billing`, Auth by Card. Its price is only shown; none is taken. */
export function billKeyForm(caller: Caller, order: BillingKeyOrder): Form {
  const card = cardFields(caller, order.card.expose());
  const price = '0';
  const hashed = [order.acquirerOrderNo, price, card.cardNumber];
  return signedForm(
    caller,
    { type: 'Auth', paymethod: 'Card', hashed },
    {
      moid: order.acquirerOrderNo,
      goodName: GOODS_NAME,
      buyerName: buyerName(order.buyerName),
      buyerEmail: order.buyerEmail ?? '',
      buyerTel: order.buyerPhone ?? '',
      price,
      ...card,
    },
  );
}

/** `POST /api/v1/billing`, Billing by Card. */
export function chargeForm(caller: Caller, order: BillingChargeOrder, url: string): Form {
  const billKey = order.token.expose();
  const hashed = [order.acquirerOrderNo, String(order.amount), billKey];
  return signedForm(
    caller,
    { type: 'Billing', paymethod: 'Card', hashed },
    {
      url,
      ...orderFields(order),
      billKey,
      authentification: '00',
      cardQuota: installments(order.installmentMonths),
      quotaInterest: '0',
    },
  );
}

/** What of a charge may be kept: never the billing key. */
export function maskedCharge(order: BillingChargeOrder): Record<string, unknown> {
  const {
    acquirerOrderNo: moid,
    amount: price,
    taxFreeAmount: taxFree,
    installmentMonths: cardQuota,
  } = order;
  return { moid, price, taxFree, cardQuota };
}

export function billKeyOutcome(
  mid: string,
  answer: InicisAnswer<InicisBillKey>,
  exchange: Exchange,
): BillingKeyOutcome {
  switch (answer.kind) {
    case 'NOT_SENT':
      return { kind: 'NOT_SENT', exchange };
    case 'UNREADABLE':
      return { kind: 'UNKNOWN', exchange };
    case 'FAILURE': {
      const failed = failedApproval(answer.code, exchange);
      if (failed.kind === 'UNKNOWN') return { kind: 'UNKNOWN', exchange };
      return { kind: 'DECLINED', declineCode: failed.declineCode, exchange };
    }
    case 'SUCCESS': {
      const { billKey, tid, cardCode, checkFlg, cardKind } = answer.body;
      const isKey = billKey !== '' && billKey.length <= BILL_KEY_MAX && (tid === '' || tid.includes(mid));
      if (!isKey) return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
      const card = inicisCardKind({ cardCode, checkFlag: checkFlg, corporateFlag: cardKind, interest: '' });
      return { kind: 'ISSUED', token: new Secret(billKey), card, exchange };
    }
  }
}
