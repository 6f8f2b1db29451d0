import { defineErrors } from '../../common/errors/error-kinds';

export const MEMBERS_ERRORS = defineErrors({
  LOGIN_ID_TAKEN: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '이미 쓰는 로그인 ID입니다', detail: '다른 로그인 ID를 골라 주세요.' },
    en: { title: 'The login id is in use', detail: 'Choose another one.' },
  },
  PASSWORD_TOO_WEAK: {
    kind: 'UNPROCESSABLE',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '쉽게 알아낼 수 있는 비밀번호입니다',
      detail: '로그인 ID나 이름이 들어가지 않은 10자 이상의 비밀번호를 골라 주세요.',
    },
    en: {
      title: 'The password is easy to guess',
      detail: 'Choose one of ten characters or more without the login id or the name.',
    },
  },
  MEMBER_NOT_FOUND: {
    kind: 'NOT_FOUND',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '회원을 찾을 수 없습니다', detail: '없는 회원이거나 볼 수 있는 대상이 아닙니다.' },
    en: { title: 'The member was not found', detail: 'There is no such member, or it is not yours to see.' },
  },
});
