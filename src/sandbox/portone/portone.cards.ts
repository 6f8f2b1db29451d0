import type { DeclineReason, Issuer } from '../core/cards';
import type { BookCard } from '../core/card-book.types';

/** A failure as PortOne hands it on: the provider's code in brackets before the provider's text. */
export interface Failure {
  readonly code: string;
  readonly message: string;
}

export function failure(code: keyof typeof FAILURES, text: string = FAILURES[code]): Failure {
  return { code, message: `[${code}] ${text}` };
}

/** NICEPAY's codes (manual, "common/code"), the provider of the demo contracts. The texts are ours. */
export const FAILURES = {
  '1534': '부분취소 불가능 거래',
  '2003': '취소 실패',
  '2010': '취소 요청금액 0원 이하',
  '2011': '취소 금액 불일치',
  '2012': '취소 해당거래 없음',
  '2013': '취소 완료 거래',
  '2014': '취소 불가능 거래',
  '2016': '취소 기한 초과',
  '2017': '취소 불가능 거래',
  '2018': '취소 불가능 거래',
  '2023': '취소 한도 초과',
  '2026': '입금 금액보다 취소금액이 큽니다',
  '2028': '부분취소 불가능 가맹점',
  '2029': '부분취소 불가능 결제수단',
  '2030': '부분취소 불가능 거래',
  '2031': '전체취소 불가',
  '2032': '취소금액이 취소가능금액보다 큽니다',
  '2033': '전체취소를 이용하십시오',
  '2151': '정지된 가맹점',
  '2152': '미등록 가맹점',
  '2156': '중복 거래 요청',
  '2159': '카드사 점검 중입니다',
  '3011': '카드번호 오류',
  '3012': '카드 가맹점 정보 미확인',
  '3013': '카드 가맹점 개시 안됨',
  '3014': '카드 가맹점 정보 오류',
  '3021': '유효기간 오류',
  '3022': '할부개월 오류',
  '3023': '할부개월 한도 초과',
  '3024': '할부 최소금액 미만',
  '3041': '최소 결제금액 미만',
  '3057': '비인증 결제를 할 수 없는 카드입니다',
  '3081': '카드 잔액 오류',
  '3095': '카드사 승인 거절',
  '4008': '은행 시스템 서비스 중단',
  '4101': '가상계좌 최대거래금액 초과',
  '4102': '가상계좌 입금예정일 오류',
  '4103': '가상계좌 입금예정시간 오류',
  '4104': '가상계좌 은행 오류',
  '4105': '가상계좌 없음',
  '4106': '가상계좌 발급 오류',
  '4108': '가상계좌 발급 오류',
  '4111': '가상계좌 발급 오류',
  '4116': '가상계좌 발급 오류',
  '4117': '가상계좌 발급 오류',
  '4125': '가상계좌 발급 오류',
  '4126': '가상계좌 발급 오류',
  '4127': '가상계좌 발급 오류',
  '4141': '가상계좌 금액 오류',
  '7012': '현금영수증 식별번호 오류',
  '7013': '현금영수증 구분 오류',
  '9000': '필드값 누락',
  '9001': '필드 길이 오류',
  A101: '서명 검증 실패',
  A113: '최소 결제금액 미만',
  A128: '비인증 결제 가맹점이 아닙니다',
  A211: '해시값 검증 실패',
  A224: '허용되지 않은 IP입니다',
  A299: '거래 처리 지연',
  F112: '카드번호 오류',
  F113: '본인확인 실패',
  F115: '가맹점 오류',
  F116: '가맹점 오류',
  F117: '가맹점 오류',
  F118: '사용할 수 없는 카드입니다',
  P007: '필수 파라미터 누락',
  P008: '길이 오류',
  P009: '길이 오류',
  P010: '숫자형식 오류',
  P011: '형식 오류',
  P012: '형식 오류',
  P037: '할부 최소금액 미만',
  U100: '필수 입력항목 누락',
  U104: '사용자 인증 실패',
  U105: '최대길이 초과',
  U122: '취소 해당거래 없음',
  U123: '취소금액이 취소가능금액보다 큽니다',
  U304: '인증 실패',
  U305: '인증 실패',
  U306: '전자서명 검증 실패',
  U312: '서명 검증 실패',
  U315: '허용되지 않은 IP입니다',
  U318: '취소금액이 올바르지 않습니다',
  U319: '면세금액이 올바르지 않습니다',
  U501: '통신 실패',
} as const;

