import fc from 'fast-check';
import { includedVat, isWon, WON_MAX, wonFromDatabase } from './won';

it.each([[0], [1], [WON_MAX]])('takes %p for won', (value) => {
  expect(isWon(value)).toBe(true);
});

it.each([[-1], [0.5], [WON_MAX + 1], [Number.NaN], [Infinity], ['100'], [null], [100n]])(
  'does not take %p for won',
  (value) => {
    expect(isWon(value)).toBe(false);
  },
);

it.each([['1000'], [1000], [1000n]])('reads %p from the database', (value) => {
  expect(wonFromDatabase(value)).toBe(1000);
});

it.each([['9007199254740993'], ['1.5'], ['ten'], [2n ** 60n]])('refuses %p from the database', (value) => {
  expect(() => wonFromDatabase(value)).toThrow(RangeError);
});

it.each([
  [11_000, 0, 0, 1_000],
  [10_000, 0, 0, 909],
  [100, 0, 0, 9],
  [10_000, 10_000, 0, 0],
  [10_000, 5_000, 0, 455],
  [12_000, 0, 1_000, 1_000],
])('the VAT within %p, of which %p is tax-free and %p is service: %p', (amount, taxFree, service, vat) => {
  expect(includedVat(amount, taxFree, service)).toBe(vat);
});

it('VAT is whole won, and within a won of a tenth of the rest', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: WON_MAX }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (amount, share) => {
        const taxFree = Math.floor(amount * share);
        const vat = includedVat(amount, taxFree, 0);
        const supply = amount - taxFree - vat;
        return isWon(vat) && Math.abs(vat * 10 - supply) <= 6;
      },
    ),
    { numRuns: 10_000 },
  );
});
