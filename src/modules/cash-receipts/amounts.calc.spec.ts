import fc from 'fast-check';
import { leftOf, type ReceiptAmounts, restAfter, splitReceipt, splitReceiptCancel } from './amounts.calc';

const PARTS = ['supplyAmount', 'vat', 'taxFreeAmount', 'serviceCharge'] as const;
const sum = (amounts: ReceiptAmounts) => PARTS.reduce((total, part) => total + amounts[part], 0);

/** An amount with a tax-free part and a service charge that fit into it. */
const receipts = fc
  .tuple(
    fc.integer({ min: 1, max: 10_000_000 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  )
  .map(([amount, free, service]) => {
    const taxFree = Math.floor(amount * free);
    return splitReceipt(amount, taxFree, Math.floor((amount - taxFree) * service));
  });

it.each([
  [11_000, 0, 0, { supplyAmount: 10_000, vat: 1_000 }],
  [50_000, 0, 0, { supplyAmount: 45_455, vat: 4_545 }],
  [50_000, 50_000, 0, { supplyAmount: 0, vat: 0, taxFreeAmount: 50_000 }],
  [50_000, 10_000, 7_000, { supplyAmount: 30_000, vat: 3_000, serviceCharge: 7_000 }],
  [1, 0, 0, { supplyAmount: 1, vat: 0 }],
])('splits %i won (tax-free %i, service %i)', (amount, taxFree, service, expected) => {
  expect(splitReceipt(amount, taxFree, service)).toMatchObject({ amount, ...expected });
});

it('refuses parts that pass the amount', () => {
  expect(() => splitReceipt(100, 60, 41)).toThrow(RangeError);
});

it('parts of a receipt are never negative and always add up', () => {
  fc.assert(
    fc.property(receipts, (receipt) => {
      expect(sum(receipt)).toBe(receipt.amount);
      for (const part of PARTS) expect(receipt[part]).toBeGreaterThanOrEqual(0);
    }),
  );
});

it('cancels add up, pass no part of what is left, and together leave nothing', () => {
  fc.assert(
    fc.property(
      receipts,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 }),
      (receipt, shares) => {
        const taken: ReceiptAmounts[] = [];
        for (const share of shares) {
          const left = leftOf(receipt, taken);
          if (left.amount === 0) break;
          const split = splitReceiptCancel(left, {
            cancelAmount: Math.max(1, Math.floor(left.amount * share)),
          });
          if (split.kind !== 'SPLIT') throw new Error(split.kind);
          expect(sum(split.parts)).toBe(split.parts.amount);
          for (const part of PARTS) {
            expect(split.parts[part]).toBeGreaterThanOrEqual(0);
            expect(split.parts[part]).toBeLessThanOrEqual(left[part]);
          }
          taken.push(split.parts);
        }
        const left = leftOf(receipt, taken);
        const rest = splitReceiptCancel(left, {});
        if (left.amount === 0) expect(rest.kind).toBe('NOTHING_LEFT');
        else expect(rest).toEqual({ kind: 'SPLIT', parts: left });
      },
    ),
  );
});

it('takes the tax-free part that is told, and refuses one that does not fit', () => {
  const receipt = splitReceipt(50_000, 10_000, 7_000);
  expect(splitReceiptCancel(receipt, { cancelAmount: 10_000, taxFreeAmount: 4_000 })).toMatchObject({
    parts: { taxFreeAmount: 4_000, supplyAmount: 5_455, vat: 545 },
  });
  for (const wish of [
    { cancelAmount: 12_000, taxFreeAmount: 11_000 },
    { cancelAmount: 1_000, taxFreeAmount: 2_000 },
    { cancelAmount: 50_000, taxFreeAmount: 0 },
  ])
    expect(splitReceiptCancel(receipt, wish).kind).toBe('TAX_FREE_MISFIT');
  expect(splitReceiptCancel(receipt, { cancelAmount: 50_001 }).kind).toBe('OVER_BALANCE');
});

describe('what is left after cancels', () => {
  const paid = splitReceipt(50_000, 6_000, 0);

  it('is the receipt less each, the tax-free part as told', () => {
    expect(restAfter(paid, [])).toEqual(paid);
    const rest = restAfter(paid, [
      { cancelAmount: 11_000, taxFreeAmount: 0 },
      { cancelAmount: 2_000, taxFreeAmount: 2_000 },
    ]);
    expect(rest).toEqual({
      ...{ amount: 37_000, supplyAmount: 30_000, vat: 3_000, taxFreeAmount: 4_000, serviceCharge: 0 },
    });
  });

  it('takes a tax-free part that does not fit from what there is', () => {
    expect(restAfter(paid, [{ cancelAmount: 10_000, taxFreeAmount: 9_000 }])).toMatchObject({
      amount: 40_000,
      taxFreeAmount: 6_000,
    });
  });

  it('refuses cancels that pass it', () => {
    expect(() => restAfter(paid, [{ cancelAmount: 50_001 }])).toThrow(RangeError);
  });

  it('adds up, whatever is cancelled', () => {
    fc.assert(
      fc.property(
        receipts,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 5 }),
        (of, shares) => {
          let left = of.amount;
          const cancels = shares.flatMap((share) => {
            const cancelAmount = Math.floor(left * share);
            left -= cancelAmount;
            return cancelAmount === 0 ? [] : [{ cancelAmount }];
          });
          const rest = restAfter(of, cancels);
          expect([rest.amount, sum(rest)]).toEqual([left, left]);
          expect(PARTS.every((part) => rest[part] >= 0)).toBe(true);
        },
      ),
    );
  });
});
