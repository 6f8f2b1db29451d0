import type { FeePolicy, FeeScope, FeeSubject } from './fees.types';

/**
 * From the most specific to the least. A policy that names something earlier in the list goes before every policy that
 * does not, whatever else either names.
 */
export const SCOPE_ORDER = ['branchId', 'acquirer', 'cardIssuer', 'cardType', 'method'] as const;

/** One text for each scope: policies of the same scope follow one another. Held by the database beside the parts. */
export function scopeKey(scope: FeeScope): string {
  const parts = [...SCOPE_ORDER.map((name) => scope[name]), scope.amountMin, scope.amountMax];
  return parts.map((part) => part ?? '*').join('|');
}

/** Whether it is the merchant's general policy, under which every payment is that no other policy names. */
export function isGeneral(scope: FeeScope): boolean {
  return SCOPE_ORDER.every((name) => scope[name] === null) && !hasBand(scope);
}

/**
 * The policies that hold on a Korean day: of each scope the one of the latest day up to then, and of one day the one set
 * last. A scope that was ended has none.
 */
export function policiesOn(policies: readonly FeePolicy[], day: string): FeePolicy[] {
  const latest = new Map<string, FeePolicy>();
  for (const policy of policies) {
    if (policy.effectiveFrom > day) continue;
    const key = scopeKey(policy);
    const known = latest.get(key);
    if (known === undefined || isLater(policy, known)) latest.set(key, policy);
  }
  return [...latest.values()].filter(({ ended }) => !ended);
}

/**
 * The policy that a payment is under, of those that hold on its day: the most specific that fits. Where two name the
 * same kinds of things, as bands of amounts that overlap: the narrower band, then the later day, then the one set last.
 */
export function policyFor(inForce: readonly FeePolicy[], subject: FeeSubject): FeePolicy | null {
  let best: FeePolicy | null = null;
  for (const policy of inForce) {
    if (fits(policy, subject) && (best === null || goesBefore(policy, best))) best = policy;
  }
  return best;
}

function fits(scope: FeeScope, subject: FeeSubject): boolean {
  return (
    SCOPE_ORDER.every((name) => scope[name] === null || scope[name] === subject[name]) &&
    subject.amount >= (scope.amountMin ?? 0) &&
    subject.amount <= (scope.amountMax ?? Infinity)
  );
}

function goesBefore(one: FeePolicy, other: FeePolicy): boolean {
  for (const name of SCOPE_ORDER) {
    if ((one[name] === null) !== (other[name] === null)) return one[name] !== null;
  }
  const [width, otherWidth] = [bandWidth(one), bandWidth(other)];
  if (width !== otherWidth) return width < otherWidth;
  if (hasBand(one) !== hasBand(other)) return hasBand(one);
  return isLater(one, other);
}

function isLater(one: FeePolicy, other: FeePolicy): boolean {
  if (one.effectiveFrom !== other.effectiveFrom) return one.effectiveFrom > other.effectiveFrom;
  return one.seq > other.seq;
}

const hasBand = ({ amountMin, amountMax }: FeeScope) => amountMin !== null || amountMax !== null;
const bandWidth = ({ amountMin, amountMax }: FeeScope) => (amountMax ?? Infinity) - (amountMin ?? 0);
