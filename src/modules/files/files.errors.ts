import { defineErrors } from '../../common/errors/error-kinds';

export const FILES_ERRORS = defineErrors({
  FILE_NOT_FOUND: {
    kind: 'NOT_FOUND',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '파일을 찾을 수 없습니다', detail: '없는 파일이거나 볼 수 있는 대상이 아닙니다.' },
    en: { title: 'The file was not found', detail: 'There is no such file, or it is not yours to see.' },
  },
  FILE_TOO_LARGE: {
    kind: 'TOO_LARGE',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '파일이 너무 큽니다', detail: '파일은 10 MiB를 넘을 수 없습니다.' },
    en: { title: 'The file is too large', detail: 'A file may have 10 MiB at most.' },
  },
  FILE_EMPTY: {
    kind: 'INVALID',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '빈 파일입니다', detail: '내용이 있는 파일을 보내 주세요.' },
    en: { title: 'The file is empty', detail: 'Send a file that has content.' },
  },
  FILE_TYPE_NOT_ALLOWED: {
    kind: 'UNSUPPORTED_MEDIA',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '받을 수 없는 파일 형식입니다',
      detail: 'PDF, PNG, JPEG만 받습니다. 형식은 이름이 아니라 내용으로 판단합니다.',
    },
    en: {
      title: 'Files of this type are not taken',
      detail: 'PDF, PNG and JPEG are. The content decides, not the name.',
    },
  },
  UPLOAD_INCOMPLETE: {
    kind: 'INVALID',
    actor: 'CALLER',
    retryable: true,
    ko: {
      title: '파일이 끝까지 오지 않았습니다',
      detail: 'multipart/form-data 본문 전체를 다시 보내 주세요.',
    },
    en: {
      title: 'The file did not arrive whole',
      detail: 'Send the whole multipart/form-data body again.',
    },
  },
  FILE_LIMIT: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '쓰지 않은 파일이 너무 많습니다',
      detail: '올린 파일을 먼저 신청서나 공지에 붙이거나, 하루 뒤에 다시 올려 주세요.',
    },
    en: {
      title: 'Too many files that belong to nothing',
      detail: 'Use those you uploaded first, or upload again a day later.',
    },
  },
  FILE_STORAGE_UNAVAILABLE: {
    kind: 'UNAVAILABLE',
    actor: 'GATEWAY',
    retryable: true,
    ko: { title: '파일 저장소를 쓸 수 없습니다', detail: '잠시 뒤 다시 보내 주세요.' },
    en: { title: 'The file store cannot be used', detail: 'Send it again shortly.' },
  },
});
