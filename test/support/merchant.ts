import { createHash, randomBytes } from 'node:crypto';
import { CompactEncrypt } from 'jose';

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Body;
}

/** The members of an answer that tests look at; the contract is proved by the OpenAPI tests. */
export interface Body {
  readonly [name: string]: unknown;
  readonly paymentId: string;
  readonly status: string | number;
  readonly outcome?: string;
  readonly code: string;
  readonly amount: number;
  readonly balanceAmount: number;
  readonly cancelledAmount: number;
  readonly errors?: readonly { field: string; code: string; message: string }[];
  readonly cancels: readonly { cancelId: string; status: string; amount: number }[];
  readonly events: readonly { from: string | null; to: string }[];
  readonly attempts: readonly {
    operation: string;
    outcome: string;
    acquirerOrderNo: string;
    acquirerTransactionId: string | null;
  }[];
}

export interface KeyIn {
  readonly orderNo: string;
  readonly amount: number;
  readonly goodsName: string;
  readonly cardNumber: string;
  readonly cardExpiry: string;
  readonly requestedAt: string;
  readonly [name: string]: unknown;
}

export const CARD = {
  approved: '4242424242424242',
  check: '5555555555554444',
  corporate: '3530111333300000',
  silentAfterApproving: '4000000000006108',
  silent: '4000000000006116',
  slow: '4000000000006124',
  errorAfterApproving: '4000000000006132',
  garbageAfterApproving: '4000000000006140',
  silentFirstCancel: '4000000000006199',
  refusesCancels: '4000000000006207',
} as const;

let orders = 0;

export function newOrderNo(): string {
  orders += 1;
  return `T-${Date.now().toString(36)}-${orders}-${randomBytes(4).toString('hex')}`;
}

export function keyIn(more: Record<string, unknown> = {}): KeyIn {
  return {
    orderNo: newOrderNo(),
    amount: 50_000,
    goodsName: '만년필',
    buyerName: '홍길동',
    cardNumber: CARD.approved,
    cardExpiry: '3012',
    birthOrBusinessNo: '900101',
    cardPasswordTwoDigits: '12',
    installmentMonths: 0,
    requestedAt: new Date().toISOString(),
    ...more,
  };
}

export const demoKey = (mid: string) => createHash('sha256').update(`pg-gateway demo key ${mid}`).digest();

/** JWE compact serialisation with the demo key of a merchant; `header` replaces parts of it, to make it wrong. */
export function encrypt(mid: string, content: unknown, header: Record<string, string> = {}): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(content)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: `ek_test_${mid}`, ...header })
    .encrypt(demoKey(mid));
}

export const basic = (key: string) => `Basic ${Buffer.from(`${key}:`).toString('base64')}`;

/** A merchant's own system: what it may send to the gateway, with its demo key. */
export class MerchantClient {
  constructor(
    private readonly url: string,
    readonly mid = 'M0000001',
    private readonly authorization = basic(`sk_test_${mid}`),
  ) {}

  async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<ApiAnswer> {
    const answer = await fetch(new URL(path, this.url), {
      method,
      headers: {
        authorization: this.authorization,
        'accept-language': 'en',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = /json/.test(answer.headers.get('content-type') ?? '');
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      body: (isJson ? JSON.parse(text) : {}) as Body,
    };
  }

  async approve(content: KeyIn, headers: Record<string, string> = {}): Promise<ApiAnswer> {
    return this.approveSealed(await encrypt(this.mid, content), headers);
  }

  /** The same gateway, another merchant. */
  as(mid: string): MerchantClient {
    return new MerchantClient(this.url, mid);
  }

  approveSealed(encData: string, headers: Record<string, string> = {}): Promise<ApiAnswer> {
    return this.send('POST', '/v1/payments/card', { mid: this.mid, encData }, headers);
  }

  cancel(
    paymentId: string,
    body: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ): Promise<ApiAnswer> {
    return this.send('POST', `/v1/payments/${paymentId}/cancel`, { reason: '고객 변심', ...body }, headers);
  }

  netCancel(orderNo: string): Promise<ApiAnswer> {
    return this.send('POST', '/v1/payments/net-cancel', { orderNo, reason: '응답 없음' });
  }

  payment(paymentId: string): Promise<ApiAnswer> {
    return this.send('GET', `/v1/payments/${paymentId}`);
  }

  order(orderNo: string): Promise<ApiAnswer> {
    return this.send('GET', `/v1/payments/orders/${orderNo}`);
  }
}
