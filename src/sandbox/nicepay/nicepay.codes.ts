/**
 * Result codes that this sandbox can answer ("코드집", API 응답코드). Both APIs draw on one list. The texts are of the
 * manual's meaning, in words of our own where it prints templates.
 */
const CODES = {
  '0000': '정상 처리되었습니다.',
  '3001': '카드 결제 성공',
  '2001': '취소 성공',
  '2211': '환불 성공',
  '1534': '부분취소 불가능 거래',
  '1615': '거래금액 합계 오류',
  '2003': '취소 실패',
  '2010': '취소 요청금액 0원 이하',
  '2011': '취소 금액 불일치',
  '2012': '취소 해당거래 없음',
  '2013': '취소 완료 거래',
  '2014': '취소 불가능 거래',
  '2015': '기 취소 요청',
  '2016': '취소 기한 초과',
  '2020': '망상 취소 허용시간 초과',
  '2023': '취소 한도 초과',
  '2028': '부분취소 불가능 가맹점',
  '2029': '부분취소 불가능 결제수단',
  '2031': '전체금액취소 불가',
  '2032': '취소금액이 취소가능금액보다 큼',
  '2033': '부분취소 불가능금액 전체취소 이용바람',
  '2151': '거래정지 가맹점',
  '2152': '미등록가맹점',
  '2156': '중복등록된 거래요청',
  '2159': '해당은행장애',
  '2201': '기승인존재',
  '3011': '카드번호 오류',
  '3012': '카드가맹점 정보 미확인',
  '3013': '카드 가맹점 개시 안됨',
  '3014': '카드가맹점 정보 오류',
  '3021': '유효기간 오류',
  '3022': '할부개월오류',
  '3023': '할부개월 한도 초과',
  '3024': '할부 최소금액 오류(50000미만)',
  '3041': '금액 오류(1000원 미만 신용카드 승인 불가)',
  '3057': '인증 불가카드',
  '3081': '카드 잔액 값 오류',
  '3095': '카드사 실패 응답',
  '4008': '은행 시스템 서비스 중단',
  '9000': '필드값이 누락되었습니다.',
  '9001': '필드 길이가 잘못되었습니다.',
  '9002': 'Try-Catch-Exception',
  A101: 'SIGN DATA 검증에 실패하였습니다',
  A113: '결제 금액이 최소 금액보다 적습니다',
  A114: '상점 MID가 유효하지 않습니다',
  A115: 'TID가 유효하지 않습니다',
  A116: '요청 금액이 올바르지 않습니다',
  A118: '조회 결과데이터 없음',
  A122: '타 상점 거래 처리 불가(MID 불일치)',
  A123: '거래금액 불일치(인증된 금액과 승인요청 금액 불일치)',
  A127: '주문번호 중복 오류',
  A128: '키인 가맹점 아닙니다',
  A204: '전문 복호화 오류가 발생하였습니다',
  A211: '해쉬값 검증에 실패하였습니다',
  A212: '잘못된 데이터 형식입니다',
  A224: '허용되지 않은 IP입니다',
  A225: 'TID 중복 오류',
  A226: '전문통신 과정에서 오류가 발생하였습니다',
  A245: '인증 시간이 초과 되었습니다',
  A246: '비정상 과다접속으로 인한 오류입니다',
  A251: '거래내역이 존재하지 않습니다.',
  A299: 'API 지연처리 발생.',
  A401: '대외계 전문통신 과정에서 오류가 발생하였습니다.',
  F113: '본인의 신용카드 확인중 오류가 발생하였습니다',
  F118: '해당카드는 사용이 불가능 합니다 타사카드를 이용해주세요',
  P007: '필수 파라미터가 없습니다.',
  P010: '파라미터가 숫자형식이 아닙니다.',
  P015: 'orderid가 이미 존재합니다.',
  P034: '요청된 금액과 내역 금액이 일치하지 않습니다.',
  P035: '망취소 요청 오류 입니다.',
  P037: '5만원 미만인 경우 할부 지정이 불가 합니다.',
  U100: '필수입력항목이 누락되었습니다.',
  U104: '사용자 인증에 실패하였습니다.',
  U105: '필드 최대길이 초과',
  U107: '거래내역이 존재 하지 않습니다.',
  U108: '허가되지 않은 요청 입니다.',
  U112: '이미 사용된 OrderId 입니다.',
  U121: '인증 요청내역이 존재하지 않습니다.',
  U122: '취소 해당거래 없음',
  U123: '취소금액이 취소가능금액보다 큼.',
  U125: '잘못된 요청 입니다.',
  U127: '요청 금액이 올바르지 않습니다.',
  U130: '허용된 Date형식이 아닙니다.',
  U303: 'API 지연처리 발생.',
  U304: 'BASIC AUTHENTICATION 실패',
  U305: 'BEARER AUTHENTICATION 실패',
  U306: '전자서명 및 암호화메시지 검증 실패',
  U308: 'Method Not Allowed.',
  U312: 'SIGN DATA 검증에 실패하였습니다.',
  U315: '허용되지 않은 IP 입니다.',
  U319: '요청하신 면세금액이 취소가능한 면세금액을 초과 오류',
  U320: '페이지를 찾을 수 없습니다.',
  U501: '대외계 전문통신 과정에서 오류가 발생하였습니다.',
  U503: '망취소 요청',
  U504: '결제에 실패하였습니다.(망취소 처리)',
} as const satisfies Readonly<Record<string, string>>;

export type NicepayCode = keyof typeof CODES;

const SUCCESSES: readonly string[] = ['0000', '3001', '2001', '2211'];

export function messageOf(code: NicepayCode): string {
  return CODES[code];
}

export function isNicepayCode(code: string): code is NicepayCode {
  return Object.hasOwn(CODES, code);
}

/** A code that a fault may make NICEPAY refuse with. */
export function isRefusal(code: string): code is NicepayCode {
  return isNicepayCode(code) && !SUCCESSES.includes(code);
}

const CODE_OF_STATUS: ReadonlyMap<number, NicepayCode> = new Map([
  [401, 'U304'],
  [403, 'U315'],
  [404, 'U320'],
  [405, 'U308'],
]);

/** The code in the body of a bare HTTP status (S: the transport errors carry a result code too). */
export function codeOfStatus(status: number): NicepayCode {
  return CODE_OF_STATUS.get(status) ?? (status >= 500 ? 'U501' : 'U125');
}
