import { defineErrors } from '../../common/errors/error-kinds';

export const RECONCILIATION_ERRORS = defineErrors({
  RECONCILIATION_DAY_NOT_OVER: {
    kind: 'UNPROCESSABLE',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '아직 끝나지 않은 날입니다', detail: '지난 날만 대사할 수 있습니다.' },
    en: { title: 'The day is not over', detail: 'Only a day that is over can be reconciled.' },
  },
  RECONCILIATION_DAY_TOO_OLD: {
    kind: 'UNPROCESSABLE',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '너무 오래된 날입니다', detail: '최근 90일만 대사할 수 있습니다.' },
    en: { title: 'The day is too long ago', detail: 'Only the last 90 days can be reconciled.' },
  },
  RECONCILIATION_CASE_NOT_FOUND: {
    kind: 'NOT_FOUND',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '대사 차이 건을 찾을 수 없습니다', detail: 'caseId를 확인해 주세요.' },
    en: { title: 'No such reconciliation case', detail: 'See that the caseId is right.' },
  },
  RECONCILIATION_CASE_STATE: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '지금 상태에서는 할 수 없습니다',
      detail: '담당자가 있는 건만 종결할 수 있고, 종결된 건은 바뀌지 않습니다. 지금 상태는 caseStatus입니다.',
    },
    en: {
      title: 'Not possible in this state',
      detail:
        'Only a case with an owner is resolved, and a resolved one stays as it is. Its state now is caseStatus.',
    },
  },
  RECONCILIATION_OWNER_UNKNOWN: {
    kind: 'UNPROCESSABLE',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '담당자가 될 수 없는 회원입니다', detail: '활동 중인 운영자의 memberId를 보내 주세요.' },
    en: { title: 'That member cannot be the owner', detail: 'Send the memberId of an active operator.' },
  },
});
