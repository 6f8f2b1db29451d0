/** NICEPAY's bank codes and their names ("코드집", 은행코드), the three digits that all banks use. */
const BANKS: Readonly<Record<string, string>> = {
  '002': '산업은행',
  '003': '기업은행',
  '004': '국민은행',
  '005': '외환은행',
  '007': '수협중앙회',
  '011': '농협중앙회',
  '012': '농협회원조합',
  '020': '우리은행',
  '023': 'SC은행',
  '027': '한국씨티은행',
  '031': '대구은행',
  '032': '부산은행',
  '034': '광주은행',
  '035': '제주은행',
  '037': '전북은행',
  '039': '경남은행',
  '045': '새마을금고연합회',
  '048': '신협중앙회',
  '050': '상호저축은행',
  '071': '우체국',
  '081': '하나은행',
  '088': '신한은행',
  '089': '케이뱅크',
  '090': '카카오뱅크',
};
/** Those that the same list marks as banks of virtual accounts. */
const ISSUING = '003 004 005 011 020 023 031 032 034 071 081 088 089'.split(' ');

export function isBank(code: string): boolean {
  return BANKS[code] !== undefined;
}

export function issuesAccounts(code: string): boolean {
  return ISSUING.includes(code);
}

/** The code itself where the list lacks it. */
export function bankName(code: string): string {
  return BANKS[code] ?? code;
}
