import { defineErrors } from '../../common/errors/error-kinds';

export const FEES_ERRORS = defineErrors({
  FEE_POLICY_OWNER_NOT_FOUND: {
    kind: 'NOT_FOUND',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '가맹점이나 영업점을 찾을 수 없습니다',
      detail: 'mid와, 적었다면 그 가맹점의 branchId인지 확인해 주세요.',
    },
    en: {
      title: 'No such merchant or branch',
      detail: 'See that the mid is right and that branchId, where given, is a branch of it.',
    },
  },
});
