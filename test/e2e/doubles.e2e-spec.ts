import { encrypt, keyIn, MerchantClient } from '../support/merchant';
import { eventually } from '../support/program';
import { Stack } from '../support/stack';

jest.setTimeout(180_000);

const DOUBLES = 100;
const CANCELS = 50;

let stack: Stack;

beforeAll(async () => {
  stack = await Stack.start('doubles', { apis: 2 });
});
afterAll(() => stack?.stop());

const merchantAt = (index: number): MerchantClient => stack.apis[index % stack.apis.length]!.merchant;
const tally = (values: readonly (string | number)[]) =>
  values.reduce<Record<string, number>>((sums, value) => ({ ...sums, [value]: (sums[value] ?? 0) + 1 }), {});

describe(`${DOUBLES} identical approvals at once over two API processes`, () => {
  it('reach the acquirer once; one is SUCCESS, the others the same payment or 409', async () => {
    await stack.control.latency(100);
    const content = keyIn();
    const sealed = await Promise.all(Array.from({ length: DOUBLES }, () => encrypt('M0000001', content)));
    const answers = await Promise.all(
      sealed.map((encData, index) => merchantAt(index).approveSealed(encData)),
    );
    await stack.control.latency(0);

    const approved = answers.filter(({ status }) => status === 200);
    const others = answers.filter(({ status }) => status !== 200);
    expect(approved.filter(({ body }) => body.outcome === 'SUCCESS')).toHaveLength(1);
    expect(new Set(approved.map(({ body }) => body.paymentId)).size).toBe(1);
    expect(approved.every(({ body }) => ['SUCCESS', 'DUPLICATE'].includes(body.outcome ?? ''))).toBe(true);
    expect(new Set(others.map(({ status, body }) => `${status} ${body.code}`))).toEqual(
      new Set(others.length === 0 ? [] : ['409 PAYMENT_IN_PROGRESS']),
    );
    const paymentId = approved[0]!.body.paymentId;
    expect(await stack.control.ledger(paymentId)).toHaveLength(1);
    expect(await stack.control.calls('approve', paymentId)).toBe(1);
  });

  it('answer DUPLICATE afterwards, and ORDER_NO_CONFLICT for another content', async () => {
    const content = keyIn();
    const first = await stack.merchant.approve(content);
    const again = await merchantAt(1).approve({ ...content, requestedAt: new Date().toISOString() });
    expect(again.status).toBe(200);
    expect(again.body).toEqual({ ...first.body, outcome: 'DUPLICATE' });
    const other = await stack.merchant.approve({ ...content, amount: content.amount + 1 });
    expect([other.status, other.body.code]).toEqual([409, 'ORDER_NO_CONFLICT']);
  });

  it('may be tried again after a decline, as a new attempt on the same payment', async () => {
    const content = keyIn({ cardNumber: '4000000000000002' });
    const declined = await stack.merchant.approve(content);
    expect(declined.status).toBe(402);
    const retried = await stack.merchant.approve({ ...content, cardNumber: '4242424242424242' });
    expect(retried.body).toMatchObject({ outcome: 'SUCCESS', paymentId: declined.body.paymentId });
    const { body } = await stack.merchant.payment(declined.body.paymentId);
    expect(body.attempts.map(({ outcome }) => outcome)).toEqual(['DECLINED', 'APPROVED']);
  });

  it('belong to their merchant alone: another may use the same order number', async () => {
    const content = keyIn();
    await stack.merchant.approve(content);
    const other = await new MerchantClient(stack.api.url, 'M0000005').approve(content);
    expect(other.body).toMatchObject({ outcome: 'SUCCESS' });
    const stranger = await new MerchantClient(stack.api.url, 'M0000002').order(content.orderNo);
    expect([stranger.status, stranger.body.code]).toEqual([404, 'PAYMENT_NOT_FOUND']);
  });
});

describe(`${CANCELS} partial cancels at once`, () => {
  it('never pass the balance, in our book and in the acquirer’s', async () => {
    const { body } = await stack.merchant.approve(keyIn({ amount: 10_000 }));
    const answers = await Promise.all(
      Array.from({ length: CANCELS }, (_, index) =>
        merchantAt(index).cancel(body.paymentId, { cancelAmount: 900 }),
      ),
    );
    // One after the other at the acquirer: on a busy machine the last of them are told to look again (504).
    const taken = answers.filter(({ status }) => status === 200 || status === 504);
    const refused = answers.filter((answer) => !taken.includes(answer));
    expect(tally(refused.map(({ body: { code } }) => code))).toEqual({
      CANCEL_AMOUNT_EXCEEDS_BALANCE: CANCELS - 11,
    });
    const found = await eventually(
      async () => {
        const answer = await stack.merchant.payment(body.paymentId);
        return answer.body.cancels.some(({ status }) => status === 'IN_PROGRESS') ? undefined : answer;
      },
      { withinMs: 60_000, what: 'every cancel is done' },
    );
    expect(tally(found.body.cancels.map(({ status }) => status))).toEqual({ DONE: 11 });
    const told = answers
      .filter(({ status }) => status === 200)
      .map((answer) => (answer.body.cancel as { cancelId: string }).cancelId);
    expect(new Set(told).size).toBe(told.length);
    expect(found.body.cancels.map(({ cancelId }) => cancelId)).toEqual(expect.arrayContaining(told));
    expect(found.body).toMatchObject({ balanceAmount: 100, cancelledAmount: 9_900 });
    expect(await stack.control.charged(body.paymentId)).toBe(100);
  });

  it('of all that is left: one is done, the others are told that nothing is left', async () => {
    const { body } = await stack.merchant.approve(keyIn());
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => merchantAt(index).cancel(body.paymentId)),
    );
    expect(tally(answers.map(({ status, body: { code } }) => code ?? status))).toEqual({
      200: 1,
      ALREADY_CANCELLED: 9,
    });
    expect(await stack.control.charged(body.paymentId)).toBe(0);
  });
});

