import { setTimeout as sleep } from 'node:timers/promises';
import { CARD, keyIn } from '../support/merchant';
import { Stack } from '../support/stack';

jest.setTimeout(120_000);

let stack: Stack;

beforeAll(async () => {
  stack = await Stack.start('stubborn');
});
afterAll(() => stack?.stop());
afterEach(() => stack.control.clear());

async function until<T>(what: () => Promise<T>, isSo: (value: T) => boolean, ms = 40_000): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const value = await what();
    if (isSo(value) || Date.now() > end) return value;
    await sleep(200);
  }
}

const payment = async (id: string) => (await stack.merchant.payment(id)).body;

describe('an acquirer that keeps its errors under the idempotency key', () => {
  it('still gives the money of a lost approval back', async () => {
    // PROVIDER_ERROR is stored and replayed for 15 days, and says nothing of what was done.
    await stack.control.arm('cancel', 'decline:PROVIDER_ERROR', { times: 1 });
    const lost = await stack.merchant.approve(keyIn({ cardNumber: CARD.errorAfterApproving }));
    expect([lost.status, lost.body.code]).toEqual([504, 'ACQUIRER_TIMEOUT']);
    const ended = await until(
      () => payment(lost.body.paymentId),
      ({ status }) => status === 'REVERSED',
    );
    expect(ended.status).toBe('REVERSED');
    expect(await stack.control.charged(lost.body.paymentId)).toBe(0);
  });

  it('still does a merchant’s cancel, once', async () => {
    const { body } = await stack.merchant.approve(keyIn());
    await stack.control.arm('cancel', 'decline:PROVIDER_ERROR', { times: 1 });
    const asked = await stack.merchant.cancel(body.paymentId, { cancelAmount: 20_000, reason: '부분 취소' });
    expect([asked.status, asked.body.outcome]).toEqual([504, 'UNKNOWN']);
    const ended = await until(
      () => payment(body.paymentId),
      ({ cancelledAmount }) => cancelledAmount > 0,
    );
    expect(ended).toMatchObject({ status: 'PARTIALLY_CANCELLED', cancelledAmount: 20_000 });
    expect(await stack.control.charged(body.paymentId)).toBe(30_000);
  });
});

describe('a repeated cancel that is refused', () => {
  it('is done if the acquirer’s book has it, whatever the refusal says', async () => {
    const { body } = await stack.merchant.approve(keyIn());
    await stack.control.arm('cancel', 'drop-after', { times: 1 });
    await stack.control.arm('cancel', 'decline:UNAUTHORIZED_KEY');
    const asked = await stack.merchant.cancel(body.paymentId, { cancelAmount: 5_000, reason: '부분 취소' });
    expect(asked.body).toMatchObject({ outcome: 'SUCCESS', cancelledAmount: 5_000 });
    expect(await stack.control.charged(body.paymentId)).toBe(45_000);
  });
});

describe('while no acquirer may be asked', () => {
  it('a duplicate of an approved order is told what it is, never FAILURE', async () => {
    const content = keyIn();
    const first = await stack.merchant.approve(content);
    expect(first.body.outcome).toBe('SUCCESS');
    await stack.control.arm('approve', 'drop-before');
    await Promise.all(Array.from({ length: 24 }, () => stack.merchant.approve(keyIn())));
    const unknown = await stack.merchant.approve(keyIn());
    expect([unknown.status, unknown.body.code]).toEqual([503, 'ACQUIRER_UNAVAILABLE']);
    const again = await stack.merchant.approve({ ...content, requestedAt: new Date().toISOString() });
    expect(again.body).toMatchObject({ outcome: 'DUPLICATE', paymentId: first.body.paymentId });
  });

  it('and the breaker closes again by inquiry alone', async () => {
    const answer = await until(
      () => stack.merchant.approve(keyIn()),
      ({ status }) => status === 200,
    );
    expect(answer.body.outcome).toBe('SUCCESS');
  });
});

describe('a sales slip', () => {
  it('is not made out for money that nobody paid', async () => {
    const declined = await stack.merchant.approve(keyIn({ cardNumber: '4000000000000002' }));
    const slip = await stack.merchant.send('GET', `/v1/payments/${declined.body.paymentId}/receipt`);
    expect([slip.status, slip.body.code]).toEqual([409, 'NOT_CHARGED']);
    expect(await payment(declined.body.paymentId)).toMatchObject({ status: 'FAILED', balanceAmount: 0 });
  });
});

describe('in the end', () => {
  it('the books agree', async () => {
    const { code, output } = await until(
      () => stack.verify(),
      (verified) => verified.code === 0,
    );
    expect(`${code} ${output}`).toMatch(/^0 /);
  });
});
