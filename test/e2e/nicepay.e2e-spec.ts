import { CARD, keyIn, MerchantClient } from '../support/merchant';
import { eventually } from '../support/program';
import type { SandboxControl } from '../support/sandbox-control';
import { Shop } from '../support/checkouts';
import { Stack } from '../support/stack';

jest.setTimeout(120_000);

/** M0000004 through the whole gateway: key-in by the legacy webapi of NICEPAY. */
let stack: Stack;
let merchant: MerchantClient;
let nicepay: SandboxControl;

beforeAll(async () => {
  stack = await Stack.start('nicepay');
  merchant = new MerchantClient(stack.api.url, 'M0000004');
  nicepay = stack.control.of('nicepay');
});
afterAll(() => stack?.stop());

describe('a key-in approval', () => {
  it.each([
    [CARD.approved, { issuer: 'SHINHAN', type: 'CREDIT' }],
    [CARD.check, { issuer: 'KB', type: 'CHECK' }],
    [CARD.slow, { type: 'CREDIT' }],
  ])('of %s is approved under a TID of ours, and NICEPAY agrees', async (cardNumber, card) => {
    const answer = await merchant.approve(keyIn({ cardNumber, goodsName: '만년필 "검정" & 잉크' }));
    expect(answer.body).toMatchObject({ outcome: 'SUCCESS', status: 'APPROVED', amount: 50_000, card });
    const [entry] = await nicepay.ledger(answer.body.paymentId);
    expect(entry).toMatchObject({ kind: 'approval', amount: 50_000 });
    expect(entry?.acquirerTransactionId).toMatch(/^nicetest040101\d{12}\d{4}$/);
    expect(answer.body.acquirerTransactionId).toBe(entry?.acquirerTransactionId);
  });

  it('of many at once gives each its own TID', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => merchant.approve(keyIn())));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const ids = answers.map(({ body }) => body.acquirerTransactionId);
    expect(new Set(ids).size).toBe(30);
  });

  it.each([
    ['4000000000000002', 'CARD_DECLINED', '3095'],
    ['4000000000009995', 'CARD_LIMIT_EXCEEDED', '3095'],
    ['4000000000000069', 'CARD_EXPIRED', '3021'],
    ['4000000000009979', 'CARD_LOST_OR_STOLEN', '3095'],
    ['4000000000006157', 'CARD_PASSWORD_INVALID', '3095'],
    ['4000000000006165', 'BIRTH_OR_BUSINESS_NO_MISMATCH', '3095'],
    ['4000000000006173', 'INSTALLMENT_NOT_ALLOWED', '3022'],
    ['4000000000006181', 'ACQUIRER_MAINTENANCE', '2159'],
  ])('of %s is declined as %s by %s', async (cardNumber, code, theirs) => {
    const answer = await merchant.approve(keyIn({ cardNumber }));
    expect(answer.status).toBe(402);
    expect(answer.body).toMatchObject({ code, acquirer: { name: 'nicepay', code: theirs } });
    expect(await nicepay.charged(answer.body.paymentId)).toBe(0);
  });

  it('that was declined can be asked for again under the same order number', async () => {
    const order = keyIn({ cardNumber: '4000000000000002' });
    expect((await merchant.approve(order)).status).toBe(402);
    const again = await merchant.approve({ ...order, cardNumber: CARD.approved });
    expect(again.body).toMatchObject({ outcome: 'SUCCESS', status: 'APPROVED' });
  });
});

