import { defineErrors } from '../../common/errors/error-kinds';

export const CASH_RECEIPT_ERRORS = defineErrors({
  CASH_RECEIPT_NOT_FOUND: {
    kind: 'NOT_FOUND',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '현금영수증을 찾을 수 없습니다', detail: '현금영수증 번호를 확인해 주세요.' },
    en: { title: 'No such cash receipt', detail: 'Check the receipt id.' },
  },
  CASH_RECEIPT_IN_PROGRESS: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: true,
    ko: {
      title: '같은 현금영수증을 처리하고 있습니다',
      detail: 'Retry-After에 적힌 시간 뒤에 결과를 조회해 주세요.',
    },
    en: {
      title: 'The same cash receipt is being processed',
      detail: 'Look the result up after the time told in Retry-After.',
    },
  },
  CASH_RECEIPT_REFUSED: {
    kind: 'UNPROCESSABLE',
    actor: 'ACQUIRER',
    retryable: true,
    ko: {
      title: '현금영수증 발급이 거절되었습니다',
      detail: '발급되지 않았습니다. acquirer의 사유를 확인하고 같은 주문번호로 다시 보낼 수 있습니다.',
    },
    en: {
      title: 'The cash receipt was refused',
      detail: 'Nothing was issued. See the reason in acquirer; the same order number may be sent again.',
    },
  },
  NO_CASH_RECEIPT_CONTRACT: {
    kind: 'UNPROCESSABLE',
    actor: 'GATEWAY',
    retryable: false,
    ko: {
      title: '현금영수증을 발급할 계약이 없습니다',
      detail: '현금영수증을 발급하는 원천사나 popbill과의 계약이 필요합니다.',
    },
    en: {
      title: 'No contract issues cash receipts',
      detail: 'A contract with an acquirer that issues them, or with popbill, is needed.',
    },
  },
  CASH_RECEIPT_TIMEOUT: {
    kind: 'ACQUIRER_SILENT',
    actor: 'ACQUIRER',
    retryable: false,
    ko: {
      title: '현금영수증 발급처의 응답을 받지 못했습니다',
      detail:
        'receiptStatus가 IN_PROGRESS면 확인하는 중이니 nextCheckAt 뒤에 조회해 주세요. UNCONFIRMED면 발급처에 직접 확인해야 합니다. 두 번 발급되지 않습니다.',
    },
    en: {
      title: 'The provider gave no usable answer',
      detail:
        'With receiptStatus IN_PROGRESS it is being found out: look it up after nextCheckAt. With UNCONFIRMED it has to be asked of the provider by people. It is never issued twice.',
    },
  },
  CASH_RECEIPT_NOT_CANCELLABLE: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '취소할 수 없는 현금영수증입니다',
      detail: '발급된 현금영수증만 취소할 수 있습니다.',
    },
    en: {
      title: 'The cash receipt cannot be cancelled now',
      detail: 'Only one that was issued can be cancelled.',
    },
  },
});
