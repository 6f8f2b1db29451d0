import fc from 'fast-check';
import { cardAmountOf, cardTaxFreeOf, splitSources } from './hybrid.calc';

it('asks the card for what points do not pay, and lets points pay the taxable part first', () => {
  expect(cardAmountOf({ amount: 50_000, pointAmount: 20_000 })).toBe(30_000);
  expect(cardTaxFreeOf({ amount: 50_000, pointAmount: 20_000, taxFreeAmount: 10_000 })).toBe(10_000);
  expect(cardTaxFreeOf({ amount: 50_000, pointAmount: 20_000, taxFreeAmount: 40_000 })).toBe(30_000);
  expect(cardTaxFreeOf({ amount: 50_000, pointAmount: 0, taxFreeAmount: 40_000 })).toBe(40_000);
});

describe('splitSources', () => {
  const left = { card: 30_000, cardTaxFree: 0, points: 20_000 };

  it('gives the card back first, points last', () => {
    const split = (amount: number) =>
      splitSources(left, { amount, taxFreeAmount: 0 }, 'CARD_FIRST').pointAmount;
    expect([split(10_000), split(30_000), split(35_000), split(50_000)]).toEqual([0, 0, 5_000, 20_000]);
  });

  it('or points first where that was agreed', () => {
    const split = (amount: number) =>
      splitSources(left, { amount, taxFreeAmount: 0 }, 'POINTS_FIRST').pointAmount;
    expect([split(10_000), split(20_000), split(35_000), split(50_000)]).toEqual([
      10_000, 20_000, 20_000, 20_000,
    ]);
  });

  it('is a plain cancel where no points were used', () => {
    const plain = { card: 30_000, cardTaxFree: 8_000, points: 0 };
    for (const first of ['CARD_FIRST', 'POINTS_FIRST'] as const) {
      expect(splitSources(plain, { amount: 9_000, taxFreeAmount: 5_000 }, first)).toEqual({
        pointAmount: 0,
        cardTaxFreeAmount: 5_000,
      });
    }
  });

  it('never passes what is left of any part, whatever series of cancels is asked for, and ends with nothing left', () => {
    const cancels = fc.array(fc.tuple(fc.integer({ min: 1, max: 60_000 }), fc.nat(100)), { maxLength: 20 });
    const shares = fc.tuple(fc.nat(100), fc.nat(100));
    const orders = fc.constantFrom('CARD_FIRST' as const, 'POINTS_FIRST' as const);
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 50_000 }),
        shares,
        cancels,
        orders,
        (amount, of, wishes, first) => {
          const pointAmount = Math.floor(((amount - 1) * of[0]) / 100);
          const taxFreeAmount = Math.floor((amount * of[1]) / 100);
          const card = cardAmountOf({ amount, pointAmount });
          const cardTaxFree = cardTaxFreeOf({ amount, pointAmount, taxFreeAmount });
          let left = { card, cardTaxFree, points: pointAmount };
          for (const [wish, taxFreePercent] of [...wishes, [amount, 0] as const]) {
            const whole = left.card + left.points;
            const cancel = Math.min(wish, whole);
            if (cancel === 0) continue;
            const wished = { amount: cancel, taxFreeAmount: Math.floor((cancel * taxFreePercent) / 100) };
            const split = splitSources(left, wished, first);
            const toCard = cancel - split.pointAmount;
            expect(split.pointAmount).toBeGreaterThanOrEqual(0);
            expect(split.cardTaxFreeAmount).toBeGreaterThanOrEqual(0);
            expect(split.cardTaxFreeAmount).toBeLessThanOrEqual(toCard);
            left = {
              card: left.card - toCard,
              cardTaxFree: left.cardTaxFree - split.cardTaxFreeAmount,
              points: left.points - split.pointAmount,
            };
            expect(Math.min(left.card, left.points, left.cardTaxFree)).toBeGreaterThanOrEqual(0);
            expect(left.cardTaxFree).toBeLessThanOrEqual(left.card);
          }
          expect(left).toEqual({ card: 0, cardTaxFree: 0, points: 0 });
        },
      ),
    );
  });
});
