import { randomUUID } from 'node:crypto';
import type { Secret } from '../../common/masking/secret';
import type {
  BillingChargeOrder,
  BillingKeyOrder,
  BillingKeyOutcome,
  BillingRevokeOutcome,
} from '../port/ability.types';
import type { ApprovalOutcome, ContractAccess } from '../port/acquirer.types';
import { nicepayExchange, readAnswer } from './nicepay.answers';
import {
  chargeOutcome,
  chargeRequest,
  keyExchange,
  keyOutcome,
  keyRequest,
  maskedKeyRequest,
  readKeyAnswer,
  revokeOutcome,
} from './nicepay.billing.mapper';
import type { NicepayClient } from './nicepay.client';
import { secretKeyOf } from './nicepay.config';
import { sign } from './nicepay.crypto';
import { newApiTime } from './nicepay.time';

/** Billing keys of the new API (manual, "빌링"). A key is a part of the address: it stands in no exchange. */
export class NicepayBilling {
  constructor(private readonly client: NicepayClient) {}

  async issueKey(access: ContractAccess, order: BillingKeyOrder): Promise<BillingKeyOutcome> {
    const request = keyRequest(access, order, this.client.now());
    const result = await this.client.post(access, '/v1/subscribe/regist', request);
    const answer = readKeyAnswer(result);
    const masked = maskedKeyRequest(order);
    return keyOutcome(order, answer, keyExchange('POST /v1/subscribe/regist', masked, result, answer));
  }

  async charge(access: ContractAccess, order: BillingChargeOrder): Promise<ApprovalOutcome> {
    const request = chargeRequest(access, order, this.client.now());
    const path = `/v1/subscribe/${encodeURIComponent(order.token.expose())}/payments`;
    const result = await this.client.post(access, path, request);
    const answer = readAnswer(result);
    const { orderId, amount, cardQuota, taxFreeAmt } = { taxFreeAmt: undefined, ...request };
    const masked = { orderId, amount, cardQuota, taxFreeAmt };
    const exchange = nicepayExchange('POST /v1/subscribe/{bid}/payments', masked, result, answer);
    return chargeOutcome(access, order, answer, exchange);
  }

  /** Each try has an order number of its own: NICEPAY may refuse one that it knows. */
  async revokeKey(access: ContractAccess, token: Secret<string>): Promise<BillingRevokeOutcome> {
    const bid = token.expose();
    const [orderId, ediDate] = [`expire-${randomUUID()}`, newApiTime(this.client.now())];
    const signData = sign(orderId, bid, ediDate, secretKeyOf(access));
    const path = `/v1/subscribe/${encodeURIComponent(bid)}/expire`;
    const result = await this.client.post(access, path, { orderId, ediDate, signData });
    const answer = readKeyAnswer(result);
    const exchange = keyExchange('POST /v1/subscribe/{bid}/expire', { orderId }, result, answer);
    return revokeOutcome(bid, answer, exchange);
  }
}
