import fc from 'fast-check';
import { splitCancel } from './cancel.calc';

describe('splitCancel', () => {
  it('takes all that is left when no amount is told', () => {
    expect(splitCancel({ balanceAmount: 900, taxFreeBalance: 300 }, {})).toEqual({
      kind: 'SPLIT',
      amount: 900,
      taxFreeAmount: 300,
    });
  });

  it('takes the taxable part first when the split is not told', () => {
    const basis = { balanceAmount: 1_000, taxFreeBalance: 400 };
    expect(splitCancel(basis, { cancelAmount: 600 })).toMatchObject({ taxFreeAmount: 0 });
    expect(splitCancel(basis, { cancelAmount: 700 })).toMatchObject({ taxFreeAmount: 100 });
  });

  it('tells an empty balance, too much, and a part that does not fit', () => {
    expect(splitCancel({ balanceAmount: 0, taxFreeBalance: 0 }, { cancelAmount: 1 }).kind).toBe(
      'NOTHING_LEFT',
    );
    expect(splitCancel({ balanceAmount: 10, taxFreeBalance: 0 }, { cancelAmount: 11 }).kind).toBe(
      'OVER_BALANCE',
    );
    const basis = { balanceAmount: 1_000, taxFreeBalance: 400 };
    expect(splitCancel(basis, { cancelAmount: 500, taxFreeAmount: 401 }).kind).toBe('TAX_FREE_MISFIT');
    expect(splitCancel(basis, { cancelAmount: 300, taxFreeAmount: 301 }).kind).toBe('TAX_FREE_MISFIT');
    expect(splitCancel(basis, { cancelAmount: 700, taxFreeAmount: 0 }).kind).toBe('TAX_FREE_MISFIT');
  });

  it('never goes below zero in either part, whatever series of cancels is asked for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9_999_999_999 }),
        fc.integer({ min: 0, max: 100 }),
        fc.array(
          fc.record({
            cancelAmount: fc.option(fc.integer({ min: 1, max: 9_999_999_999 }), { nil: undefined }),
          }),
          {
            maxLength: 30,
          },
        ),
        (amount, taxFreePercent, wishes) => {
          let basis = { balanceAmount: amount, taxFreeBalance: Math.floor((amount * taxFreePercent) / 100) };
          for (const wish of wishes) {
            const split = splitCancel(basis, wish);
            if (split.kind !== 'SPLIT') continue;
            basis = {
              balanceAmount: basis.balanceAmount - split.amount,
              taxFreeBalance: basis.taxFreeBalance - split.taxFreeAmount,
            };
            expect(basis.taxFreeBalance).toBeGreaterThanOrEqual(0);
            expect(basis.balanceAmount).toBeGreaterThanOrEqual(basis.taxFreeBalance);
          }
        },
      ),
    );
  });
});
