/** A bank as payers know it. */
export interface Bank {
  readonly ko: string;
  readonly en: string;
}

const bank = (ko: string, en: string): Bank => ({ ko, en });

/** Banks by the three-digit code of the Korea Financial Telecommunications and Clearings Institute. */
export const BANKS: Readonly<Record<string, Bank>> = {
  '002': bank('산업은행', 'KDB'),
  '003': bank('기업은행', 'IBK'),
  '004': bank('국민은행', 'KB Kookmin'),
  '007': bank('수협은행', 'Suhyup'),
  '011': bank('농협은행', 'NH'),
  '012': bank('지역농축협', 'NH local'),
  '020': bank('우리은행', 'Woori'),
  '023': bank('SC제일은행', 'SC First'),
  '027': bank('한국씨티은행', 'Citi Korea'),
  '031': bank('아이엠뱅크', 'iM Bank'),
  '032': bank('부산은행', 'Busan'),
  '034': bank('광주은행', 'Gwangju'),
  '035': bank('제주은행', 'Jeju'),
  '037': bank('전북은행', 'Jeonbuk'),
  '039': bank('경남은행', 'Kyongnam'),
  '045': bank('새마을금고', 'MG Community Credit'),
  '048': bank('신협', 'Credit Union'),
  '050': bank('저축은행', 'Savings Bank'),
  '064': bank('산림조합', 'Forestry Cooperative'),
  '071': bank('우체국', 'Korea Post'),
  '081': bank('하나은행', 'Hana'),
  '088': bank('신한은행', 'Shinhan'),
  '089': bank('케이뱅크', 'K Bank'),
  '090': bank('카카오뱅크', 'Kakao Bank'),
  '092': bank('토스뱅크', 'Toss Bank'),
};

export const BANK_CODES = Object.keys(BANKS);

/** What to call a bank; one that an acquirer names and the table lacks is called by its code. */
export function bankName(code: string, language: 'ko' | 'en'): string {
  return BANKS[code]?.[language] ?? code;
}
