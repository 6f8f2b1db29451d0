import type { Answer } from '../core/acquirer';
import type { DeclineReason } from '../core/cards';

/** The acquirer's codes and texts. The skeleton's: put the manual's in their place. */
const CODES = {
  DECLINED: '거절되었습니다.',
  LIMIT_EXCEEDED: '한도를 초과했습니다.',
  CARD_EXPIRED: '유효기간이 지난 카드입니다.',
  LOST_OR_STOLEN: '분실 또는 도난 카드입니다.',
  WRONG_PASSWORD: '비밀번호가 다릅니다.',
  WRONG_IDENTITY: '생년월일 또는 사업자번호가 다릅니다.',
  INSTALLMENT_REFUSED: '할부가 되지 않습니다.',
  MAINTENANCE: '점검 중입니다.',
  DUPLICATED_ORDER: '이미 사용한 주문번호입니다.',
  NOT_FOUND: '거래가 없습니다.',
  ALREADY_CANCELLED: '이미 취소되었습니다.',
  OVER_BALANCE: '취소할 수 없는 금액입니다.',
  TRY_LATER: '잠시 후 다시 시도하세요.',
  UNAUTHORIZED: '인증되지 않았습니다.',
  INVALID_REQUEST: '잘못된 요청입니다.',
  SYSTEM_ERROR: '시스템 오류입니다.',
} as const;
export type __Name__Code = keyof typeof CODES;

export const isCode = (code: string): code is __Name__Code => Object.hasOwn(CODES, code);

export const DECLINES: Readonly<Record<DeclineReason, __Name__Code>> = {
  'issuer-declined': 'DECLINED',
  'limit-exceeded': 'LIMIT_EXCEEDED',
  'expired-card': 'CARD_EXPIRED',
  'lost-or-stolen': 'LOST_OR_STOLEN',
  'wrong-password': 'WRONG_PASSWORD',
  'wrong-identity': 'WRONG_IDENTITY',
  'installment-not-allowed': 'INSTALLMENT_REFUSED',
  maintenance: 'MAINTENANCE',
};

export function answer(body: object, status = 200): Answer {
  return { status, body: JSON.stringify(body), headers: {} };
}

export function errorAnswer(code: __Name__Code, status = 200): Answer {
  return answer({ code, message: CODES[code] }, status);
}
