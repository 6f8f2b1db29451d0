import type { FieldError } from '../../../common/errors/app-error';
import {
  type IssueVirtualAccountRequest,
  VALID_HOURS_DEFAULT,
  VALID_HOURS_MAX,
} from './dto/virtual-account.request';

const HOUR_MS = 3_600_000;

/** When the account runs out: as wished, else by hours from now. */
export function dueAtOf(request: IssueVirtualAccountRequest, now: Date): Date {
  if (request.expiresAt !== undefined) return new Date(request.expiresAt);
  return new Date(now.getTime() + (request.validHours ?? VALID_HOURS_DEFAULT) * HOUR_MS);
}

/** What no single field can tell. */
export function issueFaults(request: IssueVirtualAccountRequest, now: Date): FieldError[] {
  const faults: FieldError[] = [];
  if ((request.taxFreeAmount ?? 0) > request.amount) {
    faults.push({
      field: 'taxFreeAmount',
      code: 'PARTS_EXCEED_AMOUNT',
      message: {
        ko: '면세 금액이 결제 금액보다 큽니다.',
        en: 'The tax-free amount exceeds the amount.',
      },
    });
  }
  if (request.expiresAt !== undefined && request.validHours !== undefined) {
    faults.push({
      field: 'validHours',
      code: 'NOT_ALLOWED',
      message: {
        ko: 'expiresAt과 validHours 중 하나만 보내 주세요.',
        en: 'Send either expiresAt or validHours.',
      },
    });
  }
  const inMs = dueAtOf(request, now).getTime() - now.getTime();
  if (!(inMs > 0 && inMs <= VALID_HOURS_MAX * HOUR_MS)) {
    faults.push({
      field: 'expiresAt',
      code: 'OUT_OF_RANGE',
      message: {
        ko: '입금 기한은 지금부터 90일 안이어야 합니다.',
        en: 'The account must run out within 90 days from now.',
      },
    });
  }
  return faults;
}

/** The whole content in one fixed form, for the keyed fingerprint that tells a repeated order from another one. */
export function canonicalIssue(mid: string, request: IssueVirtualAccountRequest): string {
  const metadata = Object.entries(request.metadata ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([
    mid,
    request.orderNo,
    request.amount,
    request.taxFreeAmount ?? 0,
    request.goodsName,
    request.customerName,
    request.bankCode,
    request.expiresAt ?? null,
    request.validHours ?? null,
    request.buyerPhone ?? null,
    request.buyerEmail ?? null,
    request.customerKey ?? null,
    request.branchId ?? null,
    request.acquirer ?? null,
    request.cashReceipt?.purpose ?? null,
    request.cashReceipt?.identifier ?? null,
    metadata,
  ]);
}
