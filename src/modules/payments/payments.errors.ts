import { defineErrors } from '../../common/errors/error-kinds';
import type { DeclineCode } from '../../acquirers/port/acquirer.types';
import type { ErrorEntry } from '../../common/errors/error-kinds';

const decline = (ko: [string, string], en: [string, string]): ErrorEntry => ({
  kind: 'DECLINED',
  actor: 'PAYER',
  retryable: false,
  ko: { title: ko[0], detail: ko[1] },
  en: { title: en[0], detail: en[1] },
});

/** The normalised decline catalogue: why an acquirer or issuer said no. The acquirer's own code is kept beside it. */
export const DECLINE_ERRORS = defineErrors({
  CARD_DECLINED: decline(
    ['카드사가 승인을 거절했습니다', '다른 카드를 쓰거나 카드사에 문의해 주세요.'],
    ['The issuer declined the card', 'Use another card or ask the issuer.'],
  ),
  CARD_LIMIT_EXCEEDED: decline(
    ['카드 한도를 넘었습니다', '금액을 낮추거나 다른 카드를 써 주세요.'],
    ['The card limit is exceeded', 'Use a lower amount or another card.'],
  ),
  CARD_BALANCE_INSUFFICIENT: decline(
    ['잔액이 부족합니다', '연결 계좌의 잔액을 확인해 주세요.'],
    ['The balance is insufficient', 'Check the balance of the account behind the card.'],
  ),
  CARD_EXPIRED: decline(
    ['유효기간이 지난 카드입니다', '다른 카드를 써 주세요.'],
    ['The card has expired', 'Use another card.'],
  ),
  CARD_EXPIRY_INVALID: decline(
    ['유효기간이 일치하지 않습니다', '카드에 적힌 유효기간을 확인해 주세요.'],
    ['The expiry date does not match', 'Check the expiry date on the card.'],
  ),
  CARD_LOST_OR_STOLEN: decline(
    ['분실 또는 도난 신고된 카드입니다', '카드사에 문의해 주세요.'],
    ['The card was reported lost or stolen', 'Ask the issuer.'],
  ),
  CARD_STOPPED: decline(
    ['정지된 카드입니다', '카드사에 문의하거나 다른 카드를 써 주세요.'],
    ['The card is stopped', 'Ask the issuer or use another card.'],
  ),
  CARD_NUMBER_INVALID: decline(
    ['카드번호가 올바르지 않습니다', '카드번호를 확인해 주세요.'],
    ['The card number is not valid', 'Check the card number.'],
  ),
  CARD_PASSWORD_INVALID: decline(
    ['카드 비밀번호가 일치하지 않습니다', '비밀번호 앞 두 자리를 확인해 주세요.'],
    ['The card password does not match', 'Check the first two digits of the password.'],
  ),
  CARD_PASSWORD_TRIES_EXCEEDED: decline(
    ['카드 비밀번호 오류 횟수를 넘었습니다', '카드사에 문의해 주세요.'],
    ['Too many wrong card passwords', 'Ask the issuer.'],
  ),
  BIRTH_OR_BUSINESS_NO_MISMATCH: decline(
    ['생년월일 또는 사업자번호가 일치하지 않습니다', '카드 명의자의 정보를 확인해 주세요.'],
    ['Birth date or business number does not match', 'Check the data of the cardholder.'],
  ),
  CARD_NOT_SUPPORTED: decline(
    ['지원하지 않는 카드입니다', '다른 카드를 써 주세요.'],
    ['The card is not supported', 'Use another card.'],
  ),
  INSTALLMENT_NOT_ALLOWED: decline(
    ['허용되지 않는 할부입니다', '할부 개월을 바꾸거나 일시불로 결제해 주세요.'],
    ['The installment plan is not allowed', 'Use another number of months or pay at once.'],
  ),
  AMOUNT_NOT_ALLOWED: decline(
    ['허용되지 않는 금액입니다', '원천사가 받는 금액 범위를 확인해 주세요.'],
    ['The amount is not allowed', 'Check the range of amounts that the acquirer takes.'],
  ),
  ACQUIRER_MAINTENANCE: {
    kind: 'DECLINED',
    actor: 'ACQUIRER',
    retryable: true,
    ko: {
      title: '카드사 또는 원천사가 점검 중입니다',
      detail: '주문은 처리되지 않았습니다. 잠시 뒤 다시 결제해 주세요.',
    },
    en: {
      title: 'The issuer or acquirer is under maintenance',
      detail: 'The order was not processed. Try again later.',
    },
  },
  ACQUIRER_REJECTED: {
    kind: 'DECLINED',
    actor: 'GATEWAY',
    retryable: false,
    ko: {
      title: '원천사가 요청을 거절했습니다',
      detail: '주문은 처리되지 않았습니다. 계약 설정을 확인하겠습니다.',
    },
    en: {
      title: 'The acquirer rejected the request',
      detail: 'The order was not processed. We check the contract.',
    },
  },
  SUSPECTED_FRAUD: decline(
    ['이상 거래로 의심되어 거절되었습니다', '카드사에 문의해 주세요.'],
    ['Declined as suspected fraud', 'Ask the issuer.'],
  ),
} satisfies Record<DeclineCode, ErrorEntry>);

