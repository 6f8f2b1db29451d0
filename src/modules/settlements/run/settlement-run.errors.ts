import { defineErrors } from '../../../common/errors/error-kinds';

export const SETTLEMENT_RUN_ERRORS = defineErrors({
  DAY_NOT_OVER: {
    kind: 'UNPROCESSABLE',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '아직 끝나지 않은 날입니다', detail: '거래가 더 생길 수 있는 날은 정산할 수 없습니다.' },
    en: { title: 'The day is not over', detail: 'A day that may still get transactions cannot be settled.' },
  },
  NO_FEE_POLICY: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '수수료 정책이 없습니다', detail: '이 거래에 맞는 수수료 정책이 없는 가맹점이 있습니다.' },
    en: {
      title: 'There is no fee policy',
      detail: 'A merchant has no fee policy that fits one of its payments.',
    },
  },
});
