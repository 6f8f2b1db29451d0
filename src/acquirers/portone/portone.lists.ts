import { addDays, startOfKoreanDay } from '../../common/time/korean-time';
import type { AcquirerMovement, ListOutcome } from '../port/ability.types';
import type { ContractAccess } from '../port/acquirer.types';
import { notAsAsked } from '../shared/answers';
import type { PortoneClient } from './portone.client';
import { fromUnix } from './portone.mapper';
import { type PortonePayment, portonePaymentListSchema } from './portone.wire';

/** "최대 90일": the day itself and so many days before it. */
export const LISTED_DAYS_MAX = 89;
/** A page of so many stays far below the longest answer that is read. */
const ROWS_PER_PAGE = 100;
const DAY_MS = 24 * 60 * 60_000;
const ENDPOINT = 'GET /payments/status/all';

/**
 * What moved on a Korean day, from the list of payments that began up to 90 days before its end. By when they began, which
 * never changes: a payment that is cancelled meanwhile stays on its page. `next`: the number of the page.
 */
export async function listMovements(
  client: PortoneClient,
  access: ContractAccess,
  { day, next }: { readonly day: string; readonly next: string | null },
): Promise<ListOutcome<AcquirerMovement>> {
  const [start, end] = dayOf(day);
  const request = {
    from: startOfKoreanDay(addDays(day, -LISTED_DAYS_MAX)).getTime() / 1_000,
    to: end / 1_000 - 1,
    sorting: 'started',
    page: Number(next ?? '1'),
    limit: ROWS_PER_PAGE,
  };
  const { page, limit, ...period } = request;
  const query = new URLSearchParams({
    ...{ from: String(period.from), to: String(period.to), sorting: period.sorting },
    ...{ page: String(page), limit: String(limit) },
  });
  const { answer, exchange } = await client.call(access, {
    method: 'GET',
    path: `/payments/status/all?${query.toString()}`,
    endpoint: ENDPOINT,
    request,
    schema: portonePaymentListSchema,
    masked: ({ list, total }) => ({ rows: list.length, total }),
  });
  if (answer.kind === 'NOT_SENT') return { kind: 'NOT_SENT', exchange };
  if (answer.kind === 'REFUSED') return { kind: 'REFUSED', exchange };
  if (answer.kind === 'UNREADABLE') return { kind: 'UNKNOWN', exchange };
  const { list, next: following } = answer.value;
  const lines = list.map(movementsOf);
  if (lines.some((each) => each === null) || (following !== 0 && following !== request.page + 1))
    return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
  return {
    kind: 'PAGE',
    lines: lines
      .flatMap((each) => each ?? [])
      .filter(({ at }) => at.getTime() >= start && at.getTime() < end),
    next: following === 0 ? null : String(following),
  };
}

function dayOf(day: string): [start: number, end: number] {
  const start = startOfKoreanDay(day).getTime();
  return [start, start + DAY_MS];
}

/** Null where a row contradicts itself: a list with a hole is worse than none. */
export function movementsOf(payment: PortonePayment): AcquirerMovement[] | null {
  const { imp_uid, merchant_uid, amount, currency, paid_at } = payment;
  const cancels = cancelsOf(payment);
  if (cancels === null || currency !== 'KRW') return null;
  if (paid_at === 0) return cancels;
  const approval: AcquirerMovement = {
    ...{ kind: 'APPROVAL', acquirerOrderNo: merchant_uid, acquirerTransactionId: imp_uid },
    ...{ movementId: imp_uid, amount, at: fromUnix(paid_at) },
  };
  return [approval, ...cancels];
}

function cancelsOf({
  imp_uid,
  merchant_uid,
  cancel_history,
  cancel_amount,
}: PortonePayment): AcquirerMovement[] | null {
  const sum = cancel_history.reduce((total, { amount }) => total + amount, 0);
  const isTold = cancel_history.every(
    ({ cancellation_id, pg_tid, cancelled_at }) =>
      (cancellation_id ?? pg_tid ?? '') !== '' && cancelled_at > 0,
  );
  if (!isTold || sum !== cancel_amount) return null;
  return cancel_history.map(({ cancellation_id, pg_tid, amount, cancelled_at }) => ({
    ...{ kind: 'CANCEL', acquirerOrderNo: merchant_uid, acquirerTransactionId: imp_uid },
    ...{ movementId: cancellation_id ?? pg_tid ?? '', amount, at: fromUnix(cancelled_at) },
  }));
}
