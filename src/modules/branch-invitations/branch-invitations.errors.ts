import { defineErrors } from '../../common/errors/error-kinds';

export const BRANCH_INVITATION_ERRORS = defineErrors({
  INVITATION_NOT_FOUND: {
    kind: 'NOT_FOUND',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '초대를 찾을 수 없습니다',
      detail:
        '없거나, 기한이 지났거나, 이미 쓰였거나, 철회한 초대입니다. 가맹점에 다시 초대를 요청해 주세요.',
    },
    en: {
      title: 'There is no such invitation',
      detail: 'It is unknown, expired, used or taken back. Ask the merchant to invite you again.',
    },
  },
  INVITATION_CLOSED: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '이미 끝난 초대입니다',
      detail: '등록했거나, 기한이 지났거나, 철회한 초대입니다. 새로 초대해 주세요.',
    },
    en: { title: 'The invitation is over', detail: 'It was used, expired or taken back. Invite anew.' },
  },
  INVITATION_CHANGED: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: true,
    ko: { title: '그사이 초대가 바뀌었습니다', detail: '다시 조회한 뒤 필요하면 다시 보내 주세요.' },
    en: { title: 'The invitation has changed meanwhile', detail: 'Read it again, and send again if needed.' },
  },
  INVITATION_LIMIT_REACHED: {
    kind: 'LIMITED',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '오늘 보낼 수 있는 초대를 모두 보냈습니다',
      detail:
        '한 번호에, 그리고 한 가맹점이 하루에 보낼 수 있는 초대에는 한도가 있습니다. 내일 다시 보내 주세요.',
    },
    en: {
      title: 'No more invitations may be sent today',
      detail: 'There is a limit a day to a number, and one for a merchant. Send it tomorrow.',
    },
  },
});
