import type { OutboundClient, OutboundRequest, OutboundResult } from '../../common/http/outbound-client';
import { Secret } from '../../common/masking/secret';
import type { AppConfig } from '../../config/app-config';
import { AcquirerSetupError } from '../port/acquirer.errors';
import type { ContractAccess } from '../port/acquirer.types';
import type { RawWebhook } from '../port/webhook.types';
import { KakaopayAdapter } from './kakaopay.adapter';

const access = (credentials: Record<string, string> = { secretKey: 'DEV_secret' }): ContractAccess => ({
  contractId: 'c',
  acquirerMerchantId: 'TC0ONETIME',
  credentials: new Secret(credentials),
  connectTimeoutMs: 1,
  answerTimeoutMs: 1,
});
const order = {
  acquirerOrderNo: 'pay_1',
  acquirerTransactionId: 'T1',
  amount: 1_004,
  taxFreeAmount: 0,
  requestedAt: new Date('2026-01-02T03:04:05Z'),
  customerKey: 'cus_secret',
};

function adapterThatHears(status: number, body: unknown) {
  const sent: OutboundRequest[] = [];
  const http = {
    send: async (request: OutboundRequest): Promise<OutboundResult> => {
      sent.push(request);
      return { kind: 'ANSWER', status, body: JSON.stringify(body), latencyMs: 1 };
    },
  } as unknown as OutboundClient;
  const config = { acquirer: { urls: { kakaopay: 'http://k.test' } } } as unknown as AppConfig;
  return { sent, adapter: new KakaopayAdapter(http, config) };
}

it('sends the key in its header, and keeps of an exchange neither it nor token nor payer', async () => {
  const { adapter, sent } = adapterThatHears(400, { error_code: -708, error_message: 'no 12345678 there' });
  const outcome = await adapter.confirmWindow(access(), { ...order, proof: { pgToken: 'tok_secret' } });
  expect(sent).toMatchObject([
    {
      method: 'POST',
      url: 'http://k.test/online/v1/payment/approve',
      headers: { authorization: 'SECRET_KEY DEV_secret', 'content-type': 'application/json' },
    },
  ]);
  expect(sent[0]?.body).toContain('tok_secret');
  expect(outcome).toMatchObject({ kind: 'DECLINED', exchange: { code: '-708', message: 'no ****** there' } });
  expect(JSON.stringify(outcome)).not.toContain('secret');
});

it('asks nothing without a token, and nothing without a key', async () => {
  const { adapter, sent } = adapterThatHears(200, {});
  expect(await adapter.confirmWindow(access(), { ...order, proof: {} })).toMatchObject({
    kind: 'NOT_PAID',
    exchange: { httpStatus: null, code: 'NO_PG_TOKEN' },
  });
  const confirm = adapter.confirmWindow(access({}), { ...order, proof: { pgToken: 't' } });
  await expect(confirm).rejects.toThrow(AcquirerSetupError);
  expect(sent).toEqual([]);
});

describe('a hint', () => {
  const raw = (body: unknown): RawWebhook => ({
    headers: {},
    contentType: 'application/json',
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  });
  const { adapter } = adapterThatHears(200, {});
  const hint = { cid: 'TC0ONETIME', tid: 'T1', partner_order_id: 'pay_1', status: 'SUCCESS_PAYMENT' };

  it('names a payment and proves nothing', () => {
    const webhook = raw(hint);
    expect(adapter.readWebhook(webhook)).toMatchObject({
      kind: 'HINT',
      hint: {
        event: 'SUCCESS_PAYMENT',
        acquirerMerchantId: 'TC0ONETIME',
        acquirerOrderNo: 'pay_1',
        acquirerTransactionId: 'T1',
      },
    });
    expect(adapter.verifyWebhook(access(), webhook)).toBe('UNSIGNED');
    expect(adapter.verifyWebhook(access(), raw({ ...hint, cid: 'TC0ANOTHER' }))).toBe('INVALID');
  });

  it('is told from another by what it says', () => {
    const keyOf = (body: unknown) => {
      const reading = adapter.readWebhook(raw(body));
      return reading.kind === 'HINT' ? reading.hint.dedupeKey : '';
    };
    expect(keyOf(hint)).toBe(keyOf({ ...hint }));
    expect(keyOf(hint)).not.toBe(keyOf({ ...hint, status: 'CANCEL_PAYMENT' }));
  });

  it.each(['', '{', 'null', '[]', { ...hint, tid: '' }, { ...hint, status: undefined }])(
    'is none where it is %p',
    (body) => {
      expect(adapter.readWebhook(raw(body)).kind).toBe('UNREADABLE');
      expect(adapter.verifyWebhook(access(), raw(body))).toBe('INVALID');
    },
  );
});
