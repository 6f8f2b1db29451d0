import mysql from 'mysql2/promise';
import { billingCard, charge, issue, issued } from '../support/billing';
import { CARD, encrypt, MerchantClient, newOrderNo } from '../support/merchant';
import { eventually } from '../support/program';
import { SandboxControl } from '../support/sandbox-control';
import { Stack } from '../support/stack';

jest.setTimeout(180_000);

let stack: Stack;
let merchant: MerchantClient;
let nicepay: MerchantClient;

beforeAll(async () => {
  // Fifty at once on a busy machine are no silent acquirer.
  stack = await Stack.start('billing', { env: { ACQUIRER_ANSWER_TIMEOUT_MS: '30000' } });
  merchant = stack.merchant;
  nicepay = new MerchantClient(stack.api.url, 'M0000004');
  await rows("UPDATE acquirer_contracts SET billing_storage = 'SEALED_CARD' WHERE mid = 'M0000004'");
});
afterAll(() => stack?.stop());

async function rows<T>(sql: string, values: string[] = []): Promise<T[]> {
  const connection = await mysql.createConnection(stack.databaseUrl);
  try {
    const [found] = await connection.execute(sql, values);
    return found as T[];
  } finally {
    await connection.end();
  }
}

describe('issuing a billing key', () => {
  it('keeps the card sealed where the contract says so, and shows it masked', async () => {
    const answer = await issue(nicepay, { customerKey: 'sealed-1' });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      status: 'ACTIVE',
      storage: 'SEALED_CARD',
      customerKey: 'sealed-1',
      card: { number: '424242******4242' },
      acquirer: 'nicepay',
    });
    const key = String(answer.body.billingKey);
    expect((await nicepay.send('GET', `/v1/billing-keys/${key}`)).body).toEqual(answer.body);
    const [row] = await rows<Record<string, Buffer | null>>('SELECT * FROM billing_keys WHERE id = ?', [key]);
    expect(row!.card_sealed).toBeInstanceOf(Buffer);
    expect(row!.token_sealed).toBeNull();
    expect(JSON.stringify(row)).not.toContain('sealed-1');
  });

  it('names every bad field, and repeats no value of a card field', async () => {
    const answer = await issue(merchant, {
      cardNumber: '4242424242424241',
      cardExpiry: '2001',
      customerKey: '!',
      cardPasswordTwoDigits: '1x',
      surprise: 1,
    });
    expect([answer.status, answer.body.code]).toEqual([400, 'VALIDATION_FAILED']);
    expect(answer.body.errors?.map(({ field }) => field).sort()).toEqual([
      'cardExpiry',
      'cardNumber',
      'cardPasswordTwoDigits',
      'customerKey',
      'surprise',
    ]);
    expect(answer.text).not.toMatch(/4242424242424241|2001|1x/);
  });

  it('issues one key for one request, however often its bytes come', async () => {
    const encData = await encrypt('M0000004', billingCard({ customerKey: 'captured' }));
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        nicepay.send('POST', '/v1/billing-keys', { mid: 'M0000004', encData }),
      ),
    );
    expect(new Set(answers.map(({ body }) => body.billingKey)).size).toBe(1);
    const list = await nicepay.send('GET', '/v1/billing-keys?customerKey=captured');
    expect(list.body.data).toHaveLength(1);
  });

  it('replays under an Idempotency-Key although the ciphertext differs, and refuses another card under it', async () => {
    const headers = { 'idempotency-key': newOrderNo() };
    const first = await issue(merchant, {}, headers);
    const again = await issue(merchant, {}, headers);
    expect(again.text).toBe(first.text);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const other = await issue(merchant, { cardNumber: CARD.check }, headers);
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it('lists a customer’s keys newest first, page by page, and nobody else’s', async () => {
    const customerKey = 'pages@example.com';
    const made: string[] = [];
    for (let n = 0; n < 3; n += 1) made.unshift(await issued(nicepay, { customerKey }));
    const path = `/v1/billing-keys?customerKey=${encodeURIComponent(customerKey)}&limit=2`;
    const first = await nicepay.send('GET', path);
    const second = await nicepay.send('GET', `${path}&cursor=${String(first.body.nextCursor)}`);
    const shown = [
      ...(first.body.data as { billingKey: string }[]),
      ...(second.body.data as { billingKey: string }[]),
    ];
    expect(shown.map(({ billingKey }) => billingKey)).toEqual(made);
    expect(second.body.nextCursor).toBeNull();
    expect((await merchant.send('GET', path)).body.data).toEqual([]);
  });
});