export function isFailureCode(code: string): code is keyof typeof FAILURES {
  return Object.hasOwn(FAILURES, code);
}

/** How each test card is declined (src/sandbox/README.md). Where one code stands for many reasons the text tells. */
export const DECLINES: Readonly<Record<DeclineReason, Failure>> = {
  'issuer-declined': failure('3095'),
  'limit-exceeded': failure('3095', '한도초과'),
  'expired-card': failure('3021'),
  'lost-or-stolen': failure('3095', '분실 또는 도난 카드'),
  'wrong-password': failure('3095', '카드 비밀번호 오류'),
  'wrong-identity': failure('F113', '생년월일 또는 사업자번호 불일치'),
  'installment-not-allowed': failure('3022'),
  maintenance: failure('2159'),
};

const COMPANIES: Readonly<Record<Issuer, readonly [code: string, name: string]>> = {
  SHINHAN: ['366', '신한카드'],
  KB: ['381', 'KB국민카드'],
  SAMSUNG: ['365', '삼성카드'],
  HYUNDAI: ['367', '현대카드'],
  LOTTE: ['368', '롯데카드'],
  NH: ['371', 'NH카드'],
  HANA: ['374', '하나SK카드'],
  WOORI: ['041', '우리카드'],
  BC: ['361', 'BC카드'],
};

export interface CodeName {
  readonly code: string;
  readonly name: string;
}

const names = (pairs: readonly (readonly [string, string])[]): readonly CodeName[] =>
  pairs.map(([code, name]) => ({ code, name }));

/** `GET /cards`: codes of the financial telecommunications institute. */
export const CARD_COMPANIES = names([
  ...Object.values(COMPANIES),
  ['364', '광주카드'],
  ['369', '수협카드'],
  ['370', '씨티카드'],
  ['372', '전북카드'],
  ['373', '제주카드'],
  ['002', 'KDB산업은행카드'],
  ['045', 'MG새마을금고카드'],
  ['048', '신협카드'],
  ['071', '우체국카드'],
  ['089', '케이뱅크카드'],
  ['090', '카카오뱅크카드'],
  ['092', '토스뱅크카드'],
]);

/** `GET /banks`: the same institute's three digits. */
export const BANKS = names([
  ['002', '산업은행'],
  ['003', '기업은행'],
  ['004', '국민은행'],
  ['007', '수협'],
  ['011', '농협은행'],
  ['012', '단위농협'],
  ['020', '우리은행'],
  ['023', 'SC제일은행'],
  ['027', '씨티은행'],
  ['031', '대구은행'],
  ['032', '부산은행'],
  ['034', '광주은행'],
  ['035', '제주은행'],
  ['037', '전북은행'],
  ['039', '경남은행'],
  ['045', '새마을금고'],
  ['048', '신협'],
  ['050', '저축은행'],
  ['054', 'HSBC은행'],
  ['064', '산림조합'],
  ['071', '우체국'],
  ['081', '하나은행'],
  ['088', '신한은행'],
  ['089', '케이뱅크'],
  ['090', '카카오뱅크'],
  ['092', '토스뱅크'],
]);

/** Those of them that issue virtual accounts by NICEPAY. */
const ISSUING_BANKS = '003 004 011 020 023 031 032 034 071 081 088 089'.split(' ');

export function issuesAccounts(bankCode: string): boolean {
  return ISSUING_BANKS.includes(bankCode);
}

/** Null for no bank. */
export function bankName(code: string): string | null {
  return BANKS.find((bank) => bank.code === code)?.name ?? null;
}

/** The card part of a payment. */
export function cardFields(card: BookCard | null, installmentMonths: number): object {
  return { ...ownCardFields(card), card_quota: card ? installmentMonths : 0 };
}

/** What is told of a card itself; digits 7 to 12 are hidden. Without a card everything is null. */
export function ownCardFields(card: BookCard | null): object {
  const [code, name] = card ? COMPANIES[card.issuer] : [null, null];
  return {
    card_code: code,
    card_name: name,
    card_issuer_code: code,
    card_issuer_name: name,
    card_publisher_code: code,
    card_publisher_name: name,
    card_number: card ? `${card.first8.slice(0, 6)}${'*'.repeat(card.length - 10)}${card.last4}` : null,
    card_type: card ? Number(card.check) : null,
  };
}
