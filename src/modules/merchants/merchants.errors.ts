import { defineErrors } from '../../common/errors/error-kinds';

export const MERCHANTS_ERRORS = defineErrors({
  ENC_DATA_INVALID: {
    kind: 'INVALID',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '암호화된 요청을 열 수 없습니다',
      detail: 'encData는 이 가맹점의 유효한 암호화 키로 만든 JWE(dir, A256GCM)여야 합니다.',
    },
    en: {
      title: 'The encrypted request cannot be opened',
      detail: 'encData must be a JWE (dir, A256GCM) made with a live encryption key of this merchant.',
    },
  },
  API_KEY_LIMIT: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '비밀 키는 두 개까지 쓸 수 있습니다', detail: '쓰지 않는 키를 먼저 폐기해 주세요.' },
    en: { title: 'Two secret keys may be live at once', detail: 'Revoke the one you no longer use first.' },
  },
  ENCRYPTION_KEY_LIMIT: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '암호화 키는 두 개까지 쓸 수 있습니다', detail: '쓰지 않는 키를 먼저 폐기해 주세요.' },
    en: {
      title: 'Two encryption keys may be live at once',
      detail: 'Revoke the one you no longer use first.',
    },
  },
  CONTRACTS_CHANGED: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '계약이 그사이 바뀌었습니다', detail: '다시 조회하여 새 version으로 보내 주세요.' },
    en: {
      title: 'The contracts have changed meanwhile',
      detail: 'Read them again and send the change with their new version.',
    },
  },
  MID_TAKEN: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '이미 쓰이는 가맹점 ID입니다', detail: '다른 mid를 적거나 비워 두세요.' },
    en: { title: 'This merchant id is taken', detail: 'Name another mid, or none.' },
  },
  CONTRACT_EXISTS: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '이미 있는 계약입니다',
      detail: '있는 계약은 PUT /v1/admin/merchants/{mid}/contracts로 바꿔 주세요.',
    },
    en: {
      title: 'This contract is there already',
      detail: 'Change it by PUT /v1/admin/merchants/{mid}/contracts.',
    },
  },
  KEY_NOT_FOUND: {
    kind: 'NOT_FOUND',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '키를 찾을 수 없습니다', detail: '없는 키이거나 볼 수 있는 대상이 아닙니다.' },
    en: { title: 'The key was not found', detail: 'There is no such key, or it is not yours to see.' },
  },
});
