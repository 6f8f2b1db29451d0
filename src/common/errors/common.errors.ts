import { defineErrors } from './error-kinds';

/** Codes that any operation can answer. */
export const COMMON_ERRORS = defineErrors({
  VALIDATION_FAILED: {
    kind: 'INVALID',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '입력값이 올바르지 않습니다', detail: 'errors에 적힌 항목을 고쳐 다시 보내 주세요.' },
    en: { title: 'The input is not valid', detail: 'Correct the fields named in errors and send it again.' },
  },
  MALFORMED_BODY: {
    kind: 'INVALID',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '본문을 읽을 수 없습니다', detail: '본문은 UTF-8 JSON이어야 합니다.' },
    en: { title: 'The body cannot be read', detail: 'The body must be UTF-8 JSON.' },
  },
  BODY_TOO_LARGE: {
    kind: 'TOO_LARGE',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '본문이 너무 큽니다', detail: '본문은 32 KiB를 넘을 수 없습니다.' },
    en: { title: 'The body is too large', detail: 'A body may have 32 KiB at most.' },
  },
  UNSUPPORTED_MEDIA_TYPE: {
    kind: 'UNSUPPORTED_MEDIA',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '지원하지 않는 형식입니다', detail: 'Content-Type을 application/json으로 보내 주세요.' },
    en: { title: 'Unsupported media type', detail: 'Send the body with Content-Type application/json.' },
  },
  NOT_FOUND: {
    kind: 'NOT_FOUND',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '찾을 수 없습니다', detail: '주소가 없거나 볼 수 있는 대상이 아닙니다.' },
    en: { title: 'Not found', detail: 'There is no such address, or it is not yours to see.' },
  },
  UNAUTHENTICATED: {
    kind: 'UNAUTHENTICATED',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '인증이 필요합니다', detail: '유효한 비밀 키나 액세스 토큰을 보내 주세요.' },
    en: { title: 'Authentication is required', detail: 'Send a valid secret key or access token.' },
  },
  FORBIDDEN: {
    kind: 'FORBIDDEN',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '권한이 없습니다', detail: '이 작업에 필요한 역할이나 스코프가 없습니다.' },
    en: { title: 'Not allowed', detail: 'The role or scope that this operation needs is missing.' },
  },
  BRANCH_SUSPENDED: {
    kind: 'FORBIDDEN',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '정지된 영업점입니다',
      detail: '정지된 동안에는 조회만 할 수 있습니다. 가맹점에 문의해 주세요.',
    },
    en: {
      title: 'The branch is suspended',
      detail: 'Until it is active again it may only look. Ask its merchant.',
    },
  },
  AGENCY_SUSPENDED: {
    kind: 'FORBIDDEN',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '정지된 대리점입니다',
      detail: '정지된 동안에는 조회만 할 수 있습니다. 운영자에게 문의해 주세요.',
    },
    en: {
      title: 'The agency is suspended',
      detail: 'Until it is active again it may only look. Ask the operator.',
    },
  },
  RATE_LIMITED: {
    kind: 'LIMITED',
    actor: 'CALLER',
    retryable: true,
    ko: { title: '요청이 너무 많습니다', detail: 'Retry-After에 적힌 시간 뒤에 다시 보내 주세요.' },
    en: { title: 'Too many requests', detail: 'Send it again after the time told in Retry-After.' },
  },
  IDEMPOTENCY_KEY_INVALID: {
    kind: 'INVALID',
    actor: 'CALLER',
    retryable: false,
    ko: { title: 'Idempotency-Key가 올바르지 않습니다', detail: '출력 가능한 ASCII 1~255자여야 합니다.' },
    en: {
      title: 'The Idempotency-Key is not valid',
      detail: 'It must be 1 to 255 printable ASCII characters.',
    },
  },
  IDEMPOTENCY_KEY_REUSED: {
    kind: 'UNPROCESSABLE',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '다른 요청에 쓰인 Idempotency-Key입니다', detail: '내용이 다르면 새 키를 쓰세요.' },
    en: {
      title: 'This Idempotency-Key was used for another request',
      detail: 'Use a new key for other content.',
    },
  },
  IDEMPOTENCY_IN_PROGRESS: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: true,
    ko: {
      title: '같은 요청을 처리하고 있습니다',
      detail: 'Retry-After에 적힌 시간 뒤에 같은 키로 다시 보내 주세요.',
    },
    en: {
      title: 'The same request is still being processed',
      detail: 'Send it again with the same key after the time told in Retry-After.',
    },
  },
  INTERNAL_ERROR: {
    kind: 'INTERNAL',
    actor: 'GATEWAY',
    retryable: true,
    ko: { title: '서버 오류가 발생했습니다', detail: 'traceId를 알려 주시면 원인을 찾겠습니다.' },
    en: {
      title: 'Something went wrong on our side',
      detail: 'Tell us the traceId and we will find the cause.',
    },
  },
  SERVICE_UNAVAILABLE: {
    kind: 'UNAVAILABLE',
    actor: 'GATEWAY',
    retryable: true,
    ko: {
      title: '잠시 처리할 수 없습니다',
      detail: '아무것도 처리되지 않았습니다. 잠시 뒤 다시 보내 주세요.',
    },
    en: { title: 'Temporarily unavailable', detail: 'Nothing was done. Send it again shortly.' },
  },
  OUTCOME_UNKNOWN: {
    kind: 'UNAVAILABLE',
    actor: 'GATEWAY',
    retryable: false,
    ko: {
      title: '처리되었는지 알 수 없습니다',
      detail: '모두 처리되었거나 아무것도 처리되지 않았습니다. 조회해서 확인한 다음 다시 보내 주세요.',
    },
    en: {
      title: 'It is not known whether this was done',
      detail: 'All of it was done, or nothing. Look first, then send it again if it is not there.',
    },
  },
});