describe.each([
  ['the contract’s own way', () => merchant],
  ['a sealed card', () => nicepay],
])('paying with a billing key kept by %s', (_name, client) => {
  it('approves, tells a duplicate, and cancels as any payment', async () => {
    const key = await issued(client(), { customerKey: 'payer-7' });
    const orderNo = newOrderNo();
    const first = await charge(client(), key, { orderNo });
    expect(first.body).toMatchObject({
      outcome: 'SUCCESS',
      status: 'APPROVED',
      amount: 19_900,
      customerKey: 'payer-7',
      card: { number: '424242******4242' },
    });
    const again = await charge(client(), key, { orderNo });
    expect(again.body).toMatchObject({ outcome: 'DUPLICATE', paymentId: first.body.paymentId });
    const other = await charge(client(), key, { orderNo, amount: 20_000 });
    expect([other.status, other.body.code]).toEqual([409, 'ORDER_NO_CONFLICT']);
    const cancelled = await client().cancel(first.body.paymentId);
    expect(cancelled.body.status).toBe('CANCELLED');
  });

  it('approves one of 50 at once with one order number', async () => {
    const key = await issued(client());
    const orderNo = newOrderNo();
    const answers = await Promise.all(Array.from({ length: 50 }, () => charge(client(), key, { orderNo })));
    const good = answers.filter(({ status }) => status === 200);
    expect(good.filter(({ body }) => body.outcome === 'SUCCESS')).toHaveLength(1);
    expect(new Set(good.map(({ body }) => body.paymentId)).size).toBe(1);
    for (const { status, body } of answers) {
      if (status !== 200) expect([status, body.code]).toEqual([409, 'PAYMENT_IN_PROGRESS']);
    }
    const control = new SandboxControl(stack.sandboxUrl, String(good[0]!.body.acquirer));
    expect(await control.charged(good[0]!.body.paymentId)).toBe(19_900);
  });

  it('pays nothing once it is revoked; what was approved before is still told', async () => {
    const key = await issued(client());
    const orderNo = newOrderNo();
    expect((await charge(client(), key, { orderNo })).status).toBe(200);
    const gone = await client().send('DELETE', `/v1/billing-keys/${key}`);
    expect(gone.body.status).toBe('REVOKED');
    expect((await client().send('DELETE', `/v1/billing-keys/${key}`)).body).toEqual(gone.body);
    const refused = await charge(client(), key);
    expect([refused.status, refused.body.code]).toEqual([422, 'BILLING_KEY_REVOKED']);
    expect((await charge(client(), key, { orderNo })).body.outcome).toBe('DUPLICATE');
    const [row] = await rows<Record<string, unknown>>('SELECT * FROM billing_keys WHERE id = ?', [key]);
    expect([row!.card_sealed, row!.token_sealed]).toEqual([null, null]);
    const told = await rows<{ type: string }>(
      'SELECT type FROM outbox_events WHERE subject_id = ? ORDER BY seq',
      [key],
    );
    expect(told.map(({ type }) => type)).toEqual(['billing_key.issued', 'billing_key.revoked']);
  });
});

describe('paying with a billing key', () => {
  it('is not there for another merchant, by any call', async () => {
    const key = await issued(merchant);
    const answers = await Promise.all([
      nicepay.send('GET', `/v1/billing-keys/${key}`),
      nicepay.send('DELETE', `/v1/billing-keys/${key}`),
      charge(nicepay, key),
    ]);
    for (const { status, body } of answers) {
      expect([status, body.code]).toEqual([404, 'BILLING_KEY_NOT_FOUND']);
    }
    expect((await merchant.send('GET', `/v1/billing-keys/${key}`)).body.status).toBe('ACTIVE');
  });

  it.each([
    ['4000000000000002', 'CARD_DECLINED'],
    ['4000000000009995', 'CARD_LIMIT_EXCEEDED'],
    ['4000000000000069', 'CARD_EXPIRED'],
    ['4000000000009979', 'CARD_LOST_OR_STOLEN'],
    ['4000000000006157', 'CARD_PASSWORD_INVALID'],
    ['4000000000006165', 'BIRTH_OR_BUSINESS_NO_MISMATCH'],
    ['4000000000006173', 'INSTALLMENT_NOT_ALLOWED'],
    ['4000000000006181', 'ACQUIRER_MAINTENANCE'],
  ])('the test card %s declines with %s, and may be tried again', async (cardNumber, code) => {
    const key = await issued(nicepay, { cardNumber });
    const orderNo = newOrderNo();
    const answer = await charge(nicepay, key, { orderNo });
    expect(answer.status).toBe(402);
    expect(answer.body).toMatchObject({ code, outcome: 'FAILURE' });
    const good = await issued(nicepay);
    expect((await charge(nicepay, good, { orderNo })).body).toMatchObject({
      outcome: 'SUCCESS',
      paymentId: answer.body.paymentId,
    });
  });

  it('an answer that was lost is undone, never told as declined, nor as a refusal once the key is revoked', async () => {
    const key = await issued(nicepay, { cardNumber: CARD.silentAfterApproving });
    const orderNo = newOrderNo();
    const answer = await charge(nicepay, key, { orderNo });
    expect([answer.status, answer.body.code]).toEqual([504, 'ACQUIRER_TIMEOUT']);
    await nicepay.send('DELETE', `/v1/billing-keys/${key}`);
    const again = await charge(nicepay, key, { orderNo });
    expect([again.body.code, again.body.paymentId]).toEqual(['ACQUIRER_TIMEOUT', answer.body.paymentId]);
    await eventually(
      async () => (await nicepay.payment(answer.body.paymentId)).body.status === 'REVERSED' || undefined,
      { withinMs: 60_000, what: 'the payment is undone' },
    );
  });
});

