import fc from 'fast-check';
import { AMOUNT_MAX, bandsOf } from './price-bands.policy';

describe('bandsOf', () => {
  it('is one band where no policy has limits', () => {
    expect(bandsOf([])).toEqual([{ min: 0, max: AMOUNT_MAX }]);
    expect(bandsOf([{ amountMin: null, amountMax: null }])).toEqual([{ min: 0, max: AMOUNT_MAX }]);
  });

  it('begins a band where a policy begins, and after one ends', () => {
    expect(bandsOf([{ amountMin: 1_000, amountMax: 9_999 }])).toEqual([
      { min: 0, max: 999 },
      { min: 1_000, max: 9_999 },
      { min: 10_000, max: AMOUNT_MAX },
    ]);
  });

  it('covers every amount once, and no policy begins or ends within a band', () => {
    const limit = fc.option(fc.integer({ min: 0, max: 1_000_000 }));
    fc.assert(
      fc.property(
        fc.array(fc.record({ amountMin: limit, amountMax: limit }), { maxLength: 8 }),
        (policies) => {
          const bands = bandsOf(policies);
          expect(bands[0]!.min).toBe(0);
          expect(bands.at(-1)!.max).toBe(AMOUNT_MAX);
          bands.slice(1).forEach((band, index) => expect(band.min).toBe(bands[index]!.max + 1));
          for (const { min, max } of bands) {
            expect(max).toBeGreaterThanOrEqual(min);
            for (const { amountMin, amountMax } of policies) {
              expect(amountMin !== null && amountMin > min && amountMin <= max).toBe(false);
              expect(amountMax !== null && amountMax >= min && amountMax < max).toBe(false);
            }
          }
        },
      ),
      { seed: 20261121 },
    );
  });
});
