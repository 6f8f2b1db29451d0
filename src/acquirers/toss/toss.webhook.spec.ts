import { Secret } from '../../common/masking/secret';
import type { ContractAccess } from '../port/acquirer.types';
import { readTossWebhook, verifyTossWebhook } from './toss.webhook';

const ID = { 'tosspayments-webhook-transmission-id': 'whtrans_1' };
const webhook = (content: unknown, headers: Record<string, string> = ID) => ({
  headers,
  contentType: 'application/json',
  body: Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)),
});
const access = (credentials: Record<string, string>) =>
  ({ acquirerMerchantId: 'tosstest01', credentials: new Secret(credentials) }) as unknown as ContractAccess;

const changed = {
  eventType: 'PAYMENT_STATUS_CHANGED',
  createdAt: '2026-01-02T03:04:05.000000',
  data: { mId: 'tosstest01', paymentKey: 'tk_1', orderId: 'pay_1', status: 'DONE' },
};
const deposit = {
  createdAt: '2026-01-02T03:04:05+09:00',
  secret: 'ps_example',
  status: 'DONE',
  transactionKey: 'TK',
  orderId: 'pay_2',
};
/** The test vector of the reference: body, time, key and what they give. */
const payout = '{"eventType":"payout.changed","version":"2022-11-16"}';
const signed = {
  'tosspayments-webhook-transmission-time': '2026-01-02T03:04:05+09:00',
  'tosspayments-webhook-signature': 'v1:AAAA, v1:Z675VwXWhKaVweMumXHGVlUgh8zwbnQvaMrjoLgLZ2Y=',
};

describe('reading a webhook', () => {
  it('finds the payment in each envelope', () => {
    expect(readTossWebhook(webhook(changed))).toEqual({
      kind: 'HINT',
      hint: {
        dedupeKey: 'whtrans_1',
        event: 'PAYMENT_STATUS_CHANGED',
        acquirerMerchantId: 'tosstest01',
        acquirerOrderNo: 'pay_1',
        acquirerTransactionId: 'tk_1',
      },
    });
    expect(readTossWebhook(webhook(deposit))).toMatchObject({
      hint: { event: 'DEPOSIT_CALLBACK', acquirerOrderNo: 'pay_2', acquirerTransactionId: null },
    });
    expect(readTossWebhook(webhook(payout))).toMatchObject({
      hint: { event: 'payout.changed', acquirerOrderNo: null, acquirerTransactionId: null },
    });
    const deleted = { eventType: 'BILLING_DELETED', createdAt: 'x', data: { billingKey: 'b', reason: 'r' } };
    expect(readTossWebhook(webhook(deleted))).toMatchObject({
      hint: { event: 'BILLING_DELETED', acquirerOrderNo: null },
    });
  });

  it('knows a message without an id by its text', () => {
    const keyOf = (content: unknown, headers = {}) => {
      const reading = readTossWebhook(webhook(content, headers));
      return reading.kind === 'HINT' ? reading.hint.dedupeKey : undefined;
    };
    expect(keyOf(changed)).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(keyOf(changed)).toBe(keyOf(changed));
    expect(keyOf(changed)).not.toBe(keyOf(deposit));
    const long = { 'tosspayments-webhook-transmission-id': 'x'.repeat(129) };
    expect(keyOf(changed, long)).toBe(keyOf(changed));
  });

  it.each([['{'], ['[]'], ['"text"'], ['{}'], ['{"eventType":1,"data":{}}'], ['{"orderId":"pay_1"}']])(
    'cannot read %s',
    (body) => {
      expect(readTossWebhook(webhook(body)).kind).toBe('UNREADABLE');
      expect(verifyTossWebhook(access({}), webhook(body))).toBe('INVALID');
    },
  );
});

describe('verifying a webhook', () => {
  it('finds payments unsigned, and one of another merchant wrong', () => {
    expect(verifyTossWebhook(access({}), webhook(changed))).toBe('UNSIGNED');
    expect(verifyTossWebhook(access({}), webhook(deposit))).toBe('UNSIGNED');
    const foreign = { ...changed, data: { ...changed.data, mId: 'someoneelse' } };
    expect(verifyTossWebhook(access({}), webhook(foreign))).toBe('INVALID');
  });

  it('believes a payout only with a signature that fits', () => {
    const key = access({ securityKey: 'exampleSecurityKey' });
    expect(verifyTossWebhook(key, webhook(payout, signed))).toBe('VALID');
    expect(verifyTossWebhook(key, webhook(`${payout} `, signed))).toBe('INVALID');
    expect(verifyTossWebhook(key, webhook(payout))).toBe('INVALID');
    expect(verifyTossWebhook(access({ securityKey: 'other' }), webhook(payout, signed))).toBe('INVALID');
    expect(verifyTossWebhook(access({}), webhook(payout, signed))).toBe('INVALID');
  });
});

describe('a deposit notice', () => {
  const verdict = (content: unknown, kept?: string) =>
    verifyTossWebhook(access({}), webhook(content), kept === undefined ? null : new Secret(kept));

  it('is right with the secret that came with the account, and wrong with any other', () => {
    expect(verdict(deposit, 'ps_example')).toBe('VALID');
    expect(verdict(deposit, 'ps_exampl')).toBe('INVALID');
    expect(verdict({ ...deposit, secret: '' }, 'ps_example')).toBe('INVALID');
  });

  it('is a hint where nothing is kept to compare; no other message bears a secret', () => {
    expect(verdict(deposit)).toBe('UNSIGNED');
    expect(verdict(changed, 'ps_example')).toBe('UNSIGNED');
  });
});
