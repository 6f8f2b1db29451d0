import { defineErrors } from '../../common/errors/error-kinds';

export const BRANCHES_ERRORS = defineErrors({
  BRANCH_UNKNOWN: {
    kind: 'NOT_FOUND',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '영업점이 없습니다', detail: '없는 영업점이거나 볼 수 있는 대상이 아닙니다.' },
    en: { title: 'There is no such branch', detail: 'It does not exist, or it is not yours to see.' },
  },
  BRANCH_STATUS_FINAL: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '닫힌 영업점입니다', detail: '닫은 영업점은 다시 열 수 없습니다. 새로 초대해 주세요.' },
    en: { title: 'The branch is closed', detail: 'A closed branch stays closed. Invite it anew.' },
  },
  BRANCH_CHANGED: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '그사이 영업점이 바뀌었습니다', detail: '다시 조회한 뒤 새 version으로 보내 주세요.' },
    en: { title: 'The branch has changed meanwhile', detail: 'Read it again and send the new version.' },
  },
  BRANCH_CODE_TAKEN: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '이미 쓰는 영업점 코드입니다', detail: '같은 가맹점에서 쓰지 않는 코드를 골라 주세요.' },
    en: { title: 'The branch code is in use', detail: 'Choose one that the merchant does not use yet.' },
  },
});
