import { defineErrors } from '../../../common/errors/error-kinds';

export const SETTLEMENT_RUN_ERRORS = defineErrors({
  DAY_NOT_OVER: {
    kind: 'UNPROCESSABLE',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '아직 끝나지 않은 날입니다', detail: '거래가 더 생길 수 있는 날은 정산할 수 없습니다.' },
    en: { title: 'The day is not over', detail: 'A day that may still get transactions cannot be settled.' },
  },
  // What keeps one merchant from being settled: kept with its case, and told with the run.
  NO_FEE_POLICY: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '수수료 정책이 없습니다',
      detail: '가맹점의 거래에 맞는 수수료 정책이 없습니다. 그날부터의 기본 정책을 정해 주세요.',
    },
    en: {
      title: 'There is no fee policy',
      detail: 'No fee policy of the merchant fits one of its payments. Set a general one from that day on.',
    },
  },
  PAYOUT_DAYS_FROZEN: {
    kind: 'CONFLICT',
    actor: 'GATEWAY',
    retryable: false,
    ko: {
      title: '정산이 들어갈 지급일이 없습니다',
      detail: '예정 지급일부터 1년이 넘는 지급일의 합계가 모두 확정되어 있습니다.',
    },
    en: {
      title: 'There is no payout day to settle into',
      detail: 'The sums of all payout days of more than a year from the due one are frozen.',
    },
  },
  SETTLEMENT_TERMS_UNREADABLE: {
    kind: 'CONFLICT',
    actor: 'GATEWAY',
    retryable: false,
    ko: { title: '정산 주기를 읽을 수 없습니다', detail: '가맹점의 정산 조건을 다시 정해 주세요.' },
    en: {
      title: 'The settlement cycle cannot be read',
      detail: 'Set the settlement terms of the merchant anew.',
    },
  },
  SETTLEMENT_LINES_REFUSED: {
    kind: 'CONFLICT',
    actor: 'GATEWAY',
    retryable: false,
    ko: {
      title: '정산 내역을 만들 수 없습니다',
      detail: '가맹점의 거래와 정책으로는 올바른 내역이 나오지 않습니다. 거래 자료를 확인해 주세요.',
    },
    en: {
      title: 'The lines cannot be made',
      detail: 'Movements and policies of the merchant give no lines that may stand. See its data.',
    },
  },
});
