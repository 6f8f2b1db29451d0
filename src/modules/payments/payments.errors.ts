import { defineErrors } from '../../common/errors/error-kinds';

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
      detail: '승인되었거나, 승인되었더라도 저절로 취소됩니다. 주문번호로 결과를 조회해 주세요.',
    },
    en: {
      title: 'The result could not be recorded',
      detail: 'It ends as approved or as undone, and not in between. Look the result up by order number.',
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
  NOT_CHARGED: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '승인된 적이 없는 결제입니다', detail: '매출전표는 승인된 결제에만 있습니다.' },
    en: { title: 'Nothing was charged', detail: 'Only a payment that was approved has a sales slip.' },
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
  CANCEL_OUTCOME_UNKNOWN: {
    kind: 'UNAVAILABLE',
    actor: 'GATEWAY',
    retryable: false,
    ko: {
      title: '취소 결과를 기록하지 못했습니다',
      detail:
        '취소되었을 수 있습니다. 다시 보내지 말고 결제를 조회해 cancelId의 취소가 있는지 확인해 주세요.',
    },
    en: {
      title: 'The result of the cancel could not be recorded',
      detail:
        'It may have been done. Do not send it again: look the payment up and see whether it has this cancelId.',
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

/** A field error of an amount that no payment under the contract may have. */
export const AMOUNT_OUT_OF_CONTRACT = {
  field: 'amount',
  code: 'OUT_OF_RANGE',
  message: {
    ko: '계약의 1회 결제 금액 범위를 벗어났습니다.',
    en: 'Outside the amounts per payment of the contract.',
  },
} as const;
