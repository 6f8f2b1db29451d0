import { createConnection } from 'mysql2/promise';
import { keyIn, MerchantClient } from '../support/merchant';
import { eventually } from '../support/program';
import { Stack } from '../support/stack';

jest.setTimeout(60_000);

const MID = 'M0000001';
const SPARE_SECRET = 'test_sk_sandbox_toss_spare';
const CONTRACTS = `/v1/admin/merchants/${MID}/contracts`;
const MAINTENANCE = '/v1/admin/acquirers/maintenance';

interface Contract {
  readonly [name: string]: unknown;
  readonly contractId: string;
  readonly acquirerMerchantId: string;
}
interface Contracts {
  readonly version: number;
  readonly strategy: string;
  readonly contracts: readonly Contract[];
  readonly removed: readonly { contractId: string }[];
}

let stack: Stack;
let operator: MerchantClient;
/** Everything that was answered to the operator, to be searched for secrets at the end. */
let answered = '';

beforeAll(async () => {
  stack = await Stack.start('routing');
  operator = await login('operator');
  const send = operator.send.bind(operator);
  operator.send = async (...call) => {
    // A member may call 20 times a second, a test is faster.
    const answer = await eventually(
      async () => {
        const seen = await send(...call);
        return seen.status === 429 ? undefined : seen;
      },
      { withinMs: 5_000, what: 'the rate limit lets the operator through' },
    );
    answered += answer.text;
    return answer;
  };
});
afterAll(() => stack?.stop());

