import { envelope, ORDER_NO, paid, refusal } from '../../../test/support/portone-samples';
import type { OutboundClient, OutboundRequest, OutboundResult } from '../../common/http/outbound-client';
import { Secret } from '../../common/masking/secret';
import { Clock } from '../../common/time/clock';
import type { AppConfig } from '../../config/app-config';
import { ABILITY_METHODS } from '../port/acquirer.port';
import type { ContractAccess } from '../port/acquirer.types';
import { PortoneAdapter } from './portone.adapter';

class HandClock extends Clock {
  atMs = 1_000_000;
  override monotonicMs(): number {
    return this.atMs;
  }
}

const answer = (status: number, body: unknown): OutboundResult => ({
  kind: 'ANSWER',
  status,
  body: JSON.stringify(body),
  latencyMs: 1,
});

/** Answers in PortOne's place; `token` and `other` may be changed by a test. */
class FakeHttp {
  readonly seen: OutboundRequest[] = [];
  tokens = 0;
  token: () => OutboundResult = () => {
    this.tokens += 1;
    return answer(200, envelope({ access_token: `t${this.tokens}`, now: 500, expired_at: 500 + 1_800 }));
  };
  other: () => OutboundResult = () => answer(200, envelope(paid));

  async send(request: OutboundRequest): Promise<OutboundResult> {
    this.seen.push(request);
    await Promise.resolve();
    return request.url.endsWith('/users/getToken') ? this.token() : this.other();
  }

  get paths(): string[] {
    return this.seen.map(({ method, url }) => `${method} ${new URL(url).pathname}`);
  }
}

const accessWith = (apiSecret: string): ContractAccess => ({
  contractId: 'c',
  acquirerMerchantId: 'imp00000003',
  credentials: new Secret({ apiKey: 'k', apiSecret, pg: 'nice_v2.mid' }),
  connectTimeoutMs: 3_000,
  answerTimeoutMs: 10_000,
});
const access = accessWith('s');
const reference = {
  acquirerOrderNo: ORDER_NO,
  acquirerTransactionId: null,
  channel: 'KEY_IN' as const,
  requestedAt: new Date('2026-01-02T03:04:05Z'),
  amount: 1_004,
};
const order = {
  ...reference,
  taxFreeAmount: 0,
  goodsName: '만년필',
  installmentMonths: 0,
  card: new Secret({ cardNumber: '4242424242424242', cardExpiry: '3012' }),
};
const cancel = {
  reference,
  cancelKey: 'pcn_1',
  cancelAmount: 4,
  taxFreeAmount: 0,
  balanceAmount: 1_004,
  reason: 'r',
};

let http: FakeHttp;
let clock: HandClock;
let adapter: PortoneAdapter;
beforeEach(() => {
  http = new FakeHttp();
  clock = new HandClock();
  const config = { acquirer: { urls: { portone: 'http://portone.invalid' } } } as unknown as AppConfig;
  adapter = new PortoneAdapter(http as unknown as OutboundClient, clock, config);
});

describe('the token', () => {
  it('is asked for once by calls that come together, and kept until a minute before its end', async () => {
    await Promise.all([adapter.inquire(access, reference), adapter.inquire(access, reference)]);
    clock.atMs += (1_800 - 60) * 1_000 - 1;
    await adapter.inquire(access, reference);
    expect(http.tokens).toBe(1);
    clock.atMs += 1;
    await adapter.inquire(access, reference);
    expect(http.tokens).toBe(2);
    const used = http.seen.map(({ headers }) => headers.authorization).filter((value) => value !== undefined);
    expect(used).toEqual(['Bearer t1', 'Bearer t1', 'Bearer t1', 'Bearer t2']);
  });

  it('belongs to its credentials', async () => {
    await adapter.inquire(access, reference);
    await adapter.inquire(accessWith('another'), reference);
    expect(http.tokens).toBe(2);
  });

  it('is thrown away when it is not taken; the call is not repeated', async () => {
    await adapter.inquire(access, reference);
    http.other = () => answer(401, refusal('Unauthorized'));
    expect(await adapter.approveKeyIn(access, order)).toMatchObject({ kind: 'DECLINED', notProcessed: true });
    expect(http.paths.filter((path) => path.endsWith('/onetime'))).toHaveLength(1);
    http.other = () => answer(200, envelope(paid));
    expect(await adapter.approveKeyIn(access, order)).toMatchObject({ kind: 'APPROVED' });
    expect(http.tokens).toBe(2);
  });

  it.each<[string, OutboundResult]>([
    ['wrong keys', answer(401, refusal('imp_key, imp_secret 인증에 실패하였습니다.'))],
    ['a time-out', { kind: 'BROKEN', reason: 'TIMEOUT', latencyMs: 1 }],
    ['nobody there', { kind: 'NOT_SENT', reason: 'ECONNREFUSED', latencyMs: 1 }],
    ['an error', answer(500, {})],
    ['no token in it', answer(200, envelope({}))],
  ])('that cannot be had (%s) means that nothing was sent', async (_, result) => {
    http.token = () => result;
    expect(await adapter.approveKeyIn(access, order)).toMatchObject({
      kind: 'NOT_SENT',
      exchange: { endpoint: 'POST /users/getToken' },
    });
    expect((await adapter.cancel(access, cancel)).kind).toBe('NOT_SENT');
    expect((await adapter.inquire(access, reference)).kind).toBe('UNKNOWN');
    expect(new Set(http.paths)).toEqual(new Set(['POST /users/getToken']));
  });

  it('shares the time of the call that needs it', async () => {
    const slow = http.token;
    http.token = () => {
      clock.atMs += 4_000;
      return slow();
    };
    await adapter.inquire(access, reference);
    expect(http.seen.map(({ answerTimeoutMs }) => answerTimeoutMs)).toEqual([5_000, 6_000]);
  });

  it('is in no record', async () => {
    const outcomes = [
      await adapter.approveKeyIn(access, order),
      await adapter.cancel(access, cancel),
      await adapter.inquire(access, reference),
    ];
    expect(JSON.stringify(outcomes)).not.toMatch(/"t1"|Bearer|4242424242424242|2030-12/);
  });
});

describe('an address', () => {
  it('is that of PortOne’s own id where it is known', async () => {
    await adapter.inquire(access, { ...reference, acquirerTransactionId: 'imp_000000000001' });
    await adapter.inquire(access, reference);
    expect(http.paths.slice(1)).toEqual(['GET /payments/imp_000000000001', `GET /payments/find/${ORDER_NO}`]);
  });

  it.each(['..', 'imp_1/../../users', '', 'imp_1?x=1', 'x'.repeat(65)])(
    'is never made of the proof %p',
    async (impUid) => {
      const confirm = { ...order, proof: { impUid } };
      expect(await adapter.confirmWindow(access, confirm)).toMatchObject({ kind: 'NOT_PAID' });
      expect(http.seen).toEqual([]);
    },
  );
});

it('has the abilities that it declares', () => {
  const methods = adapter as unknown as Record<string, unknown>;
  for (const [ability, names] of Object.entries(ABILITY_METHODS)) {
    const declared = adapter.capabilities[ability as keyof typeof ABILITY_METHODS];
    expect([ability, ...names.map((name) => methods[name] !== undefined)]).toEqual([
      ability,
      ...names.map(() => declared),
    ]);
  }
});
