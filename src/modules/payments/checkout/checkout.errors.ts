import { defineErrors } from '../../../common/errors/error-kinds';

/** What of a mismatch the caller is told; each code says whether the money is back already. */
const mismatch = (what: { ko: string; en: string }, state: 'NONE' | 'REFUNDED' | 'PENDING') => {
  const detail = {
    NONE: { ko: '청구된 금액이 없습니다.', en: 'Nothing was charged.' },
    REFUNDED: {
      ko: '받은 돈은 원천사에서 취소되었습니다.',
      en: 'What was taken was cancelled at the acquirer.',
    },
    PENDING: {
      ko: '받은 돈을 취소하고 있습니다. 될 때까지 계속 시도합니다.',
      en: 'What was taken is being cancelled, for as long as it takes.',
    },
  }[state];
  return {
    kind: 'UNPROCESSABLE',
    actor: 'CALLER',
    retryable: false,
    ko: { title: what.ko, detail: detail.ko },
    en: { title: what.en, detail: detail.en },
  } as const;
};

const AMOUNT = { ko: '결제 금액이 주문과 다릅니다', en: 'The amount is not the order’s' };
const ORDER_NO = { ko: '결제의 주문번호가 다릅니다', en: 'The payment is of another order' };
const CURRENCY = { ko: '결제 통화가 원화가 아닙니다', en: 'The currency is not won' };

export const CHECKOUT_ERRORS = defineErrors({
  CHECKOUT_NOT_FOUND: {
    kind: 'NOT_FOUND',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '체크아웃을 찾을 수 없습니다', detail: '체크아웃 번호를 확인해 주세요.' },
    en: { title: 'No such checkout', detail: 'Check the checkout id.' },
  },
  CHECKOUT_TOKEN_INVALID: {
    kind: 'FORBIDDEN',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '결제 토큰이 맞지 않습니다', detail: '체크아웃을 만들 때 받은 paymentToken을 보내 주세요.' },
    en: {
      title: 'The payment token is wrong',
      detail: 'Send the paymentToken that the checkout was made with.',
    },
  },
  CHECKOUT_CLOSED: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '이미 끝난 체크아웃입니다',
      detail: '새 주문번호로 다시 시작해 주세요. 청구된 금액은 없습니다.',
    },
    en: {
      title: 'The checkout is over',
      detail: 'Begin again with a new order number. Nothing was charged.',
    },
  },
  CHECKOUT_NOT_PAID: {
    kind: 'CONFLICT',
    actor: 'PAYER',
    retryable: true,
    ko: {
      title: '구매자가 아직 결제를 마치지 않았습니다',
      detail: '결제창에서 결제를 마친 뒤 다시 확인해 주세요.',
    },
    en: {
      title: 'The payer has not finished',
      detail: 'Confirm again once the payer has paid in the window.',
    },
  },
  NOT_ACKNOWLEDGEABLE: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '확인할 수 있는 상태가 아닙니다',
      detail: '승인되고 확인 시간이 남은 체크아웃만 확인할 수 있습니다.',
    },
    en: {
      title: 'There is nothing to acknowledge',
      detail: 'Only an approved checkout can be, within its time and where that was asked for.',
    },
  },
  AMOUNT_MISMATCH: mismatch(AMOUNT, 'NONE'),
  AMOUNT_MISMATCH_REFUNDED: mismatch(AMOUNT, 'REFUNDED'),
  AMOUNT_MISMATCH_REFUND_PENDING: mismatch(AMOUNT, 'PENDING'),
  ORDER_NO_MISMATCH: mismatch(ORDER_NO, 'NONE'),
  ORDER_NO_MISMATCH_REFUNDED: mismatch(ORDER_NO, 'REFUNDED'),
  ORDER_NO_MISMATCH_REFUND_PENDING: mismatch(ORDER_NO, 'PENDING'),
  CURRENCY_MISMATCH: mismatch(CURRENCY, 'NONE'),
  CURRENCY_MISMATCH_REFUNDED: mismatch(CURRENCY, 'REFUNDED'),
  CURRENCY_MISMATCH_REFUND_PENDING: mismatch(CURRENCY, 'PENDING'),
});