async function login(loginId: string): Promise<MerchantClient> {
  const answer = await fetch(`${stack.api.url}/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ loginId, password: 'Demo!2026pass' }),
  });
  const { accessToken } = (await answer.json()) as { accessToken: string };
  return new MerchantClient(stack.api.url, MID, `Bearer ${accessToken}`);
}

async function contracts(): Promise<Contracts> {
  const { status, body } = await operator.send('GET', CONTRACTS);
  expect(status).toBe(200);
  return body as unknown as Contracts;
}

/** What a PUT takes of what a GET gave. */
function wanted(contract: Contract, over: Record<string, unknown> = {}): Record<string, unknown> {
  const { contractId: _id, credentialsSet: _set, ...rest } = contract;
  return { ...rest, ...over };
}

async function put(list: readonly Record<string, unknown>[], more: Record<string, unknown> = {}) {
  const { version, strategy } = await contracts();
  return operator.send('PUT', CONTRACTS, { version, strategy, contracts: list, reason: '시험', ...more });
}

async function routingOf(paymentId: string) {
  return eventually(
    async () => {
      const { status, body } = await operator.send('GET', `/v1/admin/payments/${paymentId}/routing`);
      return status === 200
        ? (body as unknown as { strategy: string; candidates: Contract[]; excluded: unknown[] })
        : undefined;
    },
    { withinMs: 5_000, what: 'the decision is written' },
  );
}

const OPERATIONS: readonly (readonly [string, string, unknown?])[] = [
  ['GET', CONTRACTS],
  ['PUT', CONTRACTS, { version: 1, strategy: 'PRIORITY', contracts: [], reason: 'x' }],
  ['GET', '/v1/admin/acquirers'],
  ['GET', MAINTENANCE],
  [
    'POST',
    MAINTENANCE,
    { acquirer: 'toss', from: '2027-01-01T00:00:00Z', to: '2027-01-02T00:00:00Z', reason: 'x' },
  ],
  ['DELETE', `${MAINTENANCE}/mnt_01KAJR38VNR81X7S9FZBZ4D62E`],
  ['POST', '/v1/admin/routing/dry-run', { mid: MID, method: 'CARD', amount: 1_000 }],
  ['GET', '/v1/admin/payments/pay_01KAJR38VNR81X7S9FZBZ4D62E/routing'],
];

it('is for operators only', async () => {
  const others = [stack.merchant, ...(await Promise.all(['merchant1', 'branch1', 'agency1'].map(login)))];
  for (const other of others) {
    for (const [method, path, body] of OPERATIONS) {
      const { status } = await other.send(method, path, body);
      expect([method, path, status]).toEqual([method, path, 403]);
    }
  }
  const { status } = await new MerchantClient(stack.api.url, MID, '').send('GET', CONTRACTS);
  expect(status).toBe(401);
  expect((await contracts()).version).toBe(1);
});

describe('contracts', () => {
  it('are shown without their credentials, with the version as ETag', async () => {
    const { headers, body } = await operator.send('GET', CONTRACTS);
    expect(headers.get('etag')).toBe('"1"');
    expect(body).toMatchObject({
      mid: MID,
      strategy: 'PRIORITY',
      version: 1,
      contracts: [{ acquirer: 'toss', credentialsSet: true, enabled: true, issuers: null, hours: null }],
      removed: [],
    });
    for (const mid of ['M9999999', 'X', '%ED%95%9C'])
      expect((await operator.send('GET', `/v1/admin/merchants/${mid}/contracts`)).status).toBe(404);
  });

  it('are changed only from the version that was read', async () => {
    const { contracts: list } = await contracts();
    const body = { strategy: 'PRIORITY', contracts: list.map((each) => wanted(each)), reason: '시험' };
    const stale = await operator.send('PUT', CONTRACTS, { ...body, version: 7 });
    expect([stale.status, stale.body.code]).toEqual([409, 'CONTRACTS_CHANGED']);
    const blind = await operator.send('PUT', CONTRACTS, body);
    expect([blind.status, blind.body.errors?.[0]]).toMatchObject([
      400,
      { field: 'version', code: 'REQUIRED' },
    ]);
    const same = await operator.send('PUT', CONTRACTS, body, { 'if-match': '"1"' });
    expect([same.status, same.body.version]).toEqual([200, 1]);
    const raced = await Promise.all(
      [10, 20, 30].map((weight) =>
        operator.send('PUT', CONTRACTS, { ...body, version: 1, contracts: [wanted(list[0]!, { weight })] }),
      ),
    );
    expect(raced.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect((await contracts()).version).toBe(2);
  });

  it.each([
    [{ acquirer: 'nobody', credentials: { secretKey: 'x' } }, 'contracts.0.acquirer'],
    [{ acquirerMerchantId: 'new' }, 'contracts.0.credentials'],
    [{ credentials: { clientKey: 'x' } }, 'contracts.0.credentials.secretKey'],
    [{ credentials: { secretKey: 'x', password: 'y' } }, 'contracts.0.credentials.password'],
    [{ weight: -1 }, 'contracts.0.weight'],
    [{ hours: { from: '9:00', to: '18:00' } }, 'contracts.0.hours.from'],
    [{ issuers: ['shinhan'] }, 'contracts.0.issuers'],
    [{ credentialsSet: true }, 'contracts.0.credentialsSet'],
  ])('refuse %j and name the field', async (over, field) => {
    const { contracts: list } = await contracts();
    const { status, body } = await put([wanted(list[0]!, over)]);
    expect([status, body.errors?.map((each) => each.field)]).toEqual([400, [field]]);
  });

  it('keep their credentials when none are sent, and take effect on the next payment', async () => {
    const { contracts: list } = await contracts();
    expect((await put([wanted(list[0]!, { amountMax: 10_000 })])).status).toBe(200);
    const tooMuch = await stack.merchant.approve(keyIn({ amount: 10_001 }));
    expect([tooMuch.status, tooMuch.body.code]).toEqual([400, 'VALIDATION_FAILED']);
    expect((await stack.merchant.approve(keyIn({ amount: 10_000 }))).status).toBe(200);
    expect((await put([wanted(list[0]!, { enabled: false })])).status).toBe(200);
    const none = await stack.merchant.approve(keyIn());
    expect(none.body.code).toBe('NO_ACQUIRER_CONTRACT');
    expect((await put([wanted(list[0]!)])).status).toBe(200);
    expect((await stack.merchant.approve(keyIn())).status).toBe(200);
  });

  it('are removed and come back under the same id; what was paid under them is cancelled meanwhile', async () => {
    const { contracts: list } = await contracts();
    const old = list[0]!;
    const spare = wanted(old, { acquirerMerchantId: 'tosstest90', credentials: { secretKey: SPARE_SECRET } });
    const paid = await stack.merchant.approve(keyIn());
    expect((await put([spare])).status).toBe(200);
    const now = await contracts();
    expect(now.contracts.map(({ acquirerMerchantId }) => acquirerMerchantId)).toEqual(['tosstest90']);
    expect(now.removed).toMatchObject([{ contractId: old.contractId }]);
    const elsewhere = await stack.merchant.approve(keyIn());
    expect(elsewhere.status).toBe(200);
    const { candidates } = await routingOf(elsewhere.body.paymentId);
    expect(candidates.map(({ contractId }) => contractId)).toEqual([now.contracts[0]!.contractId]);
    expect((await stack.merchant.cancel(paid.body.paymentId)).status).toBe(200);
    expect((await put([wanted(old)])).status).toBe(200);
    expect((await contracts()).contracts[0]!.contractId).toBe(old.contractId);
    expect((await stack.merchant.approve(keyIn())).status).toBe(200);
  });

  it('leave an audit row each with who and why, and no secret', async () => {
    const refused = await put([], { reason: 'x'.repeat(201) });
    expect(refused.status).toBe(400);
    const rows = await query(`SELECT actor, action, target, details FROM audit_logs
      WHERE action LIKE 'contract%' AND actor LIKE 'member:%' ORDER BY seq`);
    const actions = rows.map(({ action }) => action);
    for (const action of ['contract.create', 'contract.update', 'contract.remove', 'contracts.replace'])
      expect(actions).toContain(action);
    for (const { details } of rows) expect(JSON.parse(details as string)).toMatchObject({ reason: '시험' });
    expect(JSON.stringify(rows)).not.toContain('sandbox_toss');
  });

  it('refuse a reason that tells a credential', async () => {
    const { contracts: list } = await contracts();
    const change = wanted(list[0]!, { credentials: { secretKey: SPARE_SECRET } });
    const { status, body, text } = await put([change], { reason: `key ${SPARE_SECRET}` });
    expect([status, body.errors?.[0]?.field]).toEqual([400, 'reason']);
    expect(text).not.toContain(SPARE_SECRET);
  });
});

describe('maintenance', () => {
  it('keeps payments away while it lasts, and nothing else', async () => {
    const paid = await stack.merchant.approve(keyIn());
    const from = new Date(Date.now() - 60_000).toISOString();
    const to = new Date(Date.now() + 600_000).toISOString();
    const window = { acquirer: 'toss', method: 'CARD', from, to, reason: '정기 점검' };
    const key = { 'idempotency-key': 'maintenance-1' };
    const planned = await operator.send('POST', MAINTENANCE, window, key);
    expect(planned.status).toBe(201);
    expect((await operator.send('POST', MAINTENANCE, window, key)).text).toBe(planned.text);
    const refused = await stack.merchant.approve(keyIn());
    expect([refused.status, refused.body.code]).toEqual([503, 'ACQUIRER_UNAVAILABLE']);
    expect(refused.headers.get('retry-after')).not.toBeNull();
    expect((await stack.merchant.cancel(paid.body.paymentId)).status).toBe(200);
    const { body } = await operator.send('GET', '/v1/admin/acquirers');
    expect((body.data as { acquirer: string }[]).find(({ acquirer }) => acquirer === 'toss')).toMatchObject({
      maintenance: [{ reason: '정기 점검', active: true }],
    });
    const { id } = planned.body as unknown as { id: string };
    expect((await operator.send('DELETE', `${MAINTENANCE}/${id}?reason=done`)).status).toBe(204);
    expect((await operator.send('DELETE', `${MAINTENANCE}/${id}`)).status).toBe(404);
    expect((await stack.merchant.approve(keyIn())).status).toBe(200);
    const audited = await query(`SELECT action, details FROM audit_logs WHERE target = '${id}' ORDER BY seq`);
    expect(audited.map(({ action }) => action)).toEqual(['maintenance.create', 'maintenance.delete']);
  });

  it('is refused for nobody, backwards, in the past, and on days that do not exist', async () => {
    const window = {
      acquirer: 'toss',
      from: '2027-01-01T00:00:00Z',
      to: '2027-01-02T00:00:00Z',
      reason: 'x',
    };
    const cases = [
      [{ acquirer: 'nobody' }, 'acquirer'],
      [{ to: window.from }, 'to'],
      [{ from: '2020-01-01T00:00:00Z', to: '2020-01-02T00:00:00Z' }, 'to'],
      [{ from: '2027-01-01' }, 'from'],
    ] as const;
    for (const [over, field] of cases) {
      const { status, body } = await operator.send('POST', MAINTENANCE, { ...window, ...over });
      expect([status, body.errors?.map((each) => each.field)]).toEqual([400, [field]]);
    }
  });

  it('is listed newest first, page by page', async () => {
    for (const day of ['03', '04', '05'])
      await operator.send('POST', MAINTENANCE, {
        acquirer: 'toss',
        from: `2027-01-${day}T00:00:00+09:00`,
        to: `2027-01-${day}T01:00:00+09:00`,
        reason: day,
      });
    const reasons: string[] = [];
    let cursor = '';
    do {
      const { body } = await operator.send('GET', `${MAINTENANCE}?limit=2${cursor}`);
      reasons.push(...(body.data as { reason: string }[]).map(({ reason }) => reason));
      cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor as string}`;
    } while (cursor !== '');
    expect(reasons).toEqual(['05', '04', '03']);
  });
});

