import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ApprovalReference, KeyInCard } from '../../src/acquirers/port/acquirer.types';
import { Secret } from '../../src/common/masking/secret';
import { newOrderNo } from '../support/merchant';
import { NicepayWorld } from '../support/nicepay-world';
import { eventually } from '../support/program';

jest.setTimeout(60_000);

/** Billing keys of NICEPAY: the adapter against the sandbox over HTTP. */
const AMOUNT = 51_004;
const CARD = '4242424242424242';
const world = new NicepayWorld();

beforeAll(() => world.start());
afterAll(() => world.stop());
afterEach(() => world.control.clear());

const cardOf = (change: Partial<KeyInCard> = {}) =>
  new Secret({
    cardNumber: CARD,
    cardExpiry: '3412',
    birthOrBusinessNo: '900101',
    cardPasswordTwoDigits: '12',
    ...change,
  });
const register = (change: Partial<KeyInCard> = {}) =>
  world.adapter.issueBillingKey(world.access, {
    customerKey: 'customer_1',
    acquirerOrderNo: newOrderNo(),
    buyerName: '홍길동',
    buyerPhone: '010-1234-5678',
    card: cardOf(change),
  });

async function tokenOf(cardNumber = CARD): Promise<Secret<string>> {
  const issued = await register({ cardNumber });
  if (issued.kind !== 'ISSUED') throw new Error(`${issued.kind} ${issued.exchange.code}`);
  return issued.token;
}

const charge = (token: Secret<string>, acquirerOrderNo = newOrderNo(), installmentMonths = 3) =>
  world.adapter.chargeBillingKey(world.access, {
    token,
    customerKey: 'customer_1',
    acquirerOrderNo,
    acquirerTransactionId: world.adapter.newTransactionId(world.access, 'KEY_IN', 1, new Date()),
    requestedAt: new Date(),
    amount: AMOUNT,
    taxFreeAmount: 1_004,
    goodsName: '정기 구독',
    installmentMonths,
  });
const revoke = (token: Secret<string>) => world.adapter.revokeBillingKey(world.access, token);

async function charged(token: Secret<string>) {
  const acquirerOrderNo = newOrderNo();
  const approved = await charge(token, acquirerOrderNo);
  if (approved.kind !== 'APPROVED') throw new Error(`${approved.kind} ${approved.exchange.code}`);
  const reference: ApprovalReference = {
    acquirerOrderNo,
    acquirerTransactionId: approved.acquirerTransactionId,
    channel: 'BILLING',
    requestedAt: new Date(),
    amount: AMOUNT,
  };
  return { approved, reference };
}

it('makes a key of a card, several of one card, and tells nobody the card or the key', async () => {
  const issued = await register();
  const again = await register();
  if (issued.kind !== 'ISSUED' || again.kind !== 'ISSUED') throw new Error('no key');
  expect(issued.card).toEqual({
    issuer: 'SHINHAN',
    cardType: 'UNKNOWN',
    ownerType: 'UNKNOWN',
    interestFree: false,
  });
  expect(issued.token.expose()).toMatch(/^BIKYnicetest04\d{16}$/);
  expect(again.token.expose()).not.toBe(issued.token.expose());
  const told = JSON.stringify([issued, again]);
  for (const secret of [CARD, issued.token.expose(), '900101']) expect(told).not.toContain(secret);
});

it('charges a key, and finds, cancels and undoes what it charged by the new API', async () => {
  const token = await tokenOf();
  const { approved, reference } = await charged(token);
  expect(approved).toMatchObject({
    kind: 'APPROVED',
    // NICEPAY makes up the TID of a charge, whatever was made up for the order here.
    acquirerTransactionId: expect.stringMatching(/^UT0000000m0116\d{16}$/) as string,
    card: { issuer: 'SHINHAN', cardType: 'CREDIT' },
  });
  expect(JSON.stringify(approved)).not.toContain(token.expose());
  const lost = { ...reference, acquirerTransactionId: null };
  expect(await world.adapter.inquire(world.access, lost)).toMatchObject({ kind: 'FOUND', state: 'APPROVED' });
  const cancel = {
    cancelAmount: 1_000,
    taxFreeAmount: 4,
    balanceAmount: AMOUNT,
    cancelKey: 'cnl_1',
    reason: '반품',
  };
  expect(await world.adapter.cancel(world.access, { reference, ...cancel })).toMatchObject({
    kind: 'CANCELLED',
  });
  expect(await world.control.charged(reference.acquirerOrderNo)).toBe(AMOUNT - 1_000);

  const other = await charged(token);
  const undone = { ...other.reference, acquirerTransactionId: null };
  expect(await world.adapter.netCancel(world.access, undone)).toMatchObject({ kind: 'CANCELLED' });
  expect(await world.control.charged(other.reference.acquirerOrderNo)).toBe(0);
});

