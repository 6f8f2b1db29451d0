import { createHash } from 'node:crypto';
import { maskCardNumber } from '../../common/masking/masking';
import { Secret } from '../../common/masking/secret';
import type {
  BillingChargeOrder,
  BillingKeyOrder,
  BillingKeyOutcome,
  BillingRevokeOutcome,
} from '../port/ability.types';
import type { ApprovalOutcome, ContractAccess, Exchange } from '../port/acquirer.types';
import { notAsAsked } from '../shared/answers';
import { isUnauthorized, type PortoneAnswer } from './portone.answers';
import type { PortoneClient } from './portone.client';
import { leadingCode, PORTONE_REVOKE_REFUSALS } from './portone.codes';
import { portoneChannel } from './portone.config';
import {
  approvalOutcome,
  buyerEmail,
  buyerName,
  cardQuota,
  cut,
  cutName,
  declineOfRefusal,
  ownersCard,
  wireCard,
} from './portone.mapper';
import type { PortoneAgainRequest, PortoneCustomer, PortoneCustomerRequest } from './portone.wire';
import { portoneCustomerSchema } from './portone.wire';

const AGAIN = '/subscribe/payments/again';
const CUSTOMER_TEXT_MAX = 20;
const CUSTOMER_EMAIL_MAX = 200;

/** Cards that PortOne keeps under a name of ours, its `customer_uid`. Whoever knows it can charge the card. */
export class PortoneBilling {
  constructor(private readonly client: PortoneClient) {}

  async issue(access: ContractAccess, order: BillingKeyOrder): Promise<BillingKeyOutcome> {
    const customerUid = customerUidOf(order);
    const body = customerRequest(access, order);
    const { answer, exchange } = await this.client.call(access, {
      method: 'POST',
      path: `/subscribe/customers/${customerUid}`,
      endpoint: 'POST /subscribe/customers/{customer_uid}',
      body,
      request: { card_number: maskCardNumber(body.card_number.replaceAll('-', '')) },
      schema: portoneCustomerSchema,
      masked: maskedCustomer,
    });
    return keyOutcome(customerUid, answer, exchange);
  }

  async charge(access: ContractAccess, order: BillingChargeOrder): Promise<ApprovalOutcome> {
    const body = againRequest(order);
    const { merchant_uid, amount, tax_free, card_quota } = body;
    const request = { merchant_uid, amount, tax_free, card_quota };
    const { answer, exchange } = await this.client.postPayment(access, AGAIN, body, request);
    return approvalOutcome(order, answer, exchange);
  }

  async revoke(access: ContractAccess, token: Secret<string>): Promise<BillingRevokeOutcome> {
    const customerUid = token.expose();
    const { answer, exchange } = await this.client.call(access, {
      method: 'DELETE',
      path: `/subscribe/customers/${encodeURIComponent(customerUid)}`,
      endpoint: 'DELETE /subscribe/customers/{customer_uid}',
      request: {},
      schema: portoneCustomerSchema,
      masked: maskedCustomer,
    });
    return revokeOutcome(customerUid, answer, exchange);
  }
}

/** One for each registration, so that no second card of a customer takes the first one's place; 46 characters of 80. */
export function customerUidOf({
  customerKey,
  acquirerOrderNo,
}: Pick<BillingKeyOrder, 'customerKey' | 'acquirerOrderNo'>): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([customerKey, acquirerOrderNo]))
    .digest('hex');
  return `bk_${digest.slice(0, 43)}`;
}

export function customerRequest(access: ContractAccess, order: BillingKeyOrder): PortoneCustomerRequest {
  const { buyerName: name, buyerEmail: email, buyerPhone: tel } = order;
  return {
    ...portoneChannel(access),
    ...wireCard(order.card),
    customer_name: name === undefined ? undefined : cut(name, CUSTOMER_TEXT_MAX),
    customer_tel: tel === undefined || tel.length > CUSTOMER_TEXT_MAX ? undefined : tel,
    customer_email: email === undefined || email.length > CUSTOMER_EMAIL_MAX ? undefined : email,
  };
}

export function againRequest(order: BillingChargeOrder): PortoneAgainRequest {
  return {
    customer_uid: order.token.expose(),
    merchant_uid: order.acquirerOrderNo,
    amount: order.amount,
    tax_free: order.taxFreeAmount,
    card_quota: cardQuota(order.installmentMonths),
    name: cutName(order.goodsName),
    buyer_name: buyerName(order.buyerName),
    buyer_email: buyerEmail(order.buyerEmail),
  };
}

/** Nothing of the customer, and not the name of the key. */
function maskedCustomer({ pg_provider, card_code, card_issuer_code, card_type }: PortoneCustomer) {
  return { pg_provider, card_code, card_issuer_code, card_type };
}

/** A key under another name than asked is no answer: what it would charge is not known. */
function keyOutcome(
  customerUid: string,
  answer: PortoneAnswer<PortoneCustomer>,
  exchange: Exchange,
): BillingKeyOutcome {
  switch (answer.kind) {
    case 'NOT_SENT':
      return { kind: 'NOT_SENT', exchange };
    case 'UNREADABLE':
      return { kind: 'UNKNOWN', exchange };
    case 'REFUSED': {
      const decline = declineOfRefusal(answer);
      return decline === undefined
        ? { kind: 'UNKNOWN', exchange }
        : { kind: 'DECLINED', declineCode: decline.code, exchange };
    }
    case 'OK':
      return answer.value.customer_uid === customerUid
        ? { kind: 'ISSUED', token: new Secret(customerUid), card: ownersCard(answer.value), exchange }
        : { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
  }
}

/** A key that PortOne does not know any more is gone, which is what was wanted. */
function revokeOutcome(
  customerUid: string,
  answer: PortoneAnswer<PortoneCustomer>,
  exchange: Exchange,
): BillingRevokeOutcome {
  switch (answer.kind) {
    case 'NOT_SENT':
      return { kind: 'NOT_SENT', exchange };
    case 'UNREADABLE':
      return { kind: 'UNKNOWN', exchange };
    case 'REFUSED': {
      if (answer.status === 404) return { kind: 'REVOKED', exchange };
      const isKept = isUnauthorized(answer) || PORTONE_REVOKE_REFUSALS.has(leadingCode(answer.message) ?? '');
      return { kind: isKept ? 'REFUSED' : 'UNKNOWN', exchange };
    }
    case 'OK':
      return answer.value.customer_uid === customerUid
        ? { kind: 'REVOKED', exchange }
        : { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
  }
}