describe('what operators look at', () => {
  const dryRun = (body: Record<string, unknown>) =>
    operator.send('POST', '/v1/admin/routing/dry-run', { mid: MID, method: 'CARD', amount: 1_000, ...body });

  it('a dry run: who would be asked, who not, and why, with nothing sent', async () => {
    const { contracts: list } = await contracts();
    const hours = { from: '09:00', to: '18:00', days: ['MON'] };
    await put([
      wanted(list[0]!, { weight: 30, issuers: ['SHINHAN'] }),
      wanted(list[0]!, { acquirerMerchantId: 'tosstest90', weight: 70, hours }),
    ]);
    const monday = await dryRun({ at: '2026-11-23T09:00:00+09:00', cardFirst6: '424242' });
    expect(monday.body).toMatchObject({
      strategy: 'PRIORITY',
      at: '2026-11-23T09:00:00.000+09:00',
      // Learnt from the approvals above.
      issuer: 'SHINHAN',
      candidates: [
        { acquirer: 'toss', weight: 70, standing: 'WELL', effectiveWeight: 70, share: 1 },
        { acquirer: 'toss', weight: 30, share: 0 },
      ],
      excluded: [],
    });
    const sunday = await dryRun({ at: '2026-11-22T09:00:00+09:00', cardFirst6: '999999' });
    expect(sunday.body).toMatchObject({
      issuer: null,
      candidates: [],
      excluded: [{ why: 'ISSUER' }, { why: 'HOURS' }],
    });
    const planned = await dryRun({ at: '2027-01-04T00:30:00+09:00', cardFirst6: '424242' });
    expect(planned.body.excluded).toMatchObject([{ why: 'MAINTENANCE' }, { why: 'HOURS' }]);
    const weighted = await put(
      [wanted(list[0]!, { weight: 30 }), wanted(list[0]!, { acquirerMerchantId: 'tosstest90', weight: 70 })],
      { strategy: 'WEIGHTED' },
    );
    expect(weighted.body.strategy).toBe('WEIGHTED');
    expect((await dryRun({})).body.candidates).toMatchObject([{ share: 0.7 }, { share: 0.3 }]);
    expect((await dryRun({ mid: 'M9999999' })).status).toBe(404);
    expect((await dryRun({ at: '2027-02-31T00:00:00+09:00x' })).status).toBe(400);
    expect((await put([wanted(list[0]!)], { strategy: 'PRIORITY' })).status).toBe(200);
  });

  it('why a payment went where it went', async () => {
    const { body } = await stack.merchant.approve(keyIn());
    expect(await routingOf(body.paymentId)).toMatchObject({
      paymentId: body.paymentId,
      strategy: 'PRIORITY',
      method: 'CARD',
      amount: 50_000,
      candidates: [{ acquirer: 'toss', standing: 'WELL' }],
      excluded: [],
    });
    const unknown = await operator.send('GET', '/v1/admin/payments/pay_01KAJR38VNR81X7S9FZBZ4D62E/routing');
    expect(unknown.status).toBe(404);
  });

  it('how acquirers work: declines of cards are no faults, refusals to answer are', async () => {
    const toss = async () => {
      const { body } = await operator.send('GET', '/v1/admin/acquirers');
      const found = (body.data as Record<string, unknown>[]).find(({ acquirer }) => acquirer === 'toss');
      return found as { methods: { calls: number; successRate: number }[] } & Record<string, unknown>;
    };
    const before = await toss();
    expect(before).toMatchObject({ breaker: 'CLOSED', inFlight: 0, contracts: [{ mid: MID, share: 1 }] });
    expect(before.methods[0]).toMatchObject({ method: 'CARD', successRate: 1, standing: 'WELL' });
    for (let n = 0; n < 3; n += 1) await stack.merchant.approve(keyIn({ cardNumber: '4000000000000002' }));
    expect((await toss()).methods[0]!.successRate).toBe(1);
    await stack.control.arm('approve', 'drop-before', { times: 1 });
    await stack.merchant.approve(keyIn());
    const after = (await toss()).methods[0]!;
    expect(after.successRate).toBeLessThan(1);
    expect(after.calls).toBe(before.methods[0]!.calls + 4);
  });

  it('shows no credential anywhere', () => {
    expect(answered).toContain('credentialsSet');
    expect(answered).not.toMatch(/test_[cs]k_/);
    expect(stack.output).not.toContain(SPARE_SECRET);
  });
});

it('keeps the decisions of a process that is stopped', async () => {
  const { body } = await stack.merchant.approve(keyIn());
  await stack.api.program.stop();
  const rows = await query(`SELECT strategy FROM routing_decisions WHERE payment_id = '${body.paymentId}'`);
  expect(rows).toEqual([{ strategy: 'PRIORITY' }]);
});

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const connection = await createConnection({ uri: stack.databaseUrl });
  try {
    const [rows] = await connection.query(sql);
    return rows as Record<string, unknown>[];
  } finally {
    await connection.end();
  }
}
