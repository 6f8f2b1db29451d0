import type { DeclineReason } from '../core/cards';

/** NaverPay's result codes by operation (NaverPay docs, "결제승인", "결제취소", "결제내역조회"). The texts are ours. */
const MESSAGES = {
  Fail: '결제 처리 중 오류가 발생했습니다.',
  InvalidMerchant: '유효하지 않은 가맹점입니다.',
  TimeExpired: '결제 승인 가능 시간이 지났습니다.',
  AlreadyOnGoing: '이미 진행 중인 요청입니다.',
  AlreadyComplete: '이미 완료된 결제입니다.',
  OwnerAuthFail: '본인 카드 인증에 실패했습니다.',
  BankMaintenance: '은행 점검 시간입니다.',
  NotEnoughAccountBalance: '계좌 잔액이 부족합니다.',
  MaintenanceOngoing: '서비스 점검 중입니다.',
  FaultCheckOngoing: '결제수단 점검 중입니다.',
  InvalidPaymentId: '유효하지 않은 결제번호입니다.',
  AlreadyCanceled: '이미 전체 취소된 결제입니다.',
  OverRemainAmount: '취소 금액이 남은 금액보다 큽니다.',
  PreCancelNotComplete: '이전 취소가 완료되지 않았습니다.',
  CancelDeadlineExpired: '취소 기한이 지났습니다.',
  TaxScopeAmtGreaterThanRemainError: '취소할 수 있는 과세·면세 금액보다 큽니다.',
  TaxScopeAmountError: '과세와 면세 금액의 합이 취소 금액과 다릅니다.',
  RestAmountDiff: '예상 잔여 금액이 다릅니다.',
  CancelNotComplete: '취소가 접수되었고 곧 자동으로 처리됩니다.',
  InvalidDiscountCancelCondition: '할인 정책에 따라 취소할 수 없습니다.',
  TimeConditionError: '조회 기간은 31일을 넘을 수 없습니다.',
  RequireParameter: '필수 파라미터가 없습니다.',
  InvalidParameter: '파라미터가 올바르지 않습니다.',
  /** The code that goes with HTTP 401 is not documented. */
  Unauthorized: '인증에 실패했습니다.',
  NotFound: '요청한 경로가 없습니다.',
} as const satisfies Readonly<Record<string, string>>;

export type NaverpayCode = keyof typeof MESSAGES;

export function isNaverpayCode(code: string): code is NaverpayCode {
  return Object.hasOwn(MESSAGES, code);
}

export function messageOf(code: NaverpayCode): string {
  return MESSAGES[code];
}

/** Which failures have an HTTP status of their own; which of the others do is not documented, so they have 200. */
export function statusOf(code: NaverpayCode): number {
  switch (code) {
    case 'RequireParameter':
    case 'InvalidParameter':
      return 400;
    case 'Unauthorized':
      return 401;
    case 'NotFound':
      return 404;
    default:
      return 200;
  }
}

/** A card company's refusal is `Fail`, and only the message tells why. */
export const DECLINES: Readonly<Record<DeclineReason, readonly [code: NaverpayCode, message: string]>> = {
  'issuer-declined': ['Fail', '카드사에서 승인을 거절했습니다.'],
  'limit-exceeded': ['Fail', '카드 한도를 초과했습니다.'],
  'expired-card': ['Fail', '유효기간이 지난 카드입니다.'],
  'lost-or-stolen': ['Fail', '분실 또는 도난 신고된 카드입니다.'],
  'wrong-password': ['OwnerAuthFail', MESSAGES.OwnerAuthFail],
  'wrong-identity': ['OwnerAuthFail', MESSAGES.OwnerAuthFail],
  'installment-not-allowed': ['Fail', '할부를 이용할 수 없는 카드입니다.'],
  maintenance: ['MaintenanceOngoing', MESSAGES.MaintenanceOngoing],
};
