import { access, MID, ORDER_NO, PAYMENT_ID, wired } from '../../../test/support/naverpay-wire';

const { adapter } = wired({ body: '' });
const raw = (content: unknown) => ({
  headers: {},
  contentType: 'application/json',
  body: Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)),
});
const hint = (change: Record<string, unknown> = {}) =>
  raw({ paymentId: PAYMENT_ID, merchantPayKey: ORDER_NO, merchantId: MID, payHistId: 'h1', ...change });
const keyOf = (webhook: ReturnType<typeof raw>) => {
  const read = adapter.readWebhook(webhook);
  return read.kind === 'HINT' ? read.hint.dedupeKey : null;
};

it('leads to the payment', () => {
  expect(adapter.readWebhook(hint())).toMatchObject({
    kind: 'HINT',
    hint: {
      acquirerMerchantId: MID,
      acquirerOrderNo: ORDER_NO,
      acquirerTransactionId: PAYMENT_ID,
    },
  });
  expect(adapter.webhookReceipt.body).toBe('OK');
});

it('tells an approval from its cancel, and a second delivery from neither', () => {
  expect(keyOf(hint())).toBe(keyOf(hint()));
  expect(keyOf(hint())).not.toBe(keyOf(hint({ payHistId: 'h2' })));
  expect(keyOf(hint({ payHistId: undefined }))).not.toBe(
    keyOf(hint({ payHistId: undefined, merchantId: undefined })),
  );
});

it.each([
  '',
  '{',
  '[]',
  'null',
  '{}',
  'paymentId=a',
  { paymentId: PAYMENT_ID },
  { merchantPayKey: ORDER_NO },
])('reads nothing into %p', (content) => {
  expect(adapter.readWebhook(raw(content)).kind).toBe('UNREADABLE');
  expect(adapter.verifyWebhook(access, raw(content))).toBe('INVALID');
});

it('does not read names that are none', () => {
  for (const change of [{ paymentId: 'a b' }, { paymentId: 'k'.repeat(65) }, { merchantId: 7 }])
    expect(adapter.readWebhook(hint(change)).kind).toBe('UNREADABLE');
});

it('is never signed, and certainly wrong where it names another merchant', () => {
  expect(adapter.verifyWebhook(access, hint())).toBe('UNSIGNED');
  expect(adapter.verifyWebhook(access, hint({ merchantId: undefined }))).toBe('UNSIGNED');
  expect(adapter.verifyWebhook(access, hint({ merchantId: 'other' }))).toBe('INVALID');
});