describe('Idempotency-Key', () => {
  it('gives the first answer again, byte for byte', async () => {
    const encData = await encrypt('M0000001', keyIn());
    const headers = { 'idempotency-key': `key-${Date.now()}` };
    const first = await stack.merchant.approveSealed(encData, headers);
    const again = await merchantAt(1).approveSealed(encData, headers);
    expect(again.text).toBe(first.text);
    expect(again.status).toBe(first.status);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(again.headers.get('idempotency-replayed')).toBe('true');
  });

  it('is refused for another body, and while the first is running', async () => {
    await stack.control.latency(300);
    const headers = { 'idempotency-key': `key-b-${Date.now()}` };
    const encData = await encrypt('M0000001', keyIn());
    const racing = await Promise.all(
      [0, 1].map((index) => merchantAt(index).approveSealed(encData, headers)),
    );
    await stack.control.latency(0);
    expect(racing.map(({ status }) => status).sort()).toEqual([200, 409]);
    const refused = racing.find(({ status }) => status === 409)!;
    expect(refused.body.code).toBe('IDEMPOTENCY_IN_PROGRESS');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    const other = await stack.merchant.approve(keyIn(), headers);
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it('makes a cancel once, however often it is sent', async () => {
    const { body } = await stack.merchant.approve(keyIn());
    const headers = { 'idempotency-key': `cancel-${body.paymentId}` };
    const sent = () => stack.merchant.cancel(body.paymentId, { cancelAmount: 1_000 }, headers);
    const first = await sent();
    const again = await sent();
    expect(again.text).toBe(first.text);
    expect(await stack.control.charged(body.paymentId)).toBe(49_000);
  });
});

describe('Idempotency-Key of a member that makes keys', () => {
  let session: string;
  beforeAll(async () => {
    const answer = await fetch(`${stack.api.url}/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ loginId: 'operator', password: 'Demo!2026pass' }),
    });
    session = `Bearer ${((await answer.json()) as { accessToken: string }).accessToken}`;
  });
  const operatorAt = (index: number) =>
    new MerchantClient(stack.apis[index % stack.apis.length]!.url, 'M0000006', session);

  it.each([
    ['/v1/api-keys', 'secretKey', 'API_KEY_LIMIT'],
    ['/v1/encryption-keys', 'key', 'ENCRYPTION_KEY_LIMIT'],
  ])('%s: makes one key, and shows its secret again to who lost the answer', async (path, secret, limit) => {
    const headers = { 'idempotency-key': 'made-once' };
    const sent = (index: number) => operatorAt(index).send('POST', path, { mid: 'M0000006' }, headers);
    const racing = await Promise.all([0, 1, 2, 3].map(sent));
    const made = racing.find(({ status }) => status === 201)!;
    expect(made.body[secret]).toEqual(expect.any(String));
    const again = await sent(1);
    expect([again.status, again.text]).toEqual([201, made.text]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const list = await operatorAt(0).send('GET', `${path}?mid=M0000006`);
    expect(list.body.data).toHaveLength(2);
    const other = await operatorAt(0).send('POST', path, { mid: 'M0000005' }, headers);
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    await roomIsMade(path, limit, list.body.data as Record<string, string>[]);
  });

  /** A limit passes: the same key is good once there is room. */
  async function roomIsMade(path: string, limit: string, keys: readonly Record<string, string>[]) {
    const third = () =>
      operatorAt(0).send('POST', path, { mid: 'M0000006' }, { 'idempotency-key': 'made-later' });
    expect((await third()).body.code).toBe(limit);
    const oldest = keys.at(-1)!;
    const gone = await operatorAt(0).send('DELETE', `${path}/${oldest.kid ?? oldest.id}?mid=M0000006`);
    expect(gone.status).toBe(204);
    expect((await third()).status).toBe(201);
  }
});

it('leaves nothing that verify objects to', async () => {
  const { code, output } = await stack.verify();
  expect(output).toContain('0 violations');
  expect(code).toBe(0);
});
