import { defineErrors } from '../../common/errors/error-kinds';

export const MEMBERS_ERRORS = defineErrors({
  MEMBER_NOT_FOUND: {
    kind: 'NOT_FOUND',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '회원을 찾을 수 없습니다', detail: '없는 회원이거나 볼 수 있는 대상이 아닙니다.' },
    en: { title: 'The member was not found', detail: 'There is no such member, or it is not yours to see.' },
  },
  LOGIN_ID_TAKEN: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '이미 쓰이는 로그인 ID입니다', detail: '다른 로그인 ID를 골라 주세요.' },
    en: { title: 'The login id is taken', detail: 'Choose another login id.' },
  },
  EMAIL_TAKEN: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '이미 쓰이는 이메일입니다',
      detail: '다른 이메일을 쓰거나 로그인 ID 찾기를 이용해 주세요.',
    },
    en: { title: 'The e-mail address is taken', detail: 'Use another one, or have the login id sent to it.' },
  },
  MEMBER_CODE_INVALID: {
    kind: 'UNPROCESSABLE',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '인증번호를 쓸 수 없습니다',
      detail: '틀렸거나 만료되었거나 이미 쓰였거나 너무 여러 번 틀린 인증번호입니다. 새로 받아 주세요.',
    },
    en: {
      title: 'The code cannot be used',
      detail: 'It is wrong, expired, used, or was guessed at too often. Ask for a new one.',
    },
  },
  MEMBER_CODE_TOO_OFTEN: {
    kind: 'LIMITED',
    actor: 'CALLER',
    retryable: true,
    ko: {
      title: '메시지를 너무 자주 요청했습니다',
      detail: 'Retry-After에 적힌 시간 뒤에 다시 요청해 주세요.',
    },
    en: {
      title: 'Messages were asked for too often',
      detail: 'Ask again after the time told in Retry-After.',
    },
  },
  MEMBER_CHANGED: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: true,
    ko: {
      title: '그사이 회원 정보가 바뀌었습니다',
      detail: '회원을 다시 조회한 뒤 시도해 주세요.',
    },
    en: { title: 'The member has changed meanwhile', detail: 'Look the member up again and retry.' },
  },
  MEMBER_STATUS_CONFLICT: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '바꿀 수 없는 상태입니다',
      detail: '지금 상태에서는 그 상태로 바꿀 수 없거나, 운영자가 정한 상태입니다.',
    },
    en: {
      title: 'The status cannot be changed so',
      detail: 'It does not follow from the present one, or an operator has set the present one.',
    },
  },
  MEMBER_HAS_NO_CONTACT: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '연락처가 없는 회원입니다', detail: '인증번호를 보낼 휴대폰이나 이메일이 없습니다.' },
    en: {
      title: 'The member has no contact',
      detail: 'There is no phone or e-mail address to send a code to.',
    },
  },
  SECURITY_NOTICES_NEEDED: {
    kind: 'UNPROCESSABLE',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '보안 알림은 모두 끌 수 없습니다',
      detail: 'SECURITY는 SMS와 EMAIL 가운데 하나를 켜 두어야 합니다.',
    },
    en: {
      title: 'Security notices cannot all be off',
      detail: 'SECURITY must stay on by SMS or by EMAIL.',
    },
  },
  STAFF_BRANCH_NOT_FOUND: {
    kind: 'NOT_FOUND',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '영업점을 찾을 수 없습니다',
      detail: '없거나 닫힌 영업점이거나 볼 수 있는 대상이 아닙니다.',
    },
    en: {
      title: 'The branch was not found',
      detail: 'There is no such open branch, or it is not yours to see.',
    },
  },
});
