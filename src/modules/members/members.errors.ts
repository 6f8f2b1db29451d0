import { defineErrors } from '../../common/errors/error-kinds';

export const MEMBERS_ERRORS = defineErrors({
  MEMBER_NOT_FOUND: {
    kind: 'NOT_FOUND',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '회원을 찾을 수 없습니다', detail: '없는 회원이거나 볼 수 있는 대상이 아닙니다.' },
    en: { title: 'The member was not found', detail: 'There is no such member, or it is not yours to see.' },
  },
});
