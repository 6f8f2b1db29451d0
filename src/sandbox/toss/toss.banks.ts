/** TossPayments' two-character bank codes and names ("은행 코드"), and which of them can issue a virtual account. */
const BANKS: Readonly<Record<string, { readonly name: string; readonly issues?: true }>> = {
  '02': { name: '산업' },
  '03': { name: '기업', issues: true },
  '06': { name: '국민', issues: true },
  '07': { name: '수협', issues: true },
  '11': { name: '농협', issues: true },
  '12': { name: '단위농협' },
  '20': { name: '우리', issues: true },
  '23': { name: 'SC제일' },
  '27': { name: '씨티' },
  '31': { name: '대구', issues: true },
  '32': { name: '부산', issues: true },
  '34': { name: '광주', issues: true },
  '35': { name: '제주' },
  '37': { name: '전북' },
  '39': { name: '경남', issues: true },
  '45': { name: '새마을', issues: true },
  '48': { name: '신협' },
  '50': { name: '저축' },
  '54': { name: '홍콩상하이은행' },
  '64': { name: '산림' },
  '71': { name: '우체국', issues: true },
  '81': { name: '하나', issues: true },
  '88': { name: '신한', issues: true },
  '89': { name: '케이' },
  '90': { name: '카카오' },
  '92': { name: '토스' },
};

const CODE_OF_NAME: ReadonlyMap<string, string> = new Map(
  Object.entries(BANKS).map(([code, { name }]) => [name, code]),
);

const codeOf = (bank: string): string | undefined =>
  Object.hasOwn(BANKS, bank) ? bank : CODE_OF_NAME.get(bank);

export function isTossBank(bank: string): boolean {
  return codeOf(bank) !== undefined;
}

/** The code of a bank that issues virtual accounts, by its code or name; undefined for any other. */
export function issuingBank(bank: string): string | undefined {
  const code = codeOf(bank);
  return code !== undefined && BANKS[code]?.issues ? code : undefined;
}

/** TossPayments' codes are the last two digits of the common ones, but for KB. */
export function commonBankCode(code: string): string {
  return code === '06' ? '004' : `0${code}`;
}
