import { defineErrors, type ErrorEntry } from '../../common/errors/error-kinds';
import type { DeclineCode } from '../../acquirers/port/acquirer.types';

const decline = (ko: [string, string], en: [string, string]): ErrorEntry => ({
  kind: 'DECLINED',
  actor: 'PAYER',
  retryable: false,
  ko: { title: ko[0], detail: ko[1] },
  en: { title: en[0], detail: en[1] },
});

/** The normalised decline catalogue: why an acquirer or issuer said no. The acquirer's own code is kept beside it. */
export const DECLINE_ERRORS = defineErrors({
  CARD_DECLINED: decline(
    ['카드사가 승인을 거절했습니다', '다른 카드를 쓰거나 카드사에 문의해 주세요.'],
    ['The issuer declined the card', 'Use another card or ask the issuer.'],
  ),
  CARD_LIMIT_EXCEEDED: decline(
    ['카드 한도를 넘었습니다', '금액을 낮추거나 다른 카드를 써 주세요.'],
    ['The card limit is exceeded', 'Use a lower amount or another card.'],
  ),
  CARD_BALANCE_INSUFFICIENT: decline(
    ['잔액이 부족합니다', '연결 계좌의 잔액을 확인해 주세요.'],
    ['The balance is insufficient', 'Check the balance of the account behind the card.'],
  ),
  CARD_EXPIRED: decline(
    ['유효기간이 지난 카드입니다', '다른 카드를 써 주세요.'],
    ['The card has expired', 'Use another card.'],
  ),
  CARD_EXPIRY_INVALID: decline(
    ['유효기간이 일치하지 않습니다', '카드에 적힌 유효기간을 확인해 주세요.'],
    ['The expiry date does not match', 'Check the expiry date on the card.'],
  ),
  CARD_LOST_OR_STOLEN: decline(
    ['분실 또는 도난 신고된 카드입니다', '카드사에 문의해 주세요.'],
    ['The card was reported lost or stolen', 'Ask the issuer.'],
  ),
  CARD_STOPPED: decline(
    ['정지된 카드입니다', '카드사에 문의하거나 다른 카드를 써 주세요.'],
    ['The card is stopped', 'Ask the issuer or use another card.'],
  ),
  CARD_NUMBER_INVALID: decline(
    ['카드번호가 올바르지 않습니다', '카드번호를 확인해 주세요.'],
    ['The card number is not valid', 'Check the card number.'],
  ),
  CARD_PASSWORD_INVALID: decline(
    ['카드 비밀번호가 일치하지 않습니다', '비밀번호 앞 두 자리를 확인해 주세요.'],
    ['The card password does not match', 'Check the first two digits of the password.'],
  ),
  CARD_PASSWORD_TRIES_EXCEEDED: decline(
    ['카드 비밀번호 오류 횟수를 넘었습니다', '카드사에 문의해 주세요.'],
    ['Too many wrong card passwords', 'Ask the issuer.'],
  ),
  BIRTH_OR_BUSINESS_NO_MISMATCH: decline(
    ['생년월일 또는 사업자번호가 일치하지 않습니다', '카드 명의자의 정보를 확인해 주세요.'],
    ['Birth date or business number does not match', 'Check the data of the cardholder.'],
  ),
  CARD_NOT_SUPPORTED: decline(
    ['지원하지 않는 카드입니다', '다른 카드를 써 주세요.'],
    ['The card is not supported', 'Use another card.'],
  ),
  INSTALLMENT_NOT_ALLOWED: decline(
    ['허용되지 않는 할부입니다', '할부 개월을 바꾸거나 일시불로 결제해 주세요.'],
    ['The installment plan is not allowed', 'Use another number of months or pay at once.'],
  ),
  AMOUNT_NOT_ALLOWED: decline(
    ['허용되지 않는 금액입니다', '원천사가 받는 금액 범위를 확인해 주세요.'],
    ['The amount is not allowed', 'Check the range of amounts that the acquirer takes.'],
  ),
  ACQUIRER_MAINTENANCE: {
    kind: 'DECLINED',
    actor: 'ACQUIRER',
    retryable: true,
    ko: {
      title: '카드사 또는 원천사가 점검 중입니다',
      detail: '주문은 처리되지 않았습니다. 잠시 뒤 다시 결제해 주세요.',
    },
    en: {
      title: 'The issuer or acquirer is under maintenance',
      detail: 'The order was not processed. Try again later.',
    },
  },
  ACQUIRER_REJECTED: {
    kind: 'DECLINED',
    actor: 'GATEWAY',
    retryable: false,
    ko: {
      title: '원천사가 요청을 거절했습니다',
      detail: '주문은 처리되지 않았습니다. 계약 설정을 확인하겠습니다.',
    },
    en: {
      title: 'The acquirer rejected the request',
      detail: 'The order was not processed. We check the contract.',
    },
  },
  SUSPECTED_FRAUD: decline(
    ['이상 거래로 의심되어 거절되었습니다', '카드사에 문의해 주세요.'],
    ['Declined as suspected fraud', 'Ask the issuer.'],
  ),
} satisfies Record<DeclineCode, ErrorEntry>);
