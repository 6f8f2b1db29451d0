import type { ApiAnswer, MerchantClient } from './merchant';
import { CARD, encrypt, newOrderNo } from './merchant';

/** The plaintext of a request for a billing key. */
export function billingCard(more: Record<string, unknown> = {}) {
  return {
    customerKey: 'customer-0001',
    cardNumber: CARD.approved,
    cardExpiry: '3012',
    birthOrBusinessNo: '900101',
    cardPasswordTwoDigits: '12',
    buyerName: '홍길동',
    requestedAt: new Date().toISOString(),
    ...more,
  };
}

export async function issue(
  merchant: MerchantClient,
  more: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Promise<ApiAnswer> {
  const encData = await encrypt(merchant.mid, billingCard(more));
  return merchant.send('POST', '/v1/billing-keys', { mid: merchant.mid, encData }, headers);
}

/** A billing key that can pay. */
export async function issued(merchant: MerchantClient, more: Record<string, unknown> = {}): Promise<string> {
  const answer = await issue(merchant, more);
  if (answer.status !== 201) throw new Error(`no billing key: ${answer.status} ${answer.text}`);
  return String(answer.body.billingKey);
}

export function charge(
  merchant: MerchantClient,
  billingKey: string,
  more: Record<string, unknown> = {},
): Promise<ApiAnswer> {
  const order = { orderNo: newOrderNo(), amount: 19_900, goodsName: '1월 이용료', ...more };
  return merchant.send('POST', `/v1/billing-keys/${billingKey}/payments`, order);
}

export interface ShownCharge {
  readonly chargeId: string;
  readonly period: number;
  readonly chargeOn: string;
  readonly status: string;
  readonly tries: number;
  readonly undoneTries: number;
  readonly orderNo: string | null;
  readonly paymentId: string | null;
  readonly nextTryOn: string | null;
  readonly failureCode: string | null;
}

export function subscribe(merchant: MerchantClient, more: Record<string, unknown>): Promise<ApiAnswer> {
  const wish = { goodsName: '월간 구독', amount: 9_900, interval: { unit: 'MONTH', count: 1 }, ...more };
  return merchant.send('POST', '/v1/subscriptions', wish);
}

/** The charges of a subscription, oldest first. */
export async function chargesOf(merchant: MerchantClient, id: string): Promise<ShownCharge[]> {
  const answer = await merchant.send('GET', `/v1/subscriptions/${id}/charges`);
  return [...(answer.body.data as ShownCharge[])].reverse();
}
