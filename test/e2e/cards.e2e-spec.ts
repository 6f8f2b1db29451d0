import { CARD, keyIn } from '../support/merchant';
import { eventually } from '../support/program';
import { Stack } from '../support/stack';

jest.setTimeout(120_000);

let stack: Stack;

beforeAll(async () => {
  stack = await Stack.start('cards');
});
afterAll(() => stack?.stop());

describe('test cards that approve', () => {
  it.each([
    [CARD.approved, { issuer: 'SHINHAN', type: 'CREDIT', ownerType: 'PERSONAL' }],
    [CARD.check, { issuer: 'KB', type: 'CHECK', ownerType: 'PERSONAL' }],
    [CARD.corporate, { issuer: 'SAMSUNG', type: 'CREDIT', ownerType: 'CORPORATE' }],
    [CARD.slow, { type: 'CREDIT' }],
    [CARD.silentFirstCancel, { type: 'CREDIT' }],
    [CARD.refusesCancels, { type: 'CREDIT' }],
  ])('%s is approved, and the acquirer agrees', async (cardNumber, card) => {
    const answer = await stack.merchant.approve(keyIn({ cardNumber }));
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ outcome: 'SUCCESS', status: 'APPROVED', amount: 50_000, card });
    expect(answer.text).not.toContain(cardNumber);
    expect(await stack.control.charged(answer.body.paymentId)).toBe(50_000);
  });
});

describe('test cards that decline', () => {
  it.each([
    ['4000000000000002', 'CARD_DECLINED'],
    ['4000000000009995', 'CARD_LIMIT_EXCEEDED'],
    ['4000000000000069', 'CARD_EXPIRED'],
    ['4000000000009979', 'CARD_LOST_OR_STOLEN'],
    ['4000000000006157', 'CARD_PASSWORD_INVALID'],
    ['4000000000006165', 'BIRTH_OR_BUSINESS_NO_MISMATCH'],
    ['4000000000006173', 'INSTALLMENT_NOT_ALLOWED'],
    ['4000000000006181', 'ACQUIRER_MAINTENANCE'],
  ])('%s answers 402 %s with the acquirer’s own code', async (cardNumber, code) => {
    const answer = await stack.merchant.approve(keyIn({ cardNumber }));
    expect(answer.status).toBe(402);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body).toMatchObject({
      code,
      outcome: 'FAILURE',
      status: 402,
      acquirer: { name: 'toss', code: expect.any(String), message: expect.any(String) },
    });
    const found = await stack.merchant.payment(answer.body.paymentId);
    expect(found.body.status).toBe('FAILED');
    expect(await stack.control.charged(answer.body.paymentId)).toBe(0);
  });
});

describe('test cards that leave the answer open', () => {
  it.each([
    [CARD.silentAfterApproving, 'approves, then is silent'],
    [CARD.errorAfterApproving, 'approves, then says 500'],
    [CARD.garbageAfterApproving, 'approves, then sends something unreadable'],
  ])('%s (%s): 504, undone at once', async (cardNumber: string, _what: string) => {
    const answer = await stack.merchant.approve(keyIn({ cardNumber }));
    expect(answer.status).toBe(504);
    expect(answer.body).toMatchObject({ code: 'ACQUIRER_TIMEOUT', paymentId: expect.any(String) });
    await agreed(answer.body.paymentId);
    const kinds = (await stack.control.ledger(answer.body.paymentId)).map(({ kind }) => kind);
    expect(kinds).toEqual(['approval', 'cancel']);
  });

  it(`${CARD.silent} (is silent, approves nothing): 504, and believed only after the longest processing time`, async () => {
    const answer = await stack.merchant.approve(keyIn({ cardNumber: CARD.silent }));
    expect(answer.status).toBe(504);
    expect(answer.body).toMatchObject({ outcome: 'UNKNOWN', nextCheckAt: expect.any(String) });
    const found = await stack.merchant.payment(answer.body.paymentId);
    expect(found.body.status).toBe('REVERSING');
    await agreed(answer.body.paymentId);
    expect(await stack.control.ledger(answer.body.paymentId)).toEqual([]);
  });

  async function agreed(paymentId: string): Promise<void> {
    await eventually(
      async () => {
        const { body } = await stack.merchant.payment(paymentId);
        return body.status === 'REVERSED' && (await stack.control.charged(paymentId)) === 0
          ? true
          : undefined;
      },
      { withinMs: 10_000, what: `${paymentId} is undone in both books` },
    );
  }
});

describe('test cards whose cancels go wrong', () => {
  it(`${CARD.silentFirstCancel}: the first cancel gets no answer and is still done once`, async () => {
    const { body } = await stack.merchant.approve(keyIn({ cardNumber: CARD.silentFirstCancel }));
    const cancelled = await stack.merchant.cancel(body.paymentId);
    expect([200, 504]).toContain(cancelled.status);
    const found = await eventually(
      async () => {
        const now = await stack.merchant.payment(body.paymentId);
        return now.body.status === 'CANCELLED' ? now.body : undefined;
      },
      { withinMs: 10_000, what: 'the cancel is known to be done' },
    );
    expect(found.cancels).toHaveLength(1);
    expect(await stack.control.charged(body.paymentId)).toBe(0);
    expect(await stack.control.ledger(body.paymentId)).toHaveLength(2);
  });

  it(`${CARD.refusesCancels}: cancels are refused for a while, then work`, async () => {
    const { body } = await stack.merchant.approve(keyIn({ cardNumber: CARD.refusesCancels }));
    const refused = await stack.merchant.cancel(body.paymentId);
    expect(refused.status).toBe(422);
    expect((await stack.merchant.payment(body.paymentId)).body).toMatchObject({
      status: 'APPROVED',
      balanceAmount: 50_000,
    });
    const done = await eventually(
      async () => {
        const again = await stack.merchant.cancel(body.paymentId);
        return again.status === 200 ? again.body : undefined;
      },
      { withinMs: 15_000, what: 'the cancel is taken' },
    );
    expect(done).toMatchObject({ status: 'CANCELLED', balanceAmount: 0 });
    expect(await stack.control.charged(body.paymentId)).toBe(0);
  });
});

it('leaves nothing that verify objects to', async () => {
  const { code, output } = await stack.verify();
  expect(output).toContain('0 violations');
  expect(code).toBe(0);
});
