import fc from 'fast-check';
import { type CommissionPath, type DatedRate, excessFrom, levelsOn, rateOn } from './commission.policy';

const rate = (effectiveFrom: string, ratePpm: number, seq = 0): DatedRate => ({
  effectiveFrom,
  ratePpm,
  seq,
});
const path: CommissionPath = {
  agencyCode: 'AG0002',
  earners: [
    { kind: 'AGENCY', code: 'AG0002' },
    { kind: 'AGENCY', code: 'AG0001' },
    { kind: 'SELLER', code: 'SL0001' },
  ],
};

it('takes the rate of the latest day, and of one day the one set last', () => {
  const rates = [rate('2026-02-01', 5, 3), rate('2026-01-01', 1, 1), rate('2026-02-01', 4, 2)];
  expect(['2025-12-31', '2026-01-31', '2026-02-01'].map((day) => rateOn(rates, day))).toEqual([0, 1, 5]);
});

it('tells an agency from a seller of the same code, and leaves out who earns nothing', () => {
  const rates = new Map([
    ['AGENCY AG0002', [rate('2026-01-01', 100_000)]],
    ['SELLER SL0001', [rate('2026-01-01', 50_000)]],
    ['SELLER AG0001', [rate('2026-01-01', 900_000)]],
  ]);
  expect(levelsOn(path, rates, '2026-05-05')).toEqual([
    { kind: 'AGENCY', code: 'AG0002', ratePpm: 100_000 },
    { kind: 'SELLER', code: 'SL0001', ratePpm: 50_000 },
  ]);
});

it('lets one rise on the day on which another falls, and not the day before', () => {
  const own = [rate('2026-01-01', 600_000), rate('2026-07-01', 300_000)];
  const above = (day: string) => [rate('2026-01-01', 400_000), rate(day, 700_000, 1)];
  const excess = (day: string) =>
    excessFrom(
      [path],
      new Map([
        ['AGENCY AG0002', own],
        ['AGENCY AG0001', above(day)],
      ]),
      '2026-01-01',
    );
  expect(excess('2026-07-01')).toBeNull();
  expect(excess('2026-06-30')).toEqual({ agencyCode: 'AG0002', day: '2026-06-30', sumPpm: 1_300_000 });
});

const days = ['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04'];
const rates = fc.array(
  fc.record({
    effectiveFrom: fc.constantFrom(...days),
    seq: fc.nat(20),
    ratePpm: fc.integer({ min: 0, max: 600_000 }),
  }),
  { maxLength: 4 },
);

it('finds an excess exactly where some day from then on has one', () => {
  fc.assert(
    fc.property(fc.tuple(rates, rates, rates), fc.constantFrom(...days), ([a, b, c], from) => {
      const all = new Map([
        ['AGENCY AG0002', a],
        ['AGENCY AG0001', b],
        ['SELLER SL0001', c],
      ]);
      const first = [...days, '2026-12-31']
        .filter((day) => day >= from)
        .find((day) => [a, b, c].reduce((sum, each) => sum + rateOn(each, day), 0) > 1_000_000);
      expect(excessFrom([path], all, from)?.day).toBe(first);
    }),
  );
});
