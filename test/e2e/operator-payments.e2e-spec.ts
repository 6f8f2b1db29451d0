import { createConnection } from 'mysql2/promise';
import { MemberClient } from '../support/member-client';
import { CARD, keyIn } from '../support/merchant';
import { Stack } from '../support/stack';

jest.setTimeout(120_000);

/** What an operator sees of payments that are not settled, and what one of them comes to when it is looked at now. */
let stack: Stack;
let operator: MemberClient;

beforeAll(async () => {
  stack = await Stack.start('operator-payments');
  operator = await MemberClient.login(stack.api.url, 'operator');
});
afterAll(() => stack?.stop());
afterEach(() => stack.control.clear());

const reconcile = (id: string) => operator.post(`/v1/admin/payments/${id}/reconcile`, {});

it('says that both books are the same, of an approval and of a cancelled one', async () => {
  const { body } = await stack.merchant.approve(keyIn());
  const approved = await reconcile(body.paymentId);
  expect([approved.status, approved.body.verdict]).toEqual([200, 'MATCHES']);
  expect(approved.body.acquirerBook).toEqual({
    ...{ outcome: 'FOUND', state: 'APPROVED' },
    ...{ amount: body.amount, balanceAmount: body.amount },
  });
  await stack.merchant.cancel(body.paymentId, { cancelAmount: 1_000, reason: '부분 취소' });
  const partly = await reconcile(body.paymentId);
  expect(partly.body).toMatchObject({
    verdict: 'MATCHES',
    acquirerBook: { balanceAmount: body.amount - 1_000 },
  });
  expect((partly.body.payment as { attempts: unknown[] }).attempts.at(-1)).toMatchObject({
    operation: 'INQUIRE',
    outcome: 'FOUND',
  });
});

it('says that they differ, and changes nothing', async () => {
  const { body } = await stack.merchant.approve(keyIn());
  const database = await createConnection(stack.databaseUrl);
  try {
    await database.query(
      'UPDATE payments SET amount = amount + 1, balance_amount = balance_amount + 1 WHERE id = ?',
      [body.paymentId],
    );
    const seen = await reconcile(body.paymentId);
    expect(seen.body).toMatchObject({ verdict: 'DIFFERS', acquirerBook: { amount: body.amount } });
    expect((await stack.merchant.payment(body.paymentId)).body.amount).toBe(body.amount + 1);
  } finally {
    await database.query(
      'UPDATE payments SET amount = amount - 1, balance_amount = balance_amount - 1 WHERE id = ?',
      [body.paymentId],
    );
    await database.end();
  }
});

it('lists an approval that the acquirer will not let go of, and has it looked at now', async () => {
  await stack.control.arm('cancel', 'drop-before');
  const lost = await stack.merchant.approve(keyIn({ cardNumber: CARD.errorAfterApproving }));
  expect(lost.status).toBe(504);
  const { data, nextCursor } = (await operator.get('/v1/admin/payments/unresolved')).body;
  expect(data).toEqual([
    expect.objectContaining({ paymentId: lost.body.paymentId, status: 'REVERSING', openCancelId: null }),
  ]);
  expect(nextCursor).toBeNull();
  const still = await reconcile(lost.body.paymentId);
  expect(still.body).toMatchObject({ verdict: 'OPEN', payment: { status: 'REVERSING' } });
  await stack.control.clear();
  const ended = await reconcile(lost.body.paymentId);
  expect(ended.body).toMatchObject({ verdict: 'MATCHES', payment: { status: 'REVERSED' } });
  expect((await operator.get('/v1/admin/payments/unresolved')).body.data).toEqual([]);
  expect(await stack.control.charged(lost.body.paymentId)).toBe(0);
});

it('tells of silence as silence', async () => {
  const { body } = await stack.merchant.approve(keyIn());
  await stack.control.arm('inquire', 'garbage');
  expect((await reconcile(body.paymentId)).body).toMatchObject({
    verdict: 'UNKNOWN',
    acquirerBook: { outcome: 'UNKNOWN', state: null, amount: null, balanceAmount: null },
  });
});

it('is for operators, and knows what it does not know', async () => {
  const { body } = await stack.merchant.approve(keyIn());
  expect((await reconcile('pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH')).status).toBe(404);
  expect((await reconcile('nonsense')).status).toBe(404);
  expect((await operator.get('/v1/admin/payments/unresolved?cursor=x')).status).toBe(400);
  for (const loginId of ['merchant1', 'branch1', 'agency1']) {
    const other = await MemberClient.login(stack.api.url, loginId);
    expect((await other.get('/v1/admin/payments/unresolved')).status).toBe(403);
    expect((await other.post(`/v1/admin/payments/${body.paymentId}/reconcile`, {})).status).toBe(403);
  }
  expect((await stack.merchant.send('GET', '/v1/admin/payments/unresolved')).status).toBe(403);
});
