import { defineErrors } from '../../common/errors/error-kinds';

export const SMS_PAYMENT_ERRORS = defineErrors({
  SMS_PAYMENT_NOT_FOUND: {
    kind: 'NOT_FOUND',
    actor: 'CALLER',
    retryable: false,
    ko: { title: 'SMS 결제를 찾을 수 없습니다', detail: 'SMS 결제 번호를 확인해 주세요.' },
    en: { title: 'No such SMS payment', detail: 'Check the id of the SMS payment.' },
  },
  PAY_LINK_NOT_FOUND: {
    kind: 'NOT_FOUND',
    actor: 'PAYER',
    retryable: false,
    ko: { title: '결제 링크를 찾을 수 없습니다', detail: '문자로 받은 링크를 다시 열어 주세요.' },
    en: { title: 'No such payment link', detail: 'Open the link in your text message again.' },
  },
  PAY_LINK_EXPIRED: {
    kind: 'GONE',
    actor: 'PAYER',
    retryable: false,
    ko: {
      title: '결제 기한이 지났습니다',
      detail: '판매자에게 새 결제 링크를 요청해 주세요. 청구된 금액은 없습니다.',
    },
    en: { title: 'The time to pay is over', detail: 'Ask the seller for a new link. Nothing was charged.' },
  },
  SMS_PAYMENT_CLOSED: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '이미 끝난 SMS 결제입니다', detail: 'smsPaymentStatus에 어떻게 끝났는지 적혀 있습니다.' },
    en: { title: 'The SMS payment is over', detail: 'smsPaymentStatus tells how it ended.' },
  },
  SMS_PAYMENT_IN_PROGRESS: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: true,
    ko: { title: '결제를 처리하고 있습니다', detail: '잠시 뒤 상태를 다시 조회해 주세요.' },
    en: { title: 'The payment is being processed', detail: 'Look at its status again shortly.' },
  },
  SMS_CODE_WRONG: {
    kind: 'UNPROCESSABLE',
    actor: 'PAYER',
    retryable: false,
    ko: {
      title: '인증번호가 다릅니다',
      detail: 'triesLeft번 더 입력할 수 있습니다. 0이면 새 인증번호를 받아 주세요.',
    },
    en: {
      title: 'The code is wrong',
      detail: 'triesLeft tells how many tries are left; at 0 ask for a new code.',
    },
  },
  SMS_CODE_EXPIRED: {
    kind: 'UNPROCESSABLE',
    actor: 'PAYER',
    retryable: false,
    ko: { title: '쓸 수 있는 인증번호가 없습니다', detail: '새 인증번호를 받아 주세요.' },
    en: { title: 'There is no code that can be used', detail: 'Ask for a new code.' },
  },
  SMS_SENT_RECENTLY: {
    kind: 'LIMITED',
    actor: 'CALLER',
    retryable: true,
    ko: { title: '방금 문자를 보냈습니다', detail: 'Retry-After에 적힌 시간 뒤에 다시 요청해 주세요.' },
    en: { title: 'A message was sent just now', detail: 'Ask again after the time told in Retry-After.' },
  },
  SMS_SENDS_EXHAUSTED: {
    kind: 'LIMITED',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '보낼 수 있는 문자를 모두 보냈습니다',
      detail: '인증번호는 한 번호에 하루 5번, 링크는 5번까지 다시 보냅니다.',
    },
    en: {
      title: 'No more messages may be sent',
      detail: 'Five codes a day to a phone, and a link five times again.',
    },
  },
});
