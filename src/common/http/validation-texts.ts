/** What each rule says. Never the value: card fields pass through here. */
export const RULE_TEXTS: Readonly<Record<string, { ko: string; en: string }>> = {
  REQUIRED: { ko: '필수 항목입니다.', en: 'This field is required.' },
  NOT_AN_INTEGER: { ko: '정수여야 합니다.', en: 'Must be a whole number.' },
  NOT_A_NUMBER: { ko: '숫자여야 합니다.', en: 'Must be a number.' },
  NOT_A_STRING: { ko: '문자열이어야 합니다.', en: 'Must be a string.' },
  NOT_A_BOOLEAN: { ko: 'true 또는 false여야 합니다.', en: 'Must be true or false.' },
  NOT_AN_ARRAY: { ko: '배열이어야 합니다.', en: 'Must be an array.' },
  NOT_AN_OBJECT: { ko: 'JSON 객체여야 합니다.', en: 'Must be a JSON object.' },
  OUT_OF_RANGE: { ko: '허용 범위를 벗어났습니다.', en: 'Is out of range.' },
  BAD_LENGTH: { ko: '길이가 맞지 않습니다.', en: 'Has a wrong length.' },
  BAD_FORMAT: { ko: '형식이 올바르지 않습니다.', en: 'Has a wrong format.' },
  NOT_ALLOWED: { ko: '허용되지 않는 값입니다.', en: 'Is not one of the allowed values.' },
  UNKNOWN_FIELD: { ko: '알 수 없는 항목입니다.', en: 'Is not a known field.' },
  TOO_DEEP: { ko: '너무 깊거나 항목이 너무 많습니다.', en: 'Is nested too deep or has too many items.' },
  CARD_NUMBER_INVALID: { ko: '카드번호가 올바르지 않습니다.', en: 'Is not a card number.' },
  CARD_EXPIRY_INVALID: { ko: '유효기간은 YYMM 네 자리여야 합니다.', en: 'Must be four digits, YYMM.' },
  BIRTH_OR_BUSINESS_NO_INVALID: {
    ko: '생년월일 6자리 또는 사업자번호 10자리여야 합니다.',
    en: 'Must be a birth date of six digits or a business number of ten.',
  },
  METADATA_INVALID: {
    ko: '문자열 값만 가진 20개 이하의 항목이어야 합니다.',
    en: 'Must be at most 20 entries with string values.',
  },
  RECEIPT_IDENTIFIER_INVALID: {
    ko: '소득공제는 휴대폰이나 카드 번호, 지출증빙은 사업자번호나 카드 번호, 자진발급은 생략하거나 010-000-1234여야 합니다.',
    en: 'Must be a mobile phone or card number for INCOME_DEDUCTION, a business number or card number for EXPENSE_PROOF, absent or 010-000-1234 for VOLUNTARY.',
  },
  INVALID: { ko: '올바르지 않습니다.', en: 'Is not valid.' },
};
