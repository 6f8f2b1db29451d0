import { defineErrors } from '../../common/errors/error-kinds';

export const HISTORY_ERRORS = defineErrors({
  TRANSACTION_NOT_FOUND: {
    kind: 'NOT_FOUND',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '거래를 찾을 수 없습니다', detail: '결제 번호나 취소 번호를 확인해 주세요.' },
    en: { title: 'No such transaction', detail: 'Check the payment id or cancel id.' },
  },
  TRANSACTION_VIEW_NOT_FOUND: {
    kind: 'NOT_FOUND',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '저장한 조회 조건을 찾을 수 없습니다', detail: '목록에서 번호를 확인해 주세요.' },
    en: { title: 'No such saved view', detail: 'Take its id from the list.' },
  },
  TRANSACTION_VIEW_LIMIT: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '조회 조건을 더 저장할 수 없습니다', detail: '50개까지입니다. 쓰지 않는 것을 지워 주세요.' },
    en: { title: 'No more views can be saved', detail: 'There may be 50. Delete one that is not used.' },
  },
  SEARCH_TOO_BROAD: {
    kind: 'UNPROCESSABLE',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '조회 범위가 너무 넓습니다',
      detail: '기간을 줄이거나 조건을 더해 주세요. 합계가 필요 없으면 summary를 빼 주세요.',
    },
    en: {
      title: 'The search is too broad',
      detail: 'Shorten the period or add a filter, or leave summary out if you do not need it.',
    },
  },
  EXPORTS_BUSY: {
    kind: 'LIMITED',
    actor: 'GATEWAY',
    retryable: true,
    ko: {
      title: '다른 내보내기가 진행 중입니다',
      detail: 'Retry-After가 지난 뒤 다시 요청해 주세요.',
    },
    en: { title: 'Other exports are under way', detail: 'Ask again after the time told in Retry-After.' },
  },
});
