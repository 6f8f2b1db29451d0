import type { BookApproval, BookCard } from '../core/card-book.types';
import type { DeclineReason, Issuer } from '../core/cards';
import type { KakaoMethod } from './kakaopay.book';

/** Issuers by name. Of the codes only Hyundai's has been seen; the others are made up, since no table is published. */
const ISSUERS: Readonly<Record<Issuer, readonly [code: string, name: string]>> = {
  SHINHAN: ['901', '신한카드'],
  KB: ['902', 'KB국민카드'],
  SAMSUNG: ['903', '삼성카드'],
  HYUNDAI: ['106', '현대카드'],
  LOTTE: ['905', '롯데카드'],
  NH: ['906', 'NH농협카드'],
  HANA: ['907', '하나카드'],
  WOORI: ['908', '우리카드'],
  BC: ['909', '비씨카드'],
};

/** How each refusal is told. The cards that bring each about: src/sandbox/README.md. Under maintenance nobody is asked. */
const DECLINES: Readonly<Record<KakaoMethod, Readonly<Record<DeclineReason, string>>>> = {
  CARD: {
    'issuer-declined': '-780/0027',
    'limit-exceeded': '-780/0002',
    'expired-card': '-780/0004',
    'lost-or-stolen': '-780/0026',
    'wrong-password': '-780/0019',
    'wrong-identity': '-780/0051',
    'installment-not-allowed': '-780/0005',
    maintenance: '-7',
  },
  MONEY: {
    'issuer-declined': '-780/LACK_BALANCE',
    'limit-exceeded': '-780/LIMIT_ONE_TIME',
    'expired-card': '-780/BANK_NOT_CONNECTED',
    'lost-or-stolen': '-780/USER_LOCKED',
    'wrong-password': '-780/BANK_ACCOUNT_BLOCKED',
    'wrong-identity': '-780/USER_NOT_FOUND',
    'installment-not-allowed': '-780/LIMIT_USE_PER_DAY',
    maintenance: '-7',
  },
};

export function declineCode(method: KakaoMethod, reason: DeclineReason): string {
  return DECLINES[method][reason];
}

export function cardInfo(cid: string, card: BookCard, months: number, approval: BookApproval) {
  const [code, name] = ISSUERS[card.issuer];
  return {
    kakaopay_purchase_corp: name,
    kakaopay_purchase_corp_code: code,
    kakaopay_issuer_corp: name,
    kakaopay_issuer_corp_code: code,
    bin: card.first8.slice(0, 6),
    card_type: card.check ? '체크' : '신용',
    install_month: String(months).padStart(2, '0'),
    approved_id: approval.approvalNo,
    card_mid: cid,
    interest_free_install: 'N',
    installment_type: 'CARD_INSTALLMENT',
    card_item_code: '',
  };
}

export function selectedCardInfo(card: BookCard, months: number) {
  return {
    card_bin: card.first8.slice(0, 6),
    install_month: months,
    card_corp_name: ISSUERS[card.issuer][1],
    interest_free_install: 'N',
  };
}
