import type { PointBalances, PointKind } from './points.types';

export type Movement =
  | { readonly kind: 'MOVED'; readonly after: PointBalances; readonly change: PointBalances }
  /** There are not as many points to use or to take off. */
  | { readonly kind: 'SHORT' };

/**
 * What a movement of `amount` won does to a customer's points. Nothing goes below zero: HOLD and a correction downwards
 * are refused when the balance is too small; CLAW_BACK takes what is there and keeps the rest as a debt, which EARN
 * repays first. RESTORE and FREE give a customer's own points back whole, whatever the debt. Throws RangeError where our
 * own book would be wrong: an amount that is no whole number of won, or a hold that is not there. Pure.
 */
export function movePoints(before: PointBalances, kind: PointKind, amount: number): Movement {
  if (!Number.isSafeInteger(amount) || (kind === 'ADJUST' ? amount === 0 : amount <= 0)) {
    throw new RangeError(`${kind} needs a whole amount of points`);
  }
  const change = changeOf(before, kind, amount);
  const after = {
    balance: before.balance + change.balance,
    held: before.held + change.held,
    debt: before.debt + change.debt,
  };
  if (after.held < 0) throw new RangeError(`${kind} of more points than are held`);
  return after.balance < 0 ? { kind: 'SHORT' } : { kind: 'MOVED', after, change };
}

function changeOf(before: PointBalances, kind: PointKind, amount: number): PointBalances {
  switch (kind) {
    case 'HOLD':
      return { balance: -amount, held: amount, debt: 0 };
    case 'FREE':
      return { balance: amount, held: -amount, debt: 0 };
    case 'USE':
      return { balance: 0, held: -amount, debt: 0 };
    case 'RESTORE':
    case 'ADJUST':
      return { balance: amount, held: 0, debt: 0 };
    case 'EARN': {
      const repaid = Math.min(before.debt, amount);
      return { balance: amount - repaid, held: 0, debt: 0 - repaid };
    }
    case 'CLAW_BACK': {
      const taken = Math.min(before.balance, amount);
      return { balance: 0 - taken, held: 0, debt: amount - taken };
    }
  }
}
