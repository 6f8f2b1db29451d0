import { CARD, keyIn, MerchantClient } from '../support/merchant';
import { eventually } from '../support/program';
import type { SandboxControl } from '../support/sandbox-control';
import { Stack } from '../support/stack';

jest.setTimeout(120_000);

let stack: Stack;
let merchant: MerchantClient;
let control: SandboxControl;

beforeAll(async () => {
  stack = await Stack.start('portone');
  merchant = new MerchantClient(stack.api.url, 'M0000003');
  control = stack.control.of('portone');
});
afterAll(() => stack?.stop());

it('approves by key-in, and PortOne agrees', async () => {
  const answer = await merchant.approve(keyIn({ cardNumber: CARD.check, installmentMonths: 2 }));
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({
    outcome: 'SUCCESS',
    status: 'APPROVED',
    card: { issuer: 'KB', type: 'CHECK' },
  });
  expect(answer.text).not.toContain(CARD.check);
  expect(await control.charged(answer.body.paymentId)).toBe(50_000);
});

it.each([
  ['4000000000000002', 'CARD_DECLINED', '3095'],
  ['4000000000009995', 'CARD_LIMIT_EXCEEDED', '3095'],
  ['4000000000000069', 'CARD_EXPIRED', '3021'],
  ['4000000000009979', 'CARD_LOST_OR_STOLEN', '3095'],
  ['4000000000006157', 'CARD_PASSWORD_INVALID', '3095'],
  ['4000000000006165', 'BIRTH_OR_BUSINESS_NO_MISMATCH', 'F113'],
  ['4000000000006173', 'INSTALLMENT_NOT_ALLOWED', '3022'],
  ['4000000000006181', 'ACQUIRER_MAINTENANCE', '2159'],
])('%s answers 402 %s with the provider’s own code', async (cardNumber, code, theirs) => {
  const answer = await merchant.approve(keyIn({ cardNumber }));
  expect(answer.status).toBe(402);
  expect(answer.body).toMatchObject({
    code,
    outcome: 'FAILURE',
    acquirer: { name: 'portone', code: theirs, message: expect.stringContaining(`[${theirs}]`) },
  });
  expect(await control.charged(answer.body.paymentId)).toBe(0);
});

it.each([[CARD.silentAfterApproving], [CARD.errorAfterApproving], [CARD.garbageAfterApproving]])(
  '%s: the lost answer is undone at PortOne',
  async (cardNumber: string) => {
    const answer = await merchant.approve(keyIn({ cardNumber }));
    expect(answer.status).toBe(504);
    const { paymentId } = answer.body;
    await eventually(
      async () => ((await merchant.payment(paymentId)).body.status === 'REVERSED' ? true : undefined),
      { withinMs: 10_000, what: `${paymentId} is undone` },
    );
    expect((await control.ledger(paymentId)).map(({ kind }) => kind)).toEqual(['approval', 'cancel']);
    expect(await control.charged(paymentId)).toBe(0);
  },
);

it('cancels a part and then the rest', async () => {
  const { body } = await merchant.approve(keyIn());
  const part = await merchant.cancel(body.paymentId, { cancelAmount: 20_000 });
  expect(part.status).toBe(200);
  expect(part.body).toMatchObject({ status: 'PARTIALLY_CANCELLED', balanceAmount: 30_000 });
  expect(await control.charged(body.paymentId)).toBe(30_000);
  const rest = await merchant.cancel(body.paymentId);
  expect(rest.body).toMatchObject({ status: 'CANCELLED', balanceAmount: 0 });
  expect(await control.charged(body.paymentId)).toBe(0);
  expect((await control.ledger(body.paymentId)).map(({ amount }) => amount)).toEqual([
    50_000, 20_000, 30_000,
  ]);
});

it('keeps its token for many calls, and gets another when PortOne does not take it any more', async () => {
  const before = await tokensAsked();
  const answers = await Promise.all(Array.from({ length: 5 }, () => merchant.approve(keyIn())));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(await tokensAsked()).toBe(before);
  await control.arm('approve', 'status:401', { times: 1 });
  const refused = await merchant.approve(keyIn());
  expect(refused.body).toMatchObject({ code: 'ACQUIRER_REJECTED', outcome: 'FAILURE' });
  expect(await control.ledger(refused.body.paymentId)).toEqual([]);
  expect((await merchant.approve(keyIn())).status).toBe(200);
  expect(await tokensAsked()).toBe(before + 1);
});

async function tokensAsked(): Promise<number> {
  const answer = await fetch(`${stack.sandboxUrl}/__sandbox/calls?acquirer=portone&operation=token`);
  const { total } = (await answer.json()) as { total: number };
  return total;
}

it('leaves nothing that verify objects to', async () => {
  const { code, output } = await stack.verify();
  expect(output).toContain('0 violations');
  expect(code).toBe(0);
});
