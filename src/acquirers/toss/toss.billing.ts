import { maskCardNumber } from '../../common/masking/masking';
import { Secret } from '../../common/masking/secret';
import type {
  BillingChargeOrder,
  BillingKeyOrder,
  BillingKeyOutcome,
  BillingRevokeOutcome,
} from '../port/ability.types';
import type { ContractAccess, Exchange } from '../port/acquirer.types';
import { notAsAsked } from '../shared/answers';
import type { TossReading } from './toss.answers';
import { TOSS_BILLING_KEY_DECLINES, TOSS_REVOKE_REFUSALS, TOSS_REVOKED } from './toss.codes';
import { declineOutcome, ORDER_NAME_MAX, ownersCard } from './toss.mapper';
import type { TossBilling, TossBillingChargeRequest, TossBillingKeyRequest } from './toss.wire';

export function billingKeyRequest(order: BillingKeyOrder): TossBillingKeyRequest {
  const card = order.card.expose();
  return {
    customerKey: order.customerKey,
    cardNumber: card.cardNumber,
    cardExpirationYear: card.cardExpiry.slice(0, 2),
    cardExpirationMonth: card.cardExpiry.slice(2, 4),
    customerIdentityNumber: card.birthOrBusinessNo,
    cardPassword: card.cardPasswordTwoDigits,
    customerName: order.buyerName,
    customerEmail: order.buyerEmail,
  };
}

/** What of the request may be kept: six and four digits of the card. */
export function maskedBillingKey({ cardNumber }: TossBillingKeyRequest): Record<string, unknown> {
  return { cardNumber: maskCardNumber(cardNumber) };
}

/** A key for another customer or contract than asked is no answer: what it would charge is not known. */
export function billingKeyOutcome(
  access: ContractAccess,
  order: BillingKeyOrder,
  answer: TossReading<TossBilling>,
  exchange: Exchange,
): BillingKeyOutcome {
  switch (answer.kind) {
    case 'NOT_SENT':
      return { kind: 'NOT_SENT', exchange };
    case 'UNREADABLE':
      return { kind: 'UNKNOWN', exchange };
    case 'ERROR': {
      const { code } = answer.error;
      const outcome = declineOutcome(TOSS_BILLING_KEY_DECLINES, code, exchange);
      return outcome.kind === 'DECLINED'
        ? { kind: 'DECLINED', declineCode: outcome.declineCode, exchange }
        : { kind: 'UNKNOWN', exchange };
    }
    case 'VALUE': {
      const { mId, customerKey, billingKey, card } = answer.value;
      if (mId !== access.acquirerMerchantId || customerKey !== order.customerKey)
        return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
      const { issuer, cardType, ownerType } = ownersCard(card);
      return {
        kind: 'ISSUED',
        token: new Secret(billingKey),
        card: { issuer, cardType, ownerType, interestFree: false },
        exchange,
      };
    }
  }
}

export function chargeRequest(order: BillingChargeOrder): TossBillingChargeRequest {
  return {
    amount: order.amount,
    customerKey: order.customerKey,
    orderId: order.acquirerOrderNo,
    orderName: order.goodsName.slice(0, ORDER_NAME_MAX),
    customerName: order.buyerName,
    customerEmail: order.buyerEmail,
    taxFreeAmount: order.taxFreeAmount,
    cardInstallmentPlan: order.installmentMonths,
  };
}

/** What of a charge may be kept: nothing of the customer, and not the key. */
export function maskedCharge(request: TossBillingChargeRequest): Record<string, unknown> {
  const { orderId, amount, taxFreeAmount, cardInstallmentPlan } = request;
  return { orderId, amount, taxFreeAmount, cardInstallmentPlan };
}

/** A key that was removed before is gone, which is what was wanted. */
export function revokeOutcome(answer: TossReading<null>, exchange: Exchange): BillingRevokeOutcome {
  switch (answer.kind) {
    case 'VALUE':
      return { kind: 'REVOKED', exchange };
    case 'NOT_SENT':
      return { kind: 'NOT_SENT', exchange };
    case 'UNREADABLE':
      return { kind: 'UNKNOWN', exchange };
    case 'ERROR': {
      const { code } = answer.error;
      if (code === TOSS_REVOKED) return { kind: 'REVOKED', exchange };
      return { kind: TOSS_REVOKE_REFUSALS.has(code) ? 'REFUSED' : 'UNKNOWN', exchange };
    }
  }
}
