import fc from 'fast-check';
import { isGeneral, policiesOn, policyFor, SCOPE_ORDER, scopeKey } from './fee-policy.policy';
import type { FeePolicy, FeeScope, FeeSubject } from './fees.types';

const ANY: FeeScope = {
  ...{ branchId: null, acquirer: null, cardIssuer: null, cardType: null, method: null },
  ...{ amountMin: null, amountMax: null },
};
let made = 0;
const policy = (more: Partial<FeePolicy> = {}): FeePolicy => {
  made += 1;
  return {
    ...{ ...ANY, policyId: `fpl_${made}`, seq: made, mid: 'M0000001', effectiveFrom: '2026-01-01' },
    ...{ ended: false, tier: null, reason: 'a test', createdBy: 'test', createdAt: new Date(0) },
    ...{ ratePpm: 30_000, fixedFee: 0, minimumFee: 0, acquirerCostPpm: 0 },
    ...{ agencyCommissionPpm: null, sellerCommissionPpm: null, ...more },
  };
};
const payment: FeeSubject = {
  ...{ branchId: 'brn_1', acquirer: 'toss', cardIssuer: 'SHINHAN', cardType: 'CHECK', method: 'CARD' },
  amount: 50_000,
};

describe('of the policies that fit, a payment is under', () => {
  it.each<[string, Partial<FeePolicy>, Partial<FeePolicy>]>([
    ['that of its branch before that of its acquirer', { branchId: 'brn_1' }, { acquirer: 'toss' }],
    ['that of its acquirer before its issuer', { acquirer: 'toss' }, { cardIssuer: 'SHINHAN' }],
    [
      'that of its issuer before type and method',
      { cardIssuer: 'SHINHAN' },
      { cardType: 'CHECK', method: 'CARD' },
    ],
    ['that of its card’s type before its method', { cardType: 'CHECK' }, { method: 'CARD' }],
    ['that of its method before the general one', { method: 'CARD' }, {}],
    ['that of its band before the general one', { amountMin: 50_000 }, {}],
    ['that of a method before a band', { method: 'CARD' }, { amountMin: 50_000, amountMax: 50_000 }],
    ['that of the narrower band', { amountMin: 40_000, amountMax: 60_000 }, { amountMax: 60_000 }],
    ['the more specific one, though it is older', { method: 'CARD' }, { effectiveFrom: '2026-05-01' }],
  ])('%s', (_what, wins, loses) => {
    const [winner, loser] = [policy(wins), policy(loses)];
    for (const order of [
      [winner, loser],
      [loser, winner],
    ]) {
      expect(policyFor(order, payment)).toBe(winner);
    }
  });

  it('none that names something else', () => {
    const others = [
      policy({ branchId: 'brn_2' }),
      policy({ acquirer: 'inicis' }),
      policy({ cardIssuer: 'KB' }),
      policy({ cardType: 'CREDIT' }),
      policy({ method: 'EASY_PAY' }),
      policy({ amountMin: 50_001 }),
      policy({ amountMax: 49_999 }),
    ];
    expect(policyFor(others, payment)).toBeNull();
  });
});

describe('on a day', () => {
  const first = policy({ effectiveFrom: '2026-01-01' });
  const later = policy({ effectiveFrom: '2026-03-01' });
  const corrected = policy({ effectiveFrom: '2026-03-01' });
  const own = policy({ method: 'CARD', effectiveFrom: '2026-02-01' });
  const ended = policy({ method: 'CARD', effectiveFrom: '2026-04-01', ended: true });
  const all = [ended, corrected, later, own, first];

  it.each<[string, FeePolicy[]]>([
    ['2025-12-31', []],
    ['2026-01-31', [first]],
    ['2026-02-28', [own, first]],
    ['2026-03-01', [corrected, own]],
    ['2026-04-01', [corrected]],
  ])('%s', (day, holding) => {
    expect(new Set(policiesOn(all, day))).toEqual(new Set(holding));
  });
});

const day = fc.constantFrom('2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01');
const some = <T>(...values: T[]) => fc.constantFrom<T | null>(null, ...values);
const random = fc.array(
  fc.record({
    branchId: some('brn_1', 'brn_2'),
    acquirer: some('toss', 'inicis'),
    cardIssuer: some('SHINHAN', 'KB'),
    cardType: some('CREDIT' as const, 'CHECK' as const),
    method: some('CARD' as const, 'EASY_PAY' as const),
    amountMin: some(1, 40_000),
    amountMax: some(60_000, 100_000),
    effectiveFrom: day,
    ended: fc.boolean(),
  }),
  { maxLength: 12 },
);

const rank = (scope: FeeScope) => SCOPE_ORDER.map((name) => (scope[name] === null ? '0' : '1')).join('');
const fitting = (scope: FeeScope) =>
  SCOPE_ORDER.every((name) => [null, payment[name]].includes(scope[name])) &&
  (scope.amountMin === null || scope.amountMin <= payment.amount) &&
  (scope.amountMax === null || scope.amountMax >= payment.amount);

it('gives one answer, whatever the order of the rows: one that fits, holds, and that no more specific one goes before', () => {
  fc.assert(
    fc.property(random, day, (rows, on) => {
      // A general policy cannot end, and holds from the first day on, so that a payment is never under none.
      const all = [...rows.map((row) => policy({ ...row, ended: row.ended && !isGeneral(row) })), policy()];
      const inForce = policiesOn(all, on);
      const chosen = policyFor(inForce, payment);
      expect(policyFor(policiesOn([...all].reverse(), on), payment)).toBe(chosen);
      if (chosen === null || chosen.ended || chosen.effectiveFrom > on) return false;
      const sameScope = all.filter((each) => scopeKey(each) === scopeKey(chosen) && each.effectiveFrom <= on);
      const superseded = sameScope.some(
        (each) =>
          each.effectiveFrom > chosen.effectiveFrom ||
          (each.effectiveFrom === chosen.effectiveFrom && each.seq > chosen.seq),
      );
      const moreSpecific = inForce.filter((each) => fitting(each) && rank(each) > rank(chosen));
      return fitting(chosen) && !superseded && moreSpecific.length === 0;
    }),
    { numRuns: 5_000 },
  );
});

it('knows a general policy by its naming nothing', () => {
  expect(isGeneral(ANY)).toBe(true);
  expect(isGeneral({ ...ANY, method: 'CARD' })).toBe(false);
  expect(isGeneral({ ...ANY, amountMax: 1 })).toBe(false);
});