export const PAYMENT_ERRORS = defineErrors({
  PAYMENT_NOT_FOUND: {
    kind: 'NOT_FOUND',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '결제를 찾을 수 없습니다', detail: '결제 번호나 주문번호를 확인해 주세요.' },
    en: { title: 'No such payment', detail: 'Check the payment id or order number.' },
  },
  MERCHANT_NOT_FOUND: {
    kind: 'NOT_FOUND',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '가맹점을 찾을 수 없습니다', detail: '인증한 가맹점의 mid를 보내 주세요.' },
    en: { title: 'No such merchant', detail: 'Send the mid of the merchant that authenticated.' },
  },
  REQUEST_EXPIRED: {
    kind: 'INVALID',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '요청 시각이 맞지 않습니다', detail: 'requestedAt은 서버 시각과 5분 안이어야 합니다.' },
    en: { title: 'The request time is off', detail: 'requestedAt must be within 5 minutes of our time.' },
  },
  ORDER_NO_CONFLICT: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '다른 내용으로 쓰인 주문번호입니다',
      detail: '새 주문번호를 쓰거나 처음과 같은 내용을 보내 주세요.',
    },
    en: {
      title: 'This order number was used with other content',
      detail: 'Use a new order number or the first content.',
    },
  },
  ORDER_NET_CANCELLED: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '이미 망취소된 주문번호입니다',
      detail: '승인이 도착하기 전에 망취소되었습니다. 새 주문번호를 쓰세요.',
    },
    en: {
      title: 'This order was net-cancelled',
      detail: 'It was net-cancelled before it arrived. Use a new order number.',
    },
  },
  PAYMENT_IN_PROGRESS: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: true,
    ko: {
      title: '같은 주문을 처리하고 있습니다',
      detail: 'Retry-After에 적힌 시간 뒤에 결과를 조회해 주세요.',
    },
    en: {
      title: 'The same order is being processed',
      detail: 'Look the result up after the time told in Retry-After.',
    },
  },
  NO_ACQUIRER_CONTRACT: {
    kind: 'UNPROCESSABLE',
    actor: 'GATEWAY',
    retryable: false,
    ko: { title: '이 결제를 받을 원천사 계약이 없습니다', detail: '계약의 결제수단과 상태를 확인해 주세요.' },
    en: {
      title: 'No acquirer contract takes this payment',
      detail: 'Check the methods and state of the contracts.',
    },
  },
  AMOUNT_OVER_CONTRACT_LIMIT: {
    kind: 'UNPROCESSABLE',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '계약 한도를 벗어난 금액입니다', detail: '1회, 1일, 1개월 한도를 확인해 주세요.' },
    en: {
      title: 'The amount is outside the contract limits',
      detail: 'Check the limits per payment, day and month.',
    },
  },
  BRANCH_NOT_FOUND: {
    kind: 'UNPROCESSABLE',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '영업점을 찾을 수 없습니다', detail: 'branchId를 확인해 주세요.' },
    en: { title: 'No such branch', detail: 'Check branchId.' },
  },
  BRANCH_NOT_ACTIVE: {
    kind: 'UNPROCESSABLE',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '결제할 수 없는 영업점입니다', detail: '정지되었거나 닫힌 영업점입니다.' },
    en: { title: 'The branch cannot take payments', detail: 'It is suspended or closed.' },
  },
  ACQUIRER_UNAVAILABLE: {
    kind: 'UNAVAILABLE',
    actor: 'ACQUIRER',
    retryable: true,
    ko: {
      title: '원천사에 연결할 수 없습니다',
      detail: '주문은 처리되지 않았습니다. 잠시 뒤 다시 보내 주세요.',
    },
    en: {
      title: 'The acquirer cannot be reached',
      detail: 'The order was not processed. Send it again shortly.',
    },
  },
  ACQUIRER_TIMEOUT: {
    kind: 'ACQUIRER_SILENT',
    actor: 'ACQUIRER',
    retryable: false,
    ko: {
      title: '원천사의 응답을 받지 못했습니다',
      detail:
        'status가 REVERSED면 청구되지 않았습니다. REVERSING이면 되돌리는 중이니 nextCheckAt 뒤에 조회해 주세요.',
    },
    en: {
      title: 'The acquirer gave no usable answer',
      detail:
        'With status REVERSED nobody was charged. With REVERSING it is being undone: look it up after nextCheckAt.',
    },
  },
  PAYMENT_OUTCOME_UNKNOWN: {
    kind: 'UNAVAILABLE',
    actor: 'GATEWAY',
    retryable: false,
    ko: {
      title: '결과를 기록하지 못했습니다',
      detail: '승인되었다면 저절로 취소됩니다. 주문번호로 결과를 조회해 주세요.',
    },
    en: {
      title: 'The result could not be recorded',
      detail: 'If it was approved it is undone by itself. Look the result up by order number.',
    },
  },
  CANCEL_AMOUNT_EXCEEDS_BALANCE: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '취소 금액이 남은 금액보다 큽니다', detail: 'balanceAmount를 확인해 주세요.' },
    en: { title: 'The cancel amount exceeds what is left', detail: 'Check balanceAmount.' },
  },
  TAX_FREE_AMOUNT_EXCEEDS_BALANCE: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '면세 취소 금액이 맞지 않습니다', detail: '남은 면세·과세 금액 안에서 나눠 주세요.' },
    en: {
      title: 'The tax-free part does not fit',
      detail: 'Split it within the tax-free and taxable amounts left.',
    },
  },
  ALREADY_CANCELLED: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '이미 모두 취소되었습니다', detail: '취소할 금액이 남아 있지 않습니다.' },
    en: { title: 'Already cancelled', detail: 'Nothing is left to cancel.' },
  },
  BALANCE_CHANGED: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '남은 금액이 바뀌었습니다', detail: 'expectedBalanceAmount와 지금의 남은 금액이 다릅니다.' },
    en: { title: 'The balance has changed', detail: 'expectedBalanceAmount is not the balance now.' },
  },
  NOT_CANCELLABLE: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '취소할 수 없는 상태입니다', detail: '승인된 결제만 취소할 수 있습니다.' },
    en: {
      title: 'The payment cannot be cancelled now',
      detail: 'Only an approved payment can be cancelled.',
    },
  },
  NOT_REVERSIBLE: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '망취소할 수 없는 상태입니다',
      detail: '취소가 있었거나 망취소 기한이 지났습니다. 취소를 이용해 주세요.',
    },
    en: {
      title: 'The payment cannot be net-cancelled',
      detail: 'It has cancels, or is too old. Use cancel.',
    },
  },
  CANCEL_IN_PROGRESS: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: true,
    ko: {
      title: '같은 취소를 처리하고 있습니다',
      detail: 'Retry-After에 적힌 시간 뒤에 결과를 조회해 주세요.',
    },
    en: {
      title: 'The same cancel is being processed',
      detail: 'Look the result up after the time told in Retry-After.',
    },
  },
  CANCEL_REFUSED: {
    kind: 'UNPROCESSABLE',
    actor: 'ACQUIRER',
    retryable: true,
    ko: {
      title: '원천사가 취소를 거절했습니다',
      detail: '취소되지 않았습니다. acquirer의 사유를 확인해 주세요.',
    },
    en: {
      title: 'The acquirer refused the cancel',
      detail: 'Nothing was cancelled. See the reason in acquirer.',
    },
  },
});
