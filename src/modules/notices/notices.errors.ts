import { defineErrors } from '../../common/errors/error-kinds';

export const NOTICES_ERRORS = defineErrors({
  NOTICE_NOT_FOUND: {
    kind: 'NOT_FOUND',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '공지사항을 찾을 수 없습니다',
      detail: '없거나, 게시 기간이 아니거나, 볼 수 있는 대상이 아닙니다.',
    },
    en: { title: 'There is no such notice', detail: 'It is unknown, not published now, or not for you.' },
  },
  NOTICE_CHANGED: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '그사이 공지사항이 바뀌었습니다', detail: '다시 조회한 뒤 새 version으로 보내 주세요.' },
    en: { title: 'The notice has changed meanwhile', detail: 'Read it again and send the new version.' },
  },
  NOTICE_WITHDRAWN: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '내린 공지사항입니다', detail: '내린 공지사항은 고칠 수 없습니다. 새로 써 주세요.' },
    en: {
      title: 'The notice was withdrawn',
      detail: 'A withdrawn notice cannot be changed. Write a new one.',
    },
  },
});
