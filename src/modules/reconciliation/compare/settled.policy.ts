import { addDays } from '../../../common/time/korean-time';
import type { Comparison, Finding } from '../reconciliation.types';
import { findingOf, openOf, type OwnPayment } from './differences.policy';
import { type OwnMovement, pairUp, type TheirMovement } from './pairing.policy';

/** A line of what the acquirer settles. Won; of a cancel fee, VAT and net are negative. */
export interface TheirLine extends TheirMovement {
  readonly fee: number;
  readonly vat: number;
  readonly net: number;
}

/** `cost`: what we reckon that the acquirer takes of it, in won without VAT; null where nobody has told its rate. */
export interface OwnSettled extends OwnMovement {
  readonly cost: number | null;
}

export interface SettledBooks {
  readonly acquirerTransactionId: string;
  readonly payment: OwnPayment | null;
  readonly theirs: readonly TheirLine[];
  readonly own: readonly OwnSettled[];
}

export interface SettledTerms {
  readonly day: string;
  readonly openBefore: Date;
  /** Won by which a fee may differ: how an acquirer rounds the fee of a part is not documented. */
  readonly feeTolerance: number;
}

/** The breaks between what an acquirer settles of a payment and what we expect, that belong to a day of sale. */
export function settledDifferencesOf(books: SettledBooks, terms: SettledTerms): Comparison {
  const { day, openBefore } = terms;
  const isNear = ({ day: each }: { readonly day: string }) =>
    addDays(day, -1) <= each && each <= addDays(day, 1);
  const { payment } = books;
  const openSince = payment?.openSince ?? null;
  const isOpen = openSince !== null && openSince >= openBefore;
  const { pairs, theirsLeft, ownLeft } = pairUp(books.theirs.filter(isNear), books.own.filter(isNear));
  const finding = findingOf(books);
  const found: { readonly day: string; readonly finding: Finding }[] = [];
  for (const { theirs, own } of pairs) {
    if (theirs.amount !== own.amount)
      found.push({ day: theirs.day, finding: finding('SETTLED_AMOUNT_DIFFERS', { theirs, own }) });
    else if (!isFeeRight(theirs, own, terms.feeTolerance)) {
      const fees = { ownAmount: own.cost, acquirerAmount: theirs.fee };
      found.push({ day: theirs.day, finding: { ...finding('FEE_DIFFERS', { theirs, own }), ...fees } });
    }
  }
  if (!isNothing(theirsLeft) || books.own.length > 0) {
    for (const theirs of theirsLeft)
      found.push({ day: theirs.day, finding: finding('MISSING_HERE', { theirs }) });
  }
  // What was taken back on the day of its sale may be in no list.
  if (!(isNothing(ownLeft) && books.theirs.length === 0)) {
    for (const own of ownLeft) found.push({ day: own.day, finding: finding('NOT_SETTLED_THERE', { own }) });
  }
  const ofDay = found.filter((each) => each.day === day).map((each) => each.finding);
  return isOpen ? openOf(ofDay) : { findings: ofDay, openCount: 0, openPaymentIds: [] };
}

/** The fee is what we reckon, as far as we can, and amount, fee, VAT and net of the line add up. */
function isFeeRight(theirs: TheirLine, own: OwnSettled, tolerance: number): boolean {
  const gross = theirs.kind === 'APPROVAL' ? theirs.amount : -theirs.amount;
  if (gross !== theirs.fee + theirs.vat + theirs.net) return false;
  return own.cost === null || Math.abs(theirs.fee - own.cost) <= tolerance;
}

function isNothing(movements: readonly { readonly kind: string; readonly amount: number }[]): boolean {
  return movements.reduce((sum, { kind, amount }) => sum + (kind === 'APPROVAL' ? amount : -amount), 0) === 0;
}
