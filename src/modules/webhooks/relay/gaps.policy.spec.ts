import fc from 'fast-check';
import { type Gap, gapsBetween, withoutFound } from './gaps.policy';

const numbersOf = (gaps: readonly Gap[]) =>
  gaps.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, index) => from + index));

describe('gaps', () => {
  it.each([
    [0, [], []],
    [0, [1, 2, 3], []],
    [0, [3], [{ from: 1, to: 2 }]],
    [
      5,
      [6, 9, 10, 12],
      [
        { from: 7, to: 8 },
        { from: 11, to: 11 },
      ],
    ],
  ])('after %i, with %j read, are %j', (position, seqs, gaps) => {
    expect(gapsBetween(position, seqs)).toEqual(gaps);
  });

  it('and what was read are together every number, once', () => {
    fc.assert(
      fc.property(fc.nat(1_000), fc.uniqueArray(fc.integer({ min: 1, max: 60 })), (position, steps) => {
        const seqs = steps.map((step) => position + step).sort((a, b) => a - b);
        const all = [...seqs, ...numbersOf(gapsBetween(position, seqs))].sort((a, b) => a - b);
        const last = seqs.at(-1) ?? position;
        expect(all).toEqual(Array.from({ length: last - position }, (_, index) => position + 1 + index));
      }),
      { numRuns: 2_000, seed: 20261121 },
    );
  });

  it('lose what is found in them, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.nat(20),
        fc.uniqueArray(fc.integer({ min: 1, max: 80 })),
        (from, length, found) => {
          const gap = { from, to: from + length };
          const left = numbersOf(withoutFound(gap, found));
          expect(left).toEqual(numbersOf([gap]).filter((seq) => !found.includes(seq)));
        },
      ),
      { numRuns: 2_000, seed: 20261121 },
    );
  });

  it('are of ascending numbers only', () => {
    expect(() => gapsBetween(3, [3])).toThrow(RangeError);
  });
});
