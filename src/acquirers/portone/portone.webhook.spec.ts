import { readPortoneWebhook } from './portone.webhook';

const webhook = (body: string, contentType = 'application/json') =>
  readPortoneWebhook({ headers: {}, contentType, body: Buffer.from(body) });
const fields = { imp_uid: 'imp_000000000001', merchant_uid: 'pay_1', status: 'paid' };

it('reads JSON and forms alike', () => {
  const reading = {
    kind: 'HINT',
    hint: {
      dedupeKey: 'imp_000000000001:paid:',
      event: 'paid',
      acquirerMerchantId: null,
      acquirerOrderNo: 'pay_1',
      acquirerTransactionId: 'imp_000000000001',
    },
  };
  expect(webhook(JSON.stringify(fields))).toEqual(reading);
  const form = new URLSearchParams(fields).toString();
  expect(webhook(form, 'application/x-www-form-urlencoded; charset=UTF-8')).toEqual(reading);
});

it('tells two cancels of one payment apart', () => {
  const keyOf = (cancellation_id: string) => {
    const reading = webhook(JSON.stringify({ ...fields, status: 'cancelled', cancellation_id }));
    return reading.kind === 'HINT' ? reading.hint.dedupeKey : undefined;
  };
  expect(keyOf('a')).toBe(keyOf('a'));
  expect(keyOf('a')).not.toBe(keyOf('b'));
});

it.each([
  ['{'],
  ['[]'],
  ['null'],
  ['{}'],
  [JSON.stringify({ ...fields, imp_uid: '../users' })],
  [JSON.stringify({ ...fields, merchant_uid: 7 })],
  [new URLSearchParams(fields).toString()],
])('cannot read %s', (body) => {
  expect(webhook(body).kind).toBe('UNREADABLE');
});
