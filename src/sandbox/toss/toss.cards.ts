import type { CardProfile, DeclineReason, Issuer } from '../core/cards';
import type { TossCode } from './toss.errors';
import type { TossCard } from './toss.records';

/** TossPayments' two-character card company codes ("기관 코드"). */
const ISSUER_CODES: Readonly<Record<Issuer, string>> = {
  SHINHAN: '41',
  KB: '11',
  SAMSUNG: '51',
  HYUNDAI: '61',
  LOTTE: '71',
  NH: '91',
  HANA: '21',
  WOORI: 'W1',
  BC: '31',
};

/** Which of TossPayments' codes says it. The cards that bring each about: src/sandbox/README.md. */
export const DECLINE_CODES: Readonly<Record<DeclineReason, TossCode>> = {
  'issuer-declined': 'REJECT_CARD_COMPANY',
  'limit-exceeded': 'EXCEED_MAX_PAYMENT_AMOUNT',
  'expired-card': 'INVALID_CARD_EXPIRATION',
  'lost-or-stolen': 'INVALID_CARD_LOST_OR_STOLEN',
  'wrong-password': 'INVALID_CARD_PASSWORD',
  'wrong-identity': 'INVALID_CARD_IDENTITY',
  'installment-not-allowed': 'INVALID_CARD_INSTALLMENT_PLAN',
  maintenance: 'MAINTAINED_METHOD',
};

export interface CardUse {
  readonly installmentPlanMonths: number;
  readonly useCardPoint: boolean;
  readonly useFreeInstallmentPlan: boolean;
}

export function tossCard(cardNumber: string, profile: CardProfile, use: CardUse): TossCard {
  return {
    number: maskedNumber(cardNumber),
    issuerCode: ISSUER_CODES[profile.issuer],
    cardType: profile.check ? '체크' : '신용',
    ownerType: profile.corporate ? '법인' : '개인',
    installmentPlanMonths: use.installmentPlanMonths,
    useCardPoint: use.useCardPoint,
    isInterestFree: use.useFreeInstallmentPlan && use.installmentPlanMonths > 0,
  };
}

/** The mask of TossPayments' own answers: `94100012****789*`. */
export function maskedNumber(cardNumber: string): string {
  const hidden = '*'.repeat(Math.max(0, cardNumber.length - 12));
  return `${cardNumber.slice(0, 8)}${hidden}${cardNumber.slice(-4, -1)}*`;
}
