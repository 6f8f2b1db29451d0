import { addDays } from '../../../common/time/korean-time';
import type { Comparison, Finding } from '../reconciliation.types';
import { type OwnMovement, pairUp, type TheirMovement } from './pairing.policy';

/** Of a number whose payment went on under another one: that attempt has ended, and left nothing with the acquirer. */
export const ATTEMPT_ENDED = 'ATTEMPT_ENDED';
/** Of an order of ours that the acquirer has charged under another id, too. */
export const OTHER_TRANSACTION = 'OTHER_TRANSACTION';

/** Our side of a payment, as far as it matters here. */
export interface OwnPayment {
  readonly paymentId: string;
  /** Its status, or ATTEMPT_ENDED, or OTHER_TRANSACTION. */
  readonly state: string;
  /** Since when its outcome, or that of a cancel, is not known; null where everything is. */
  readonly openSince: Date | null;
}

/** Everything that both sides say of one payment of the acquirer's. */
export interface PaymentBooks {
  readonly acquirerTransactionId: string;
  readonly payment: OwnPayment | null;
  readonly theirs: readonly TheirMovement[];
  readonly own: readonly OwnMovement[];
}

export interface CompareTerms {
  /** The Korean day whose breaks are asked for. */
  readonly day: string;
  /** What is open since before this is a break. */
  readonly openBefore: Date;
}

/**
 * The breaks of a payment that belong to a day, movement by movement. Movements of the neighbouring days are looked at
 * too: what is near midnight may stand on the other day there.
 */
export function differencesOf(books: PaymentBooks, { day, openBefore }: CompareTerms): Comparison {
  const isNear = ({ day: each }: { readonly day: string }) =>
    addDays(day, -1) <= each && each <= addDays(day, 1);
  const { payment } = books;
  const openSince = payment?.openSince ?? null;
  const isOpen = openSince !== null && openSince >= openBefore;
  const { pairs, theirsLeft, ownLeft } = pairUp(books.theirs.filter(isNear), books.own.filter(isNear));
  const finding = findingOf(books);
  const found: { readonly day: string; readonly finding: Finding }[] = pairs
    .filter(({ theirs, own }) => theirs.amount !== own.amount)
    .map(({ theirs, own }) => {
      const kind = theirs.kind === 'APPROVAL' ? 'AMOUNT_DIFFERS' : 'CANCEL_DIFFERS';
      return { day: theirs.day, finding: finding(kind, { theirs, own }) };
    });
  const swapped = swappedOf(theirsLeft, ownLeft);
  if (swapped !== null) {
    const states = { ownState: 'APPROVED', acquirerState: 'CANCELLED' };
    found.push({ day: swapped.theirs.day, finding: { ...finding('STATE_DIFFERS', swapped), ...states } });
  }
  for (const theirs of theirsLeft) {
    if (theirs === swapped?.theirs || isUndone(books)) continue;
    const told = leftThere(books, theirs);
    if (told !== null) found.push({ day: theirs.day, finding: { ...finding(told, { theirs }) } });
  }
  for (const own of ownLeft) {
    if (own !== swapped?.own) found.push({ day: own.day, finding: finding('MISSING_THERE', { own }) });
  }
  const ofDay = found.filter((each) => each.day === day).map((each) => each.finding);
  return isOpen ? openOf(ofDay) : { findings: ofDay, openCount: 0, openPaymentIds: [] };
}

/** What differs while something of its payment is under way here. */
export const openOf = (found: readonly Finding[]): Comparison => ({
  findings: [],
  openCount: found.length,
  openPaymentIds: [...new Set(found.flatMap(({ paymentId }) => paymentId ?? []))],
});

/** Our approval is missing there, and in its place there is the same amount as a cancel. */
function swappedOf(theirsLeft: readonly TheirMovement[], ownLeft: readonly OwnMovement[]) {
  const own = ownLeft.find(({ kind }) => kind === 'APPROVAL');
  const theirs = theirsLeft.find(({ kind, amount }) => kind === 'CANCEL' && amount === own?.amount);
  return own === undefined || theirs === undefined ? null : { own, theirs };
}

/** An approval that was never one here and was taken back there in full: how a lost answer ends. */
function isUndone({ payment, theirs, own }: PaymentBooks): boolean {
  if (payment === null || own.length > 0) return false;
  return theirs.reduce((sum, { kind, amount }) => sum + (kind === 'APPROVAL' ? amount : -amount), 0) === 0;
}

/** What a movement is that only the acquirer has; null where the finding of its approval says it. */
function leftThere(
  { payment, theirs, own }: PaymentBooks,
  movement: TheirMovement,
): 'MISSING_HERE' | 'STATE_DIFFERS' | null {
  if (payment === null || payment.state === OTHER_TRANSACTION || own.length > 0) return 'MISSING_HERE';
  if (movement.kind === 'APPROVAL') return 'STATE_DIFFERS';
  return theirs.some(({ kind }) => kind === 'APPROVAL') ? null : 'MISSING_HERE';
}

export function findingOf({ payment, acquirerTransactionId, theirs: known }: PaymentBooks) {
  return (
    kind: Finding['kind'],
    { theirs, own }: { readonly theirs?: TheirMovement; readonly own?: OwnMovement },
  ): Finding => ({
    kind,
    movementKind: (own ?? theirs)?.kind ?? null,
    paymentId: payment?.paymentId ?? null,
    acquirerTransactionId,
    ...ownSide(payment, own),
    ...theirSide(theirs, known[0]?.acquirerOrderNo ?? null),
  });
}

function ownSide(payment: OwnPayment | null, own: OwnMovement | undefined) {
  const ownState = payment?.state ?? null;
  if (own === undefined) return { sourceId: null, ownAmount: null, ownState };
  return { sourceId: own.sourceId, ownAmount: own.amount, ownState };
}

/** `orderNo`: as the acquirer names the payment in another row, where this one is not there. */
function theirSide(theirs: TheirMovement | undefined, orderNo: string | null) {
  if (theirs === undefined)
    return { movementKey: null, acquirerOrderNo: orderNo, acquirerAmount: null, acquirerState: null };
  const { movementKey, acquirerOrderNo, amount, kind } = theirs;
  const acquirerState = kind === 'APPROVAL' ? 'APPROVED' : 'CANCELLED';
  return { movementKey, acquirerOrderNo, acquirerAmount: amount, acquirerState };
}