describe('a key that the acquirer may keep longer than we do', () => {
  const statusOf = async (by: MerchantClient, key: string) =>
    (await by.send('GET', `/v1/billing-keys/${key}`)).body.status;
  const attemptsOf = (key: string) =>
    rows<{ operation: string; outcome: string; http_status: number | null }>(
      'SELECT operation, outcome, http_status FROM billing_key_attempts WHERE billing_key_id = ? ORDER BY id',
      [key],
    );
  const revoked = (by: MerchantClient, key: string) =>
    eventually(async () => (await statusOf(by, key)) === 'REVOKED' || undefined, {
      withinMs: 60_000,
      what: `${key} is revoked`,
    });

  it('is taken back at PortOne when the answer to its issue was lost: its name there is ours', async () => {
    const portone = new MerchantClient(stack.api.url, 'M0000003');
    await new SandboxControl(stack.sandboxUrl, 'portone').arm('billing', 'drop-after', { times: 1 });
    const encData = await encrypt(portone.mid, billingCard());
    const ask = () => portone.send('POST', '/v1/billing-keys', { mid: portone.mid, encData });
    const lost = await ask();
    expect([lost.status, lost.body.code]).toEqual([504, 'BILLING_KEY_OUTCOME_UNKNOWN']);
    const key = String(lost.body.billingKey);
    const refused = await charge(portone, key);
    expect([refused.status, refused.body.code]).toEqual([422, 'BILLING_KEY_REVOKED']);
    await revoked(portone, key);
    // 200 and not 404: it was there.
    expect(await attemptsOf(key)).toEqual([
      { operation: 'ISSUE', outcome: 'UNKNOWN', http_status: null },
      { operation: 'REVOKE', outcome: 'REVOKED', http_status: 200 },
    ]);
    expect((await ask()).body.code).toBe('BILLING_KEY_OUTCOME_UNKNOWN');
    const told = await rows('SELECT 1 FROM outbox_events WHERE subject_id = ?', [key]);
    expect(told).toEqual([]);
  });

  it('is destroyed here after five refusals of KG Inicis, which revokes none, and never pays meanwhile', async () => {
    const inicis = new MerchantClient(stack.api.url, 'M0000002');
    const key = await issued(inicis);
    const first = await inicis.send('DELETE', `/v1/billing-keys/${key}`);
    expect([first.status, first.body.status]).toEqual([200, 'REVOKING']);
    for (let refusals = 2; refusals <= 5; refusals += 1) {
      expect((await charge(inicis, key)).body.code).toBe('BILLING_KEY_REVOKED');
      expect(await statusOf(inicis, key)).toBe('REVOKING');
      await rows('UPDATE billing_keys SET due_at = UTC_TIMESTAMP(3) WHERE id = ?', [key]);
      await eventually(async () => (await attemptsOf(key)).length > refusals || undefined, {
        withinMs: 60_000,
        what: `${refusals} refusals`,
      });
    }
    await revoked(inicis, key);
    const told = (await attemptsOf(key)).filter(({ operation }) => operation === 'REVOKE');
    expect(told.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 5 }, () => 'REFUSED'));
    const [row] = await rows<{ token_sealed: Buffer | null; due_at: string | null }>(
      'SELECT token_sealed, due_at FROM billing_keys WHERE id = ?',
      [key],
    );
    expect(row).toMatchObject({ token_sealed: null, due_at: null });
    const events = await rows<{ type: string }>(
      "SELECT type FROM outbox_events WHERE subject_id = ? AND type = 'billing_key.revoked'",
      [key],
    );
    expect(events).toHaveLength(1);
  });
});

it('leaves books that agree', async () => {
  const { code, output } = await stack.verify();
  expect(`${code} ${output}`).toMatch(/^0 /);
});
