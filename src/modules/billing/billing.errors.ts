import { defineErrors } from '../../common/errors/error-kinds';

export const BILLING_ERRORS = defineErrors({
  BILLING_KEY_NOT_FOUND: {
    kind: 'NOT_FOUND',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '빌링키를 찾을 수 없습니다', detail: '빌링키를 확인해 주세요.' },
    en: { title: 'No such billing key', detail: 'Check the billing key.' },
  },
  BILLING_KEY_REVOKED: {
    kind: 'UNPROCESSABLE',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '해지된 빌링키입니다',
      detail: '이 빌링키로는 결제할 수 없습니다. 카드를 다시 등록해 주세요.',
    },
    en: { title: 'The billing key is revoked', detail: 'It cannot pay any more. Register the card again.' },
  },
  BILLING_KEY_NOT_ACTIVE: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '쓸 수 있는 빌링키가 아닙니다',
      detail: '발급이 끝나지 않았거나 실패했습니다. billingKeyStatus를 확인해 주세요.',
    },
    en: {
      title: 'The billing key cannot be used',
      detail: 'It was not issued, or not yet. See billingKeyStatus.',
    },
  },
  BILLING_KEY_IN_PROGRESS: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: true,
    ko: {
      title: '같은 요청으로 빌링키를 발급하고 있습니다',
      detail: 'Retry-After에 적힌 시간 뒤에 조회해 주세요.',
    },
    en: {
      title: 'The same request is being processed',
      detail: 'Look the billing key up after the time told in Retry-After.',
    },
  },
  BILLING_KEY_OUTCOME_UNKNOWN: {
    kind: 'ACQUIRER_SILENT',
    actor: 'ACQUIRER',
    retryable: false,
    ko: {
      title: '발급 결과를 알 수 없습니다',
      detail:
        '원천사의 응답을 받지 못했습니다. 이 빌링키로는 아무것도 결제되지 않습니다. 새로 발급해 주세요.',
    },
    en: {
      title: 'Whether it was issued is not known',
      detail: 'The acquirer gave no usable answer. Nothing can be charged with it. Issue a new one.',
    },
  },
  SUBSCRIPTION_NOT_FOUND: {
    kind: 'NOT_FOUND',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '정기결제를 찾을 수 없습니다', detail: '정기결제 번호를 확인해 주세요.' },
    en: { title: 'No such subscription', detail: 'Check the subscription id.' },
  },
  SUBSCRIPTION_STATE_CONFLICT: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '지금 상태에서는 할 수 없습니다',
      detail: '정기결제의 상태(subscriptionStatus)를 확인해 주세요.',
    },
    en: {
      title: 'Not possible in this state',
      detail: 'See the state of the subscription in subscriptionStatus.',
    },
  },
});
