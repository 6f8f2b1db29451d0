import { defineErrors } from '../../common/errors/error-kinds';

export const WEBHOOKS_ERRORS = defineErrors({
  WEBHOOK_ENDPOINT_NOT_FOUND: {
    kind: 'NOT_FOUND',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '웹훅 주소를 찾을 수 없습니다',
      detail: '없거나 지운 주소, 또는 볼 수 있는 대상이 아닙니다.',
    },
    en: {
      title: 'The webhook endpoint was not found',
      detail: 'It is not there, was deleted, or is not yours.',
    },
  },
  WEBHOOK_DELIVERY_NOT_FOUND: {
    kind: 'NOT_FOUND',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '웹훅 전송을 찾을 수 없습니다',
      detail: '없거나 보관 기간이 지났거나, 볼 수 있는 대상이 아닙니다.',
    },
    en: {
      title: 'The webhook delivery was not found',
      detail: 'It is not there, is past its retention, or is not yours.',
    },
  },
  WEBHOOK_EVENT_NOT_FOUND: {
    kind: 'NOT_FOUND',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '이벤트를 찾을 수 없습니다',
      detail: '없거나 보관 기간이 지났거나, 볼 수 있는 대상이 아닙니다.',
    },
    en: {
      title: 'The event was not found',
      detail: 'It is not there, is past its retention, or is not yours.',
    },
  },
  WEBHOOK_ENDPOINT_LIMIT: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '웹훅 주소는 16개까지 둘 수 있습니다', detail: '쓰지 않는 주소를 먼저 지워 주세요.' },
    en: {
      title: 'A merchant may have 16 webhook endpoints',
      detail: 'Delete one that you no longer use first.',
    },
  },
  WEBHOOK_ENDPOINT_CHANGED: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: true,
    ko: { title: '웹훅 주소가 그사이 바뀌었습니다', detail: '다시 조회하여 확인한 뒤 보내 주세요.' },
    en: {
      title: 'The webhook endpoint has changed meanwhile',
      detail: 'Read it again, then send the change.',
    },
  },
  WEBHOOK_ENDPOINT_DISABLED: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '꺼진 웹훅 주소입니다', detail: 'PATCH로 enabled를 true로 바꾼 뒤 다시 보내 주세요.' },
    en: {
      title: 'The webhook endpoint is disabled',
      detail: 'Set enabled to true with PATCH, then send it again.',
    },
  },
  REDELIVERY_TOO_LARGE: {
    kind: 'UNPROCESSABLE',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '한 번에 1,000건까지 다시 보낼 수 있습니다', detail: '기간을 나누어 보내 주세요.' },
    en: {
      title: 'At most 1,000 events are sent again at once',
      detail: 'Divide the time into smaller parts.',
    },
  },
});
