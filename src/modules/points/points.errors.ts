import { defineErrors } from '../../common/errors/error-kinds';

export const POINTS_ERRORS = defineErrors({
  POINT_ACCOUNT_NOT_FOUND: {
    kind: 'NOT_FOUND',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '포인트가 없는 고객입니다', detail: '이 고객 키로 적립하거나 조정한 적이 없습니다.' },
    en: {
      title: 'No points of such a customer',
      detail: 'Nothing was ever earned or adjusted under this key.',
    },
  },
  POINT_BALANCE_TOO_SMALL: {
    kind: 'CONFLICT',
    actor: 'PAYER',
    retryable: false,
    ko: {
      title: '포인트가 모자랍니다',
      detail:
        '쓸 수 있는 포인트를 조회하여 그 안에서 다시 요청해 주세요. 결제 중에 잡힌 포인트는 쓸 수 없습니다.',
    },
    en: {
      title: 'Not enough points',
      detail: 'Look up the balance and ask for no more. Points held by payments under way cannot be used.',
    },
  },
  POINTS_NOT_CONTRACTED: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '이 결제 수단에는 포인트 정책이 없습니다',
      detail: '먼저 포인트 정책을 정해 주세요(PUT /v1/point-policies/{method}).',
    },
    en: {
      title: 'There is no point policy for this method',
      detail: 'Set one first: PUT /v1/point-policies/{method}.',
    },
  },
});
