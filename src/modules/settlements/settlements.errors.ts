import { defineErrors } from '../../common/errors/error-kinds';

export const SETTLEMENT_ERRORS = defineErrors({
  CALENDAR_YEAR_UNKNOWN: {
    kind: 'CONFLICT',
    actor: 'GATEWAY',
    retryable: false,
    ko: {
      title: '공휴일이 정해지지 않은 해입니다',
      detail:
        'year의 공휴일을 아직 모두 알 수 없어 지급일을 추측하지 않았습니다. 운영자가 그 해의 공휴일을 등록하면 계산됩니다.',
    },
    en: {
      title: 'The holidays of that year are not known',
      detail:
        'Not all holidays of year are known yet, and payout days are never guessed. They can be told once an operator has entered that year’s holidays.',
    },
  },
  CALENDAR_DAY_CLOSED: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '이미 정산이 끝난 날입니다',
      detail: 'closedThrough까지의 날은 지급이 정해져 바꿀 수 없습니다. 그 뒤의 날만 보내 주세요.',
    },
    en: {
      title: 'That day is settled already',
      detail: 'Days up to closedThrough are settled and stay as they are. Send later days only.',
    },
  },
});
