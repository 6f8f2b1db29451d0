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
  SETTLEMENT_NOT_FOUND: {
    kind: 'NOT_FOUND',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '정산을 찾을 수 없습니다', detail: 'settlementId를 확인해 주세요.' },
    en: { title: 'No such settlement', detail: 'See that the settlementId is right.' },
  },
  SETTLEMENT_EXPORTS_BUSY: {
    kind: 'LIMITED',
    actor: 'GATEWAY',
    retryable: true,
    ko: {
      title: '다른 정산 내보내기가 진행 중입니다',
      detail: 'Retry-After가 지난 뒤 다시 요청해 주세요.',
    },
    en: {
      title: 'Other exports of settlement are under way',
      detail: 'Ask again after the time told in Retry-After.',
    },
  },
  SETTLEMENT_LINE_NOT_FOUND: {
    kind: 'NOT_FOUND',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '정산 내역을 찾을 수 없습니다', detail: 'lineId를 확인해 주세요.' },
    en: { title: 'No such settlement line', detail: 'See that the lineId is right.' },
  },
  SETTLEMENT_STATE: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '지금 상태에서는 할 수 없습니다', detail: '정산의 지금 상태는 settlementStatus입니다.' },
    en: {
      title: 'Not possible in this state',
      detail: 'The settlement is in the state settlementStatus now.',
    },
  },
  SETTLEMENT_NOTHING_TO_HOLD: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '보류할 금액이 없습니다', detail: '지급액이 0보다 큰 정산만 보류할 수 있습니다.' },
    en: { title: 'There is nothing to withhold', detail: 'Only a settlement above 0 won can be held.' },
  },
  SETTLEMENT_MERCHANT_HELD: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '가맹점의 지급이 보류되어 있습니다', detail: '가맹점 보류(holdId)를 먼저 해제해 주세요.' },
    en: { title: 'The merchant is on hold', detail: 'Release the hold of the merchant (holdId) first.' },
  },
  SETTLEMENT_HOLD_NOT_FOUND: {
    kind: 'NOT_FOUND',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '보류를 찾을 수 없습니다', detail: 'holdId를 확인해 주세요.' },
    en: { title: 'No such hold', detail: 'See that the holdId is right.' },
  },
  SETTLEMENT_HOLD_STATE: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '이미 해제된 보류입니다', detail: '가맹점을 다시 보류하려면 새로 등록해 주세요.' },
    en: { title: 'The hold is released already', detail: 'To hold the merchant again, make a new hold.' },
  },
  ADJUSTMENT_NOT_FOUND: {
    kind: 'NOT_FOUND',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '조정을 찾을 수 없습니다', detail: 'adjustmentId를 확인해 주세요.' },
    en: { title: 'No such adjustment', detail: 'See that the adjustmentId is right.' },
  },
  ADJUSTMENT_DECIDED: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '이미 결정된 조정입니다', detail: '조정은 한 번만 결정됩니다.' },
    en: { title: 'The adjustment is decided already', detail: 'An adjustment is decided once.' },
  },
  ADJUSTMENT_SAME_OPERATOR: {
    kind: 'FORBIDDEN',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '요청한 운영자는 승인할 수 없습니다', detail: '다른 운영자가 승인해야 합니다.' },
    en: { title: 'Who asked for it cannot approve it', detail: 'Another operator has to approve it.' },
  },
});
