import { maskReceiptIdentifier, readReceiptIdentifier } from './receipt-identifier';

const BUSINESS = '0008100014';

it.each([
  ['INCOME_DEDUCTION', '01012345678', 'PHONE'],
  ['INCOME_DEDUCTION', '010-1234-5678', 'PHONE'],
  ['INCOME_DEDUCTION', '0111234567', 'PHONE'],
  ['INCOME_DEDUCTION', '4242424242424242', 'CARD'],
  ['INCOME_DEDUCTION', '154420201234567890', 'CARD'],
  ['EXPENSE_PROOF', BUSINESS, 'BUSINESS_NUMBER'],
  ['EXPENSE_PROOF', '000-81-00014', 'BUSINESS_NUMBER'],
  ['EXPENSE_PROOF', '4242424242424242', 'CARD'],
  ['VOLUNTARY', undefined, 'VOLUNTARY'],
  ['VOLUNTARY', '010-000-1234', 'VOLUNTARY'],
] as const)('for %s takes %s as %s', (purpose, written, kind) => {
  expect(readReceiptIdentifier(purpose, written)?.kind).toBe(kind);
});

it.each([
  ['INCOME_DEDUCTION', undefined],
  ['INCOME_DEDUCTION', ''],
  ['INCOME_DEDUCTION', '0101234567'],
  ['INCOME_DEDUCTION', '0100001234'],
  ['INCOME_DEDUCTION', '0212345678'],
  ['INCOME_DEDUCTION', BUSINESS],
  ['INCOME_DEDUCTION', '4242424242424241'],
  ['INCOME_DEDUCTION', '424242424242'],
  ['INCOME_DEDUCTION', '9001011234567'],
  ['INCOME_DEDUCTION', '010--1234-5678'],
  ['INCOME_DEDUCTION', '010-1234-5678 x'],
  ['EXPENSE_PROOF', '0008100015'],
  ['EXPENSE_PROOF', '01012345678'],
  ['EXPENSE_PROOF', undefined],
  ['VOLUNTARY', '01012345678'],
] as const)('for %s refuses %s', (purpose, written) => {
  expect(readReceiptIdentifier(purpose, written)).toBeNull();
});

it('shows no more than what names the customer to himself', () => {
  const masked = (purpose: 'INCOME_DEDUCTION' | 'EXPENSE_PROOF', written: string) =>
    maskReceiptIdentifier(readReceiptIdentifier(purpose, written)!);
  expect(masked('INCOME_DEDUCTION', '010-1234-5678')).toBe('010****5678');
  expect(masked('INCOME_DEDUCTION', '4242424242424242')).toBe('424242******4242');
  expect(masked('EXPENSE_PROOF', BUSINESS)).toBe('000*****14');
});
