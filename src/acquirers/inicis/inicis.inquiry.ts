import type {
  AcquirerCancelRecord,
  ApprovalReference,
  Exchange,
  InquiryOutcome,
} from '../port/acquirer.types';
import { notAsAsked } from '../shared/answers';
import { type InicisAnswer, timeOf, wonOf } from './inicis.answers';
import { isNoSuchTransaction } from './inicis.codes';
import { tidOf } from './inicis.mapper';
import type { InicisInquiry } from './inicis.wire';

type Found = Extract<InquiryOutcome, { kind: 'FOUND' }>;

export function inquiryOutcome(
  mid: string,
  reference: ApprovalReference,
  answer: InicisAnswer<InicisInquiry>,
  exchange: Exchange,
): InquiryOutcome {
  if (answer.kind === 'FAILURE' && isNoSuchTransaction(answer.code)) return { kind: 'NOT_FOUND', exchange };
  if (answer.kind !== 'SUCCESS') return { kind: 'UNKNOWN', exchange };
  const { body } = answer;
  const amount = wonOf(body.price);
  const acquirerTransactionId = tidOf(body.tid);
  const isOurs =
    body.mid === mid &&
    body.oid === reference.acquirerOrderNo &&
    (reference.acquirerTransactionId ?? body.tid) === body.tid;
  if (!isOurs || amount === null || acquirerTransactionId === null)
    return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
  const isAccount = reference.channel === 'VIRTUAL_ACCOUNT';
  const found = isAccount ? accountState(body, amount, reference) : stateOf(body, amount, reference.amount);
  if (found === null) return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
  return { kind: 'FOUND', acquirerTransactionId, amount, ...found, exchange };
}

/** What an inquiry says of a payment. `asked`: the amount that we asked for. */
function stateOf(
  body: InicisInquiry,
  amount: number,
  asked: number,
): Pick<Found, 'state' | 'balanceAmount' | 'cancels'> | null {
  switch (body.transactionStatus === '' ? OLD_STATES[body.status] : body.transactionStatus) {
    case 'APPROVAL':
      return { state: 'APPROVED', balanceAmount: amount, cancels: [] };
    case 'CANCEL':
      return { state: 'CANCELLED', balanceAmount: 0, cancels: wholly(partsOf(body) ?? [], amount) };
    case 'PART_CANCEL':
      // That `price` stays what was approved is not documented; where it did not, nothing can be reckoned from it.
      return amount === asked ? partly(body, amount) : null;
    default:
      return null;
  }
}

/** The older `status`; what 9 means is told in two ways, so it is not here. */
const OLD_STATES: Readonly<Record<string, string>> = { '0': 'APPROVAL', '1': 'CANCEL' };

function partly(
  body: InicisInquiry,
  amount: number,
): Pick<Found, 'state' | 'balanceAmount' | 'cancels'> | null {
  const cancels = partsOf(body);
  if (cancels === null || cancels.length === 0) return null;
  const left = amount - sumOf(cancels);
  const told = body.availablePartCancelPrice;
  if (left < 0 || (told !== '' && wonOf(told) !== left)) return null;
  return { state: left === 0 ? 'CANCELLED' : 'PARTIALLY_CANCELLED', balanceAmount: left, cancels };
}

/** Its partial cancels; null where one of them cannot be read. */
function partsOf(body: InicisInquiry): AcquirerCancelRecord[] | null {
  const parts = (body.partCancelTransInfo ?? []).map(({ tid, requestPrice }) => ({
    acquirerCancelId: tidOf(tid),
    amount: wonOf(requestPrice) ?? 0,
  }));
  return parts.every((part) => part.amount > 0) ? parts : null;
}

/** A full cancel is not listed and has no id of its own. */
function wholly(parts: AcquirerCancelRecord[], amount: number): AcquirerCancelRecord[] {
  const rest = amount - sumOf(parts);
  return rest > 0 ? [...parts, { acquirerCancelId: null, amount: rest }] : parts;
}

function sumOf(cancels: readonly AcquirerCancelRecord[]): number {
  return cancels.reduce((sum, cancel) => sum + cancel.amount, 0);
}

/**
 * What an inquiry says of an account. An approval of it may be that of its issue, so only one that tells when it was
 * deposited is believed to be money.
 */
function accountState(
  body: InicisInquiry,
  amount: number,
  reference: ApprovalReference,
): Pick<Found, 'state' | 'balanceAmount' | 'cancels' | 'deposit'> | null {
  const { depositName = '', depositDate = '', depositTime = '' } = body.vacctInfo ?? {};
  const found = stateOf(body, amount, reference.amount);
  if (found === null) return null;
  if (depositDate === '') {
    if (found.state === 'APPROVED') return { state: 'PENDING', balanceAmount: amount, cancels: [] };
    return found.state === 'CANCELLED' ? { state: 'NOT_APPROVED', balanceAmount: 0, cancels: [] } : null;
  }
  const depositedAt = timeOf(depositDate, depositTime);
  if (depositedAt === null) return null;
  return { ...found, deposit: { depositor: depositName === '' ? null : depositName, depositedAt } };
}
