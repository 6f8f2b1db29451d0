import type { Answer } from '../core/acquirer';

/**
 * KakaoPay's error codes (its code workbook) with their HTTP status: 400, but 401 for the key, 403 for a permission and
 * 503 for maintenance. The texts are ours; KakaoPay does not promise its own.
 */
const ERRORS: Readonly<Record<string, readonly [status: number, message: string]>> = {
  '-1': [500, 'internal server error'],
  '-2': [400, 'invalid parameter'],
  '-3': [400, 'the API is not enabled'],
  '-5': [403, 'no permission for this API'],
  '-7': [400, 'the service is under maintenance'],
  '-10': [400, 'quota exceeded'],
  '-301': [400, 'unknown app key'],
  '-401': [401, 'invalid secret key'],
  '-701': [400, 'the payment is not authenticated yet'],
  '-702': [400, 'the payment is approved already'],
  '-703': [400, 'wrong point amount'],
  '-704': [400, 'wrong payment method amount'],
  '-705': [400, 'payment method not supported'],
  '-706': [400, 'partner_order_id does not match'],
  '-707': [400, 'partner_user_id does not match'],
  '-708': [400, 'invalid pg_token'],
  '-710': [400, 'the cancel amount is above the cancelable amount'],
  '-721': [400, 'no such tid'],
  '-722': [400, 'wrong amount'],
  '-723': [400, 'the payment has expired'],
  '-724': [400, 'wrong tax-free amount'],
  '-725': [400, 'wrong VAT amount'],
  '-726': [400, 'wrong order information'],
  '-730': [400, 'wrong app information'],
  '-731': [400, 'invalid cid'],
  '-732': [400, 'invalid gid'],
  '-733': [400, 'invalid cid_secret'],
  '-780': [400, 'approval failed'],
  '-781': [400, 'cancel failed'],
  '-783': [400, 'the state does not allow an approval'],
  '-784': [400, 'the state does not allow a cancel'],
  '-785': [400, 'duplicate request'],
  '-798': [400, 'IP address not allowed'],
  '-799': [400, 'domain not allowed'],
  '-9798': [503, 'the service is under maintenance'],
};

/** What the payment method said: of KakaoPay money in words, of cards in four digits. */
const METHOD_RESULTS: Readonly<Record<string, string>> = {
  LACK_BALANCE: '잔액 부족',
  NOT_ENOUGH_BALANCE: '잔액 부족',
  LIMIT_BALANCE: '보유한도 초과',
  LIMIT_ONE_TIME: '1회 한도 초과',
  LIMIT_USE_PER_DAY: '1일 한도 초과',
  BANK_ACCOUNT_NOT_FOUND: '계좌 없음',
  BANK_NOT_CONNECTED: '연결된 계좌 없음',
  BANK_ACCOUNT_BLOCKED: '사용이 정지된 계좌',
  BANK_FIRM_API_FAIL: '은행 연동 오류',
  BANK_FIRM_UNAVAILABLE: '은행 점검 시간',
  BANK_FIRM_UNKNOWN: '은행 응답 확인 불가',
  USER_LOCKED: '이용이 정지된 회원',
  USER_NOT_FOUND: '회원 없음',
  INVALID_CANCEL_AMOUNT: '취소 금액 오류',
  INVALID_CANCEL_STATUS: '취소할 수 없는 상태',
  INVALID_PAYMENT_KEY: '결제 키 오류',
  UNDER_CONSTRUCTION: '점검 중',
  NETWORK_ACL_ERROR: '네트워크 접근 오류',
  INTERNAL_ERROR: '내부 오류',
  '0001': '거래제한 카드',
  '0002': '한도 초과',
  '0003': '미등록',
  '0004': '유효기간 만료',
  '0005': '할부개월 오류',
  '0006': '할부금액 오류',
  '0007': '가맹점 오류',
  '0008': '가맹점 오류',
  '0009': '키인거래 불가',
  '0010': '응답시간 초과',
  '0013': '금액 오류',
  '0014': '카드번호 오류',
  '0015': '횟수 초과',
  '0016': '1회 한도 초과',
  '0019': '비밀번호 오류',
  '0021': '비밀번호 오류횟수 초과',
  '0022': '취소 불가 거래',
  '0023': '유효기간 오류',
  '0024': '원거래 없음',
  '0025': '기취소 거래',
  '0026': '분실·도난·위변조 카드',
  '0027': '사용불가 카드',
  '0029': '가맹점 한도 초과',
  '0032': '연체 카드',
  '0051': '생년월일 불일치',
  '0052': '생년월일 및 비밀번호 오류',
  '0062': '출금 한도 초과',
  '0110': '응답시간 초과',
  '0118': '카드번호 없음',
  '0121': '발급사 연결 오류',
  '0136': '원거래 없음',
  '0138': '금액 불일치',
  '0140': '기취소 거래',
  '0156': '계좌 비밀번호 오류',
  '0174': '출금가능 금액 부족',
  '0196': '유효기간 만료',
};

/** Only a failed approval or cancel says what the payment method said. */
const WITH_METHOD: readonly string[] = ['-780', '-781'];

/** `-780`, or `-780/LACK_BALANCE` where the payment method gave its reason. */
export function isKakaoCode(code: string): boolean {
  const [error = '', method, more] = code.split('/');
  if (!Object.hasOwn(ERRORS, error) || more !== undefined) return false;
  return method === undefined || (WITH_METHOD.includes(error) && Object.hasOwn(METHOD_RESULTS, method));
}

export function messageOf(code: string): string {
  const [error = '', method] = code.split('/');
  return method === undefined ? (ERRORS[error]?.[1] ?? '') : (METHOD_RESULTS[method] ?? '');
}

export function errorAnswer(code: string): Answer {
  const [error = '', method] = code.split('/');
  const [status, message] = ERRORS[error] ?? [400, ''];
  const body = {
    error_code: Number(error),
    error_message: message,
    ...(method !== undefined && {
      extras: { method_result_code: method, method_result_message: METHOD_RESULTS[method] ?? '' },
    }),
  };
  return { status, body: JSON.stringify(body), headers: {} };
}

/** The error that goes with a bare HTTP status. */
export function errorForStatus(status: number): string {
  if (status === 401) return '-401';
  if (status === 403) return '-5';
  if (status === 429) return '-10';
  if (status === 503) return '-9798';
  return status >= 500 ? '-1' : '-2';
}
