import fc from 'fast-check';
import { FeesFacade } from '../../fees/fees.facade';
import { explainLine, type LineTerms } from './explain.policy';

/** Reckoning asks nobody. */
const fees = new FeesFacade(undefined as never, undefined as never);
const TERMS = { ratePpm: 29_000, fixedFee: 100, minimumFee: 500 };

it('tells an approval with rate, fixed fee and rounding', () => {
  const steps = explainLine({
    ...{ kind: 'APPROVAL', amount: 33_333, leftBefore: 0, leftAfter: 33_333, isSameDay: true },
    ...{ ...TERMS, ...fees.approvalFee(33_333, TERMS) },
  });
  expect(steps.map(({ ko, amount }) => `${ko}: ${amount}`)).toEqual([
    '승인 금액 33,333원 × 2.9 %, 원 미만 버림: 966',
    '건당 수수료를 더함: 100',
    '수수료: 1066',
    '부가세 = 수수료 1,066원의 10 %, 원 미만 버림: 106',
  ]);
});

it('tells of the minimum, and of the fixed fee that a later full cancel leaves', () => {
  const line = fees.cancelFee({ leftBefore: 1_000, leftAfter: 0, isSameDay: false }, TERMS);
  const steps = explainLine({
    ...{
      kind: 'CANCEL',
      amount: -1_000,
      leftBefore: 1_000,
      leftAfter: 0,
      isSameDay: false,
      ...TERMS,
      ...line,
    },
  });
  expect(steps.map(({ en, amount }) => `${en}: ${amount}`)).toEqual([
    '1,000 won before the cancel × 2.9 %, cut down to the won: 29',
    'plus the fixed fee: 100',
    'the minimum fee applies: 500',
    'Cancelled in full on another day: the fixed fee of 100 won stays due: 100',
    'Fee of the cancel = 100 won due after it − 500 won before: -400',
    'VAT = 10 % of 100 − 10 % of 500, each cut down to the won: -40',
  ]);
});

it('comes to the fee of the line itself, whatever the payment', () => {
  const terms = fc.record({
    ratePpm: fc.integer({ min: 0, max: 1_000_000 }),
    fixedFee: fc.integer({ min: 0, max: 5_000 }),
    minimumFee: fc.integer({ min: 0, max: 5_000 }),
  });
  fc.assert(
    fc.property(
      terms,
      fc.integer({ min: 1, max: 9_999_999_999 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.boolean(),
      (under, before, share, isSameDay) => {
        const after = before - Math.max(1, Math.floor(before * share));
        const line: LineTerms = {
          ...{
            kind: 'CANCEL',
            amount: after - before,
            leftBefore: before,
            leftAfter: after,
            isSameDay,
            ...under,
          },
          ...fees.cancelFee({ leftBefore: before, leftAfter: after, isSameDay }, under),
        };
        const told = explainLine(line).at(-2)!.ko;
        const [due, was] = [...told.matchAll(/([\d,]+)원/g)].map(([, text]) =>
          Number(text!.replaceAll(',', '')),
        );
        return due! - was! === line.fee;
      },
    ),
  );
});
