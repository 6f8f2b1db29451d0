import { defineErrors } from '../../common/errors/error-kinds';

export const AUTH_ERRORS = defineErrors({
  LOGIN_FAILED: {
    kind: 'UNAUTHENTICATED',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '로그인하지 못했습니다', detail: '로그인 ID 또는 비밀번호가 올바르지 않습니다.' },
    en: { title: 'The login failed', detail: 'The login id or the password is wrong.' },
  },
  LOGIN_LOCKED: {
    kind: 'LIMITED',
    actor: 'CALLER',
    retryable: true,
    ko: {
      title: '로그인 시도가 잠겼습니다',
      detail: '여러 번 실패했습니다. Retry-After에 적힌 시간 뒤에 다시 시도해 주세요.',
    },
    en: {
      title: 'Logins are locked for now',
      detail: 'Too many of them failed. Try again after the time told in Retry-After.',
    },
  },
  REFRESH_TOKEN_INVALID: {
    kind: 'UNAUTHENTICATED',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '갱신 토큰을 쓸 수 없습니다',
      detail: '만료되었거나 이미 쓰인 토큰입니다. 다시 로그인해 주세요.',
    },
    en: {
      title: 'The refresh token cannot be used',
      detail: 'It is unknown, expired or used. Log in again.',
    },
  },
  CURRENT_PASSWORD_WRONG: {
    kind: 'UNPROCESSABLE',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '현재 비밀번호가 올바르지 않습니다', detail: '비밀번호를 확인해 다시 보내 주세요.' },
    en: { title: 'The current password is wrong', detail: 'Check the password and send it again.' },
  },
  PASSWORD_CHANGED_MEANWHILE: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '그사이 비밀번호가 바뀌었습니다', detail: '새 비밀번호로 다시 로그인해 주세요.' },
    en: { title: 'The password was changed meanwhile', detail: 'Log in again with the new password.' },
  },
});