describe('an approval whose answer is lost', () => {
  it.each([CARD.silentAfterApproving, CARD.errorAfterApproving, CARD.garbageAfterApproving])(
    '%s is undone at NICEPAY by its TID at once',
    async (cardNumber) => {
      const answer = await merchant.approve(keyIn({ cardNumber }));
      expect(answer.status).toBe(504);
      expect(answer.body).toMatchObject({ code: 'ACQUIRER_TIMEOUT', status: 'REVERSED' });
      const entries = await nicepay.ledger(answer.body.paymentId);
      expect(entries.map(({ kind }) => kind)).toEqual(['approval', 'cancel']);
      expect(await nicepay.charged(answer.body.paymentId)).toBe(0);
      const { body } = await merchant.payment(answer.body.paymentId);
      expect(body.attempts.map(({ operation, outcome }) => [operation, outcome])).toEqual([
        ['APPROVE', 'UNKNOWN'],
        ['NET_CANCEL', 'CANCELLED'],
      ]);
    },
  );

  it(`${CARD.silent} is believed to be absent only after the longest processing time`, async () => {
    const answer = await merchant.approve(keyIn({ cardNumber: CARD.silent }));
    expect(answer.body).toMatchObject({ outcome: 'UNKNOWN', status: 'REVERSING' });
    const reversed = async () =>
      (await merchant.payment(answer.body.paymentId)).body.status === 'REVERSED' ? true : undefined;
    await eventually(reversed, { withinMs: 12_000, what: 'the absence is believed' });
    expect(await nicepay.ledger(answer.body.paymentId)).toEqual([]);
  });

  it('is undone even when the cancel of it gets no answer either', async () => {
    await nicepay.arm('cancel', 'drop-after', { times: 1 });
    const answer = await merchant.approve(keyIn({ cardNumber: CARD.silentAfterApproving }));
    const reversed = async () =>
      (await merchant.payment(answer.body.paymentId)).body.status === 'REVERSED' ? true : undefined;
    await eventually(reversed, { withinMs: 12_000, what: 'the second lost answer is looked up' });
    expect(await nicepay.ledger(answer.body.paymentId)).toHaveLength(2);
  });
});

describe('a window payment whose answer is lost', () => {
  it.each([
    ['in time', []],
    ['too late for a net cancel', ['decline:2020']],
  ])('is undone %s', async (_when, faults) => {
    const shop = new Shop(merchant, stack.api.url);
    const made = await shop.checkout();
    const { tid } = await nicepay.play<{ tid: string }>({
      orderId: made.orderNo,
      amount: made.amount,
      cardNumber: CARD.silentAfterApproving,
    });
    for (const fault of faults) await nicepay.arm('netCancel', fault, { times: 100 });
    const lost = await shop.confirm(made, { tid });
    expect([lost.status, lost.body.code]).toEqual([504, 'ACQUIRER_TIMEOUT']);
    const reversed = async () => ((await shop.payment(made)).status === 'REVERSED' ? true : undefined);
    await eventually(reversed, { withinMs: 12_000, what: 'it is undone' });
    await stack.control.clear();
    expect((await nicepay.ledger(made.orderNo)).map(({ kind }) => kind)).toEqual(['approval', 'cancel']);
  });
});

describe('a cancel', () => {
  it('of a part, another part and the rest, each once', async () => {
    const { body } = await merchant.approve(keyIn());
    const parts = [15_000, 5_000, undefined];
    const balances: number[] = [];
    for (const amount of parts) {
      const cancelled = await merchant.cancel(
        body.paymentId,
        amount === undefined ? {} : { cancelAmount: amount },
      );
      expect(cancelled.status).toBe(200);
      balances.push(cancelled.body.balanceAmount);
    }
    expect(balances).toEqual([35_000, 30_000, 0]);
    expect((await merchant.payment(body.paymentId)).body.status).toBe('CANCELLED');
    expect((await nicepay.ledger(body.paymentId)).map(({ amount }) => amount)).toEqual([
      50_000, 15_000, 5_000, 30_000,
    ]);
    expect((await merchant.cancel(body.paymentId)).body.code).toBe('ALREADY_CANCELLED');
  });

  it('of everything', async () => {
    const { body } = await merchant.approve(keyIn());
    expect((await merchant.cancel(body.paymentId)).body).toMatchObject({ status: 'CANCELLED' });
    expect(await nicepay.charged(body.paymentId)).toBe(0);
  });

  it(`of ${CARD.refusesCancels} is refused with NICEPAY's code`, async () => {
    const { body } = await merchant.approve(keyIn({ cardNumber: CARD.refusesCancels }));
    const refused = await merchant.cancel(body.paymentId);
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ code: 'CANCEL_REFUSED', acquirer: { code: '2003' } });
  });
});

it('leaves nothing that verify objects to', async () => {
  const { code, output } = await stack.verify();
  expect(output).toContain('0 violations');
  expect(code).toBe(0);
});
