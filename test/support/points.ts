import type { ApiAnswer, MerchantClient } from './merchant';
import { keyIn, type KeyIn, newOrderNo } from './merchant';
import { Stack } from './stack';

export interface Points {
  readonly balance: number;
  readonly heldAmount: number;
  readonly debtAmount: number;
}

export interface Entry {
  readonly kind: string;
  readonly amount: number;
  readonly balanceChange: number;
  readonly heldChange: number;
  readonly debtChange: number;
  readonly balanceAfter: number;
  readonly paymentId: string | null;
  readonly cancelId: string | null;
}

export const POLICY = {
  earnRatePpm: 10_000,
  minimumUse: 100,
  maximumSharePpm: 900_000,
  refundOrder: 'CARD_FIRST',
  reason: '시험 정책',
};

/** The header of a logged-in member of merchant M0000001. */
export async function memberOf(url: string, loginId = 'merchant1'): Promise<string> {
  const answer = await fetch(`${url}/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ loginId, password: 'Demo!2026pass' }),
  });
  const { accessToken } = (await answer.json()) as { accessToken: string };
  return `Bearer ${accessToken}`;
}

/** Sets the policy of card payments at every API process of a stack: each is asked by what it has in memory. */
export async function setPolicy(stack: Stack, policy: Record<string, unknown> = {}): Promise<ApiAnswer> {
  const authorization = await memberOf(stack.api.url);
  const body = { ...POLICY, ...policy };
  return stack.merchant.send('PUT', '/v1/point-policies/CARD', body, { authorization });
}

/** A customer of a merchant that starts with so many points; nobody else's test knows it. */
export class Customer {
  readonly key = `customer-${newOrderNo()}`;

  constructor(private readonly merchant: MerchantClient) {}

  static async with(merchant: MerchantClient, points: number): Promise<Customer> {
    const customer = new Customer(merchant);
    const { status } = await customer.adjust(points);
    if (status !== 201) throw new Error(`the points could not be given: ${status}`);
    return customer;
  }

  adjust(amount: number, headers: Record<string, string> = {}): Promise<ApiAnswer> {
    const path = `/v1/points/${encodeURIComponent(this.key)}/adjustments`;
    return this.merchant.send('POST', path, { amount, reason: '시험' }, headers);
  }

  /** A key-in order of this customer. */
  order(pointAmount: number, more: Record<string, unknown> = {}): KeyIn {
    return keyIn({ customerKey: this.key, pointAmount, ...more });
  }

  async points(): Promise<Points> {
    const { text } = await this.merchant.send('GET', `/v1/points/${encodeURIComponent(this.key)}`);
    return JSON.parse(text) as Points;
  }

  /** The whole history, oldest first. */
  async history(limit = 200): Promise<Entry[]> {
    const all: Entry[] = [];
    let cursor = '';
    for (;;) {
      const path = `/v1/points/${encodeURIComponent(this.key)}/history?limit=${limit}${cursor}`;
      const { text } = await this.merchant.send('GET', path);
      const page = JSON.parse(text) as { data: Entry[]; nextCursor: string | null };
      all.push(...page.data);
      if (page.nextCursor === null) return all.reverse();
      cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
    }
  }

  /** Kind and amount of each line, oldest first. */
  async lines(): Promise<string[]> {
    return (await this.history()).map(({ kind, amount }) => `${kind} ${amount}`);
  }
}
