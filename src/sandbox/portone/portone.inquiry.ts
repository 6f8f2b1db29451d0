import type { Outcome } from '../core/acquirer';
import { addedPayments } from '../core/discrepancies';
import type { PortoneExtra, PortonePayment } from './portone.books';
import { BANKS, CARD_COMPANIES, type CodeName } from './portone.cards';
import { read, REFUSALS, refused, wrongParameter } from './portone.envelope';
import { isAbsent, listOf, queryFields, wonOf } from './portone.fields';
import type { PortoneHandler, PortoneRequest } from './portone.gate';
import { paymentView, statusOf, unix, updatedAtMs } from './portone.payment';

const STATUSES = ['all', 'ready', 'paid', 'cancelled', 'failed'];
const BATCH_MAX = 100;
const PAGE_DEFAULT = 20;
const PAGE_MAX = 1_000;
const PERIOD_MAX_S = 90 * 24 * 60 * 60;

type SortKey = (payment: PortonePayment) => number;
const SORT_KEYS: Readonly<Record<string, SortKey>> = {
  started: ({ order }) => order.requestedAtMs,
  paid: ({ approval }) => approval?.atMs ?? 0,
  updated: updatedAtMs,
};

/** `GET /payments/{imp_uid}`. */
export function byImpUid({ call, mid, books }: PortoneRequest): Outcome {
  const payment = books.payments.byTransaction(mid, call.params.imp_uid ?? '');
  if (!payment) return refused(REFUSALS.noPayment);
  call.about(payment.order.acquirerOrderNo);
  return read(paymentView(payment));
}

/** `GET /payments?imp_uid[]=&merchant_uid[]=`: HTTP 207 where only some of them are there. */
export function batch({ call, mid, books }: PortoneRequest): Outcome {
  const query = queryFields(call);
  const [impUids, merchantUids] = [listOf(query.imp_uid), listOf(query.merchant_uid)];
  const asked = impUids.length + merchantUids.length;
  if (asked === 0 || asked > BATCH_MAX) return refused(wrongParameter('imp_uid'));
  const found = [
    ...impUids.map((id) => books.payments.byTransaction(mid, id)),
    ...merchantUids.map((uid) => books.payments.latestByOrder(mid, uid)),
  ].filter((payment) => payment !== undefined);
  if (found.length === 0) return refused(REFUSALS.noPayment);
  return read([...new Set(found)].map(paymentView), found.length === asked ? 200 : 207);
}

/** `GET /payments/find/{merchant_uid}/{payment_status?}`: the first by the sorting, the latest unless told otherwise. */
export function find(request: PortoneRequest): Outcome {
  const found = ofOrder(request);
  if (found === undefined) return refused(wrongParameter('payment_status'));
  const [first] = found;
  return first ? read(paymentView(first)) : refused(REFUSALS.noPayment);
}

/** `GET /payments/findAll/{merchant_uid}/{payment_status?}`. */
export function findAll(request: PortoneRequest): Outcome {
  const found = ofOrder(request);
  return found === undefined ? refused(wrongParameter('payment_status')) : page(request, found);
}

/** `GET /payments/status/{status}`: at most 90 days, by when the payments began. */
export function byStatus(request: PortoneRequest): Outcome {
  const { call, mid, books, contract } = request;
  const status = call.params.status ?? '';
  const query = queryFields(call);
  const toS = isAbsent(query.to) ? unix(books.nowMs()) : wonOf(query.to);
  const fromS = isAbsent(query.from) ? (toS ?? 0) - PERIOD_MAX_S : wonOf(query.from);
  if (!STATUSES.includes(status)) return refused(wrongParameter('payment_status'));
  if (fromS === undefined || toS === undefined || fromS > toS || toS - fromS > PERIOD_MAX_S)
    return refused(wrongParameter('from'));
  const { discrepancies } = books.payments;
  const added = addedPayments(discrepancies.added(mid), extraOfAdded(contract.pg));
  const oldestFirst = [...[...books.payments.all(mid)].reverse(), ...added];
  const told = oldestFirst.map((payment) => discrepancies.payment(payment));
  const found = told.filter((payment) => {
    const startedS = unix(payment.order.requestedAtMs);
    return startedS >= fromS && startedS <= toS && (status === 'all' || statusOf(payment) === status);
  });
  return page(request, sorted(found, query.sorting));
}

/** Of payments that only the list has. */
const extraOfAdded = (pg: string): PortoneExtra => ({
  ...{ name: null, buyerName: null, buyerEmail: null, buyerTel: null, customData: null },
  ...{ payMethod: 'card', channel: 'api', pg, pgTid: '', webhookAs: 'json' },
});

/** `GET /cards`, `GET /banks`, and one of them. */
export const cardCodes = codesOf(CARD_COMPANIES);
export const bankCodes = codesOf(BANKS);

function codesOf(codes: readonly CodeName[]): { readonly all: PortoneHandler; readonly one: PortoneHandler } {
  return {
    all: () => read(codes),
    one: ({ call }) => {
      const found = codes.find(({ code }) => code === call.params.code);
      return found ? read(found) : refused(REFUSALS.noCode);
    },
  };
}

/** Undefined for a status that there is not. */
function ofOrder({ call, mid, books }: PortoneRequest): readonly PortonePayment[] | undefined {
  const { merchant_uid: merchantUid = '', payment_status } = call.params;
  const status = payment_status || 'all';
  call.about(merchantUid);
  if (!STATUSES.includes(status)) return undefined;
  const found = books.payments
    .byOrder(mid, merchantUid)
    .filter((payment) => status === 'all' || statusOf(payment) === status);
  return sorted(found, queryFields(call).sorting);
}

/** `-started` unless asked otherwise. The payments come oldest first, which decides between two of the same moment. */
function sorted(payments: readonly PortonePayment[], sorting: unknown): readonly PortonePayment[] {
  const asked = typeof sorting === 'string' ? sorting : '-started';
  const key = SORT_KEYS[asked.replace(/^-/, '')] ?? ((payment) => payment.order.requestedAtMs);
  const ascending = [...payments].sort((a, b) => key(a) - key(b));
  return asked.startsWith('-') ? ascending.reverse() : ascending;
}

function page({ call }: PortoneRequest, payments: readonly PortonePayment[]): Outcome {
  const query = queryFields(call);
  const number = isAbsent(query.page) ? 1 : wonOf(query.page);
  const limit = isAbsent(query.limit) ? PAGE_DEFAULT : wonOf(query.limit);
  if (!number) return refused(wrongParameter('page'));
  if (!limit || limit > PAGE_MAX) return refused(wrongParameter('limit'));
  const rest = payments.slice((number - 1) * limit);
  return read({
    total: payments.length,
    previous: number - 1,
    next: rest.length > limit ? number + 1 : 0,
    list: rest.slice(0, limit).map(paymentView),
  });
}
