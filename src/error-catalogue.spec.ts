import { errorAdvice, repetitionAfter } from './common/errors/error-advice';
import { FINAL_STATUSES, PASSING_CODES } from './common/idempotency/kept-refusals';
import { cataloguedErrors } from './error-catalogue';

const ENTRIES = new Map(cataloguedErrors().map(({ code, entry }) => [code, entry]));
const adviceOf = (code: string, language: 'ko' | 'en') => errorAdvice(code, ENTRIES.get(code)!, language);

it.each(['CANCEL_REFUSED', 'ACQUIRER_MAINTENANCE', 'CASH_RECEIPT_REFUSED', 'VIRTUAL_ACCOUNT_CLOSE_REFUSED'])(
  '%s is kept under its key: again later means a new one, and a body encrypted anew',
  (code) => {
    expect(adviceOf(code, 'en')).toMatch(/again later, under a new Idempotency-Key.*[Ee]ncrypt/);
    expect(adviceOf(code, 'ko')).toMatch(/나중에 새 Idempotency-Key.*새로 암호화/);
  },
);

it('no answer that is kept is to be asked for again as it is', () => {
  const asItIs = cataloguedErrors().filter(({ code, entry }) => repetitionAfter(code, entry) === 'AS_IS');
  const kept = asItIs.filter(({ code, status }) => FINAL_STATUSES.has(status) && !PASSING_CODES.has(code));
  expect([asItIs.length > 10, kept.map(({ code }) => code)]).toEqual([true, []]);
});

it('a passing state may be asked for as it is, and a declined card may not', () => {
  expect(adviceOf('PAYMENT_IN_PROGRESS', 'en')).toMatch(/^The same request may be sent again as it is/);
  expect(adviceOf('CARD_DECLINED', 'en')).toMatch(/^Do not send the same request again/);
});

it('after a fault of ours a write is looked up first', () => {
  expect(adviceOf('INTERNAL_ERROR', 'en')).toMatch(/A write may have been done: look it up/);
  expect(adviceOf('INTERNAL_ERROR', 'ko')).toContain('먼저 조회해');
});

it('what may have been done is not sent again unseen', () => {
  expect(adviceOf('OUTCOME_UNKNOWN', 'en')).toMatch(/^Do not send the same request again/);
});

it('every passing code is one of the tables', () => {
  expect([...PASSING_CODES].filter((code) => !ENTRIES.has(code))).toEqual([]);
});
