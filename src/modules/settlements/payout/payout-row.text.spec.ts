import { payoutRow } from './payout-row.text';

const LINE = { settlementId: 'stl_01K9Z3V4T5W6X7Y8Z9ABCDEFGH', mid: 'M0000001', amount: 97_310 };
const account = (holderName: string) => ({ bankCode: '088', accountNumber: '110123456789', holderName });

it('is what the bank wants, with the settlement as the reference', () => {
  expect(payoutRow(LINE, account('달빛상점'))).toBe(
    '088,110123456789,달빛상점,97310,stl_01K9Z3V4T5W6X7Y8Z9ABCDEFGH,M0000001\r\n',
  );
});

it.each([
  ['별빛, 주식회사', '"별빛, 주식회사"'],
  ['"별"상점', '"""별""상점"'],
  ['=HYPERLINK(1)', "'=HYPERLINK(1)"],
  ['@별', "'@별"],
])('keeps %s one harmless field', (holder, expected) => {
  expect(payoutRow(LINE, account(holder))).toContain(`,${expected},97310,`);
});
