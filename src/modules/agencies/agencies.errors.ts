import { defineErrors } from '../../common/errors/error-kinds';

export const AGENCIES_ERRORS = defineErrors({
  AGENCY_NOT_FOUND: {
    kind: 'NOT_FOUND',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '대리점을 찾을 수 없습니다', detail: '없는 대리점이거나 볼 수 있는 대상이 아닙니다.' },
    en: { title: 'The agency was not found', detail: 'There is no such agency, or it is not yours to see.' },
  },
  AGENCY_CHANGED: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '대리점이 그사이 바뀌었습니다', detail: '다시 조회하여 그 version으로 보내 주세요.' },
    en: { title: 'The agency has changed meanwhile', detail: 'Read it again and send its version.' },
  },
  AGENCY_STATUS_CONFLICT: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '대리점의 현재 상태에서는 할 수 없습니다',
      detail: '폐점한 대리점은 바꿀 수 없고, 활동 중인 대리점만 하위 대리점을 둘 수 있습니다.',
    },
    en: {
      title: 'The status of the agency does not allow it',
      detail:
        'A closed agency cannot be changed, and only an active one may have others registered below it.',
    },
  },
  AGENCY_BUSINESS_NUMBER_TAKEN: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '이미 등록된 사업자번호입니다', detail: '이 사업자번호의 대리점이 있습니다.' },
    en: {
      title: 'The business number is registered already',
      detail: 'There is an agency with this number.',
    },
  },
  AGENCY_TREE_CYCLE: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '자기 아래로 옮길 수 없습니다', detail: '하위 대리점이 아닌 곳으로 옮겨 주세요.' },
    en: {
      title: 'An agency cannot be below itself',
      detail: 'Move it to one that is not below it.',
    },
  },
  COMMISSION_ABOVE_FEE: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '요율의 합이 수수료를 넘습니다',
      detail: 'agencyCode의 대리점과 그 위의 모든 대리점, 판매자의 요율이 day에 100 %를 넘게 됩니다.',
    },
    en: {
      title: 'The rates would sum to more than the fee',
      detail: 'On day, the agency named in agencyCode, those above it and its seller would have over 100 %.',
    },
  },
  SELLER_NOT_FOUND: {
    kind: 'NOT_FOUND',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '판매자를 찾을 수 없습니다', detail: '판매자 코드를 확인해 주세요.' },
    en: { title: 'The seller was not found', detail: 'See that the code is right.' },
  },
  SELLER_CHANGED: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '판매자가 그사이 바뀌었습니다', detail: '다시 조회하여 그 version으로 보내 주세요.' },
    en: { title: 'The seller has changed meanwhile', detail: 'Read it again and send its version.' },
  },
  SELLER_STATUS_CONFLICT: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '판매자의 현재 상태에서는 할 수 없습니다',
      detail: '끝난 판매자는 바꿀 수 없고, 활동 중인 판매자만 대리점을 등록할 수 있습니다.',
    },
    en: {
      title: 'The status of the seller does not allow it',
      detail: 'A closed seller cannot be changed, and only an active one may be named for an agency.',
    },
  },
});
