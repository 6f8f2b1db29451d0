import { defineErrors } from '../../../common/errors/error-kinds';

export const VIRTUAL_ACCOUNT_ERRORS = defineErrors({
  VIRTUAL_ACCOUNT_NOT_FOUND: {
    kind: 'NOT_FOUND',
    actor: 'CALLER',
    retryable: false,
    ko: { title: '가상계좌를 찾을 수 없습니다', detail: '가상계좌 번호(vac_…)를 확인해 주세요.' },
    en: { title: 'No such virtual account', detail: 'Check the virtual account id (vac_…).' },
  },
  VIRTUAL_ACCOUNT_NOT_CLOSABLE: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '닫을 수 없는 가상계좌입니다',
      detail: '입금을 기다리는 계좌만 닫을 수 있습니다. 입금된 것은 환불 계좌로 취소해 주세요.',
    },
    en: {
      title: 'The virtual account cannot be closed',
      detail: 'Only one that waits for its deposit can. Cancel a deposited one with a refund account.',
    },
  },
  VIRTUAL_ACCOUNT_CLOSE_REFUSED: {
    kind: 'UNPROCESSABLE',
    actor: 'ACQUIRER',
    retryable: true,
    ko: {
      title: '원천사가 계좌를 닫지 않았습니다',
      detail: '계좌는 그대로 입금을 기다립니다. acquirer의 사유를 확인해 주세요.',
    },
    en: {
      title: 'The acquirer did not close the account',
      detail: 'It still waits for its deposit. See the reason in acquirer.',
    },
  },
  VIRTUAL_ACCOUNT_CASE_NOT_FOUND: {
    kind: 'NOT_FOUND',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '가상계좌 확인 건을 찾을 수 없습니다',
      detail: '목록에 나온 가상계좌 번호(vac_…)인지 확인해 주세요.',
    },
    en: {
      title: 'No such virtual account case',
      detail: 'Check that the virtual account id (vac_…) is one of the list.',
    },
  },
  VIRTUAL_ACCOUNT_CASE_CLOSED: {
    kind: 'CONFLICT',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '이미 닫힌 가상계좌 확인 건입니다',
      detail: '다른 운영자가 먼저 닫았습니다. 누가 왜 닫았는지 목록에서 확인해 주세요.',
    },
    en: {
      title: 'The virtual account case is closed already',
      detail: 'Somebody else closed it first. The list says who and why.',
    },
  },
  REFUND_ACCOUNT_REQUIRED: {
    kind: 'UNPROCESSABLE',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '환불 계좌가 필요합니다',
      detail: '가상계좌로 받은 돈은 refundAccount를 함께 보내야 취소할 수 있습니다.',
    },
    en: {
      title: 'A refund account is needed',
      detail: 'Money that came by a virtual account goes back to a refundAccount.',
    },
  },
  REFUND_ACCOUNT_NOT_ALLOWED: {
    kind: 'UNPROCESSABLE',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '환불 계좌를 쓰지 않는 결제입니다',
      detail: '가상계좌가 아닌 결제는 결제한 수단으로 취소됩니다. refundAccount 없이 보내 주세요.',
    },
    en: {
      title: 'This payment takes no refund account',
      detail: 'It goes back the way it came. Send the cancel without refundAccount.',
    },
  },
  REFUND_ACCOUNT_HOLDER_MISMATCH: {
    kind: 'UNPROCESSABLE',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '환불 계좌의 예금주가 다릅니다',
      detail: '아무것도 취소되지 않았습니다. 예금주와 계좌번호를 확인해 주세요.',
    },
    en: {
      title: 'The refund account has another holder',
      detail: 'Nothing was cancelled. Check the holder and the account number.',
    },
  },
  REFUND_ACCOUNT_NOT_FOUND: {
    kind: 'UNPROCESSABLE',
    actor: 'CALLER',
    retryable: false,
    ko: {
      title: '환불 계좌를 찾을 수 없습니다',
      detail: '아무것도 취소되지 않았습니다. 은행과 계좌번호를 확인해 주세요.',
    },
    en: {
      title: 'There is no such refund account',
      detail: 'Nothing was cancelled. Check the bank and the account number.',
    },
  },
});