it('sends a signed webhook for a charge', async () => {
  const { reference } = await charged(await tokenOf());
  const heard = await eventually(
    async () => world.heard.find(({ body }) => body.toString().includes(reference.acquirerOrderNo)),
    { withinMs: 10_000, what: 'the webhook of the charge' },
  );
  const raw = { headers: {}, contentType: heard.contentType, body: heard.body };
  expect(world.adapter.readWebhook(raw)).toMatchObject({ kind: 'HINT', hint: { event: 'paid' } });
  expect(world.adapter.verifyWebhook(world.access, raw)).toBe('VALID');
});

it.each([
  ['4000000000000002', { kind: 'DECLINED', declineCode: 'CARD_DECLINED' }],
  ['4000000000009995', { kind: 'DECLINED', declineCode: 'CARD_LIMIT_EXCEEDED' }],
  ['4000000000006181', { kind: 'DECLINED', declineCode: 'ACQUIRER_MAINTENANCE', notProcessed: true }],
  ['4000000000006132', { kind: 'UNKNOWN', acquirerTransactionId: null }],
  ['4000000000006140', { kind: 'UNKNOWN', acquirerTransactionId: null }],
])('the test card %s plays the same through a key', async (cardNumber, outcome) => {
  expect(await charge(await tokenOf(cardNumber))).toMatchObject(outcome);
});

it('charges an order once, also under faults', async () => {
  const token = await tokenOf();
  const orderNo = newOrderNo();
  expect(await charge(token, orderNo)).toMatchObject({ kind: 'APPROVED' });
  expect(await charge(token, orderNo)).toMatchObject({ kind: 'UNKNOWN' });
  expect(await world.control.charged(orderNo)).toBe(AMOUNT);
  const lostNo = newOrderNo();
  await world.control.arm('billing', 'drop-after', { times: 1 });
  expect(await charge(token, lostNo)).toMatchObject({ kind: 'UNKNOWN', acquirerTransactionId: null });
  expect(await world.control.charged(lostNo)).toBe(AMOUNT);
});

it.each([
  ['a number that is none', { cardNumber: '4242424242424241' }, 'CARD_NUMBER_INVALID'],
  ['an expiry that is over', { cardExpiry: '2001' }, 'BIRTH_OR_BUSINESS_NO_MISMATCH'],
])('registers no card with %s', async (_, change, declineCode) => {
  expect(await register(change)).toMatchObject({ kind: 'DECLINED', declineCode });
});

it('deletes a key for good, and says so again', async () => {
  const token = await tokenOf();
  expect(await revoke(token)).toMatchObject({ kind: 'REVOKED' });
  expect(await charge(token)).toMatchObject({ kind: 'DECLINED', declineCode: 'ACQUIRER_REJECTED' });
  const again = await revoke(token);
  expect(again).toMatchObject({ kind: 'REVOKED' });
  expect(JSON.stringify(again)).not.toContain(token.expose());
  expect(await revoke(new Secret('BIKYnicetest042601020304050001'))).toMatchObject({ kind: 'REFUSED' });
});

it.each(['drop-after', 'garbage'])(
  'a deletion that ends in %s is unknown, and done by the next',
  async (fault) => {
    const token = await tokenOf();
    await world.control.arm('billing', fault, { times: 1 });
    expect(await revoke(token)).toMatchObject({ kind: 'UNKNOWN' });
    expect(await revoke(token)).toMatchObject({ kind: 'REVOKED' });
  },
);

it('keeps a key over a restart, and no card number in its journal', async () => {
  const token = await tokenOf('5555555555554444');
  await world.restart();
  expect(await charge(token)).toMatchObject({ kind: 'APPROVED', card: { issuer: 'KB', cardType: 'CHECK' } });
  const journals = readdirSync(world.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
  expect(journals.join('')).toContain(token.expose());
  for (const number of [CARD, '5555555555554444']) expect(journals.join('')).not.toContain(number);
});
