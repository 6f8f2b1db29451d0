import { createCipheriv, createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NicepayAdapter } from '../../src/acquirers/nicepay/nicepay.adapter';
import type { ApprovalReference, ContractAccess } from '../../src/acquirers/port/acquirer.types';
import { OutboundClient } from '../../src/common/http/outbound-client';
import { Secret } from '../../src/common/masking/secret';
import { Clock } from '../../src/common/time/clock';
import { koreanDay, startOfKoreanDay } from '../../src/common/time/korean-time';
import type { AppConfig } from '../../src/config/app-config';
import { SandboxServer } from '../../src/sandbox/server';
import { newOrderNo } from '../support/merchant';
import { eventually } from '../support/program';

jest.setTimeout(60_000);

/** The adapter against the sandbox, and the sandbox's wire by hand, over HTTP within one process. */
const HOUR_MS = 3_600_000;
const SECRET_KEY = 'nicepay_sandbox_secret__M0000004';
const MERCHANT_KEY = 'nicepay_merchant_key____M0000004';
const BASIC = `Basic ${Buffer.from(`S2_sandbox_nicepay_M0000004:${SECRET_KEY}`).toString('base64')}`;
const folder = mkdtempSync(join(tmpdir(), 'pg-gateway-nicepay-'));
const clock = new Clock();
const http = new OutboundClient(clock);
const access: ContractAccess = {
  contractId: 'c',
  acquirerMerchantId: 'nicetest04',
  credentials: new Secret({
    clientKey: 'S2_sandbox_nicepay_M0000004',
    secretKey: SECRET_KEY,
    merchantKey: MERCHANT_KEY,
  }),
  connectTimeoutMs: 1_000,
  answerTimeoutMs: 2_000,
};

let sandbox: SandboxServer;
let base: string;
let adapter: NicepayAdapter;
let hooks: Server;
let heard: { body: string; contentType: string }[];
let reply: string;

beforeAll(async () => {
  hooks = createServer((request, response) => {
    let body = '';
    request.on('data', (data: Buffer) => (body += data.toString('utf8')));
    request.on('end', () => {
      heard.push({ body, contentType: request.headers['content-type'] ?? '' });
      response.writeHead(200, { 'content-type': 'text/html' }).end(reply);
    });
  });
  await new Promise<void>((done) => hooks.listen(0, '127.0.0.1', done));
  const webhookUrl = `http://127.0.0.1:${(hooks.address() as AddressInfo).port}`;
  const settings = { host: '127.0.0.1', port: 0, smtpPort: 0, dataDir: folder, timeScale: 0.001, webhookUrl };
  sandbox = new SandboxServer(settings, (error) => {
    throw error;
  });
  await sandbox.start();
  base = `http://127.0.0.1:${sandbox.ownPort('nicepay')}/nicepay`;
  const config = { acquirer: { urls: { nicepay: base, nicepayLegacy: base } } } as AppConfig;
  adapter = new NicepayAdapter(http, config, clock);
});

afterAll(async () => {
  await http.onApplicationShutdown();
  await sandbox.stop();
  hooks.close();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(() => {
  heard = [];
  reply = 'OK';
});

const sha = (...parts: (string | number)[]) => createHash('sha256').update(parts.join('')).digest('hex');

async function control(method: string, path: string, body?: unknown): Promise<Record<string, string>> {
  const answer = await fetch(`http://127.0.0.1:${sandbox.mainPort}/__sandbox${path}`, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  return (await answer.json()) as Record<string, string>;
}

async function authenticated(amount = 50_000, more: Record<string, string> = {}) {
  const acquirerOrderNo = newOrderNo();
  const { tid = '' } = await control('POST', '/nicepay/payments', {
    orderId: acquirerOrderNo,
    amount,
    ...more,
  });
  const order = {
    acquirerOrderNo,
    acquirerTransactionId: null,
    amount,
    taxFreeAmount: 0,
    requestedAt: clock.now(),
    proof: { tid },
  };
  const reference: ApprovalReference = {
    acquirerOrderNo,
    acquirerTransactionId: tid,
    channel: 'WINDOW',
    requestedAt: order.requestedAt,
    amount,
  };
  return { tid, order, reference };
}

describe('a payment by the window', () => {
  it('is confirmed, found, and cancelled in parts', async () => {
    const { tid, order, reference } = await authenticated();
    expect(await adapter.inquire(access, reference)).toMatchObject({ kind: 'NOT_FOUND' });
    expect(await adapter.confirmWindow(access, order)).toMatchObject({
      kind: 'APPROVED',
      acquirerTransactionId: tid,
      method: 'CARD',
      card: { issuer: 'SHINHAN', cardType: 'CREDIT' },
    });
    const cancel = { reference, taxFreeAmount: 0, balanceAmount: 50_000, reason: '고객 변심' };
    const first = await adapter.cancel(access, { ...cancel, cancelKey: 'pcn_1', cancelAmount: 20_000 });
    expect(first).toMatchObject({ kind: 'CANCELLED', acquirerCancelId: expect.stringMatching(/^.{10}0110/) });
    const again = await adapter.cancel(access, { ...cancel, cancelKey: 'pcn_1', cancelAmount: 20_000 });
    expect(again).toMatchObject({ kind: 'UNKNOWN', exchange: { code: 'U112' } });
    const over = await adapter.cancel(access, { ...cancel, cancelKey: 'pcn_2', cancelAmount: 30_001 });
    expect(over).toMatchObject({ kind: 'REFUSED', reason: 'BALANCE' });
    expect(await adapter.inquire(access, reference)).toMatchObject({
      kind: 'FOUND',
      state: 'PARTIALLY_CANCELLED',
      amount: 50_000,
      balanceAmount: 30_000,
      cancels: [
        { acquirerCancelId: (first as { acquirerCancelId?: string }).acquirerCancelId, amount: 20_000 },
      ],
    });
    const rest = await adapter.cancel(access, { ...cancel, cancelKey: 'pcn_3', cancelAmount: 30_000 });
    expect(rest.kind).toBe('CANCELLED');
    expect(await adapter.inquire(access, reference)).toMatchObject({ state: 'CANCELLED', balanceAmount: 0 });
    const late = await adapter.cancel(access, { ...cancel, cancelKey: 'pcn_4', cancelAmount: 1 });
    expect(late).toMatchObject({ kind: 'REFUSED', reason: 'ALREADY_CANCELLED' });
  });

  it('of another amount than was authenticated is refused, and can be asked for rightly', async () => {
    const { order } = await authenticated();
    expect(await adapter.confirmWindow(access, { ...order, amount: 49_999 })).toMatchObject({
      kind: 'DECLINED',
      declineCode: 'AMOUNT_NOT_ALLOWED',
      exchange: { code: 'A123' },
    });
    expect((await adapter.confirmWindow(access, order)).kind).toBe('APPROVED');
    expect(await adapter.confirmWindow(access, order)).toMatchObject({
      kind: 'UNKNOWN',
      exchange: { code: '2201' },
    });
  });

  it('of another order is told as a mismatch', async () => {
    const { order, tid } = await authenticated();
    const other = { ...order, acquirerOrderNo: newOrderNo() };
    expect(await adapter.confirmWindow(access, other)).toMatchObject({
      kind: 'MISMATCH',
      what: 'ORDER_NO',
      acquirerTransactionId: tid,
      acquirerOrderNo: order.acquirerOrderNo,
    });
  });

  it('that the issuer declines is found as not approved', async () => {
    const { order, reference } = await authenticated(50_000, { cardNumber: '4000000000009979' });
    expect(await adapter.confirmWindow(access, order)).toMatchObject({ declineCode: 'CARD_LOST_OR_STOLEN' });
    expect(await adapter.inquire(access, reference)).toMatchObject({ kind: 'FOUND', state: 'NOT_APPROVED' });
  });

  it('is undone by its order number when the answer was lost, once, and within an hour', async () => {
    const lost = await authenticated(50_000, { cardNumber: '4000000000006132' });
    expect((await adapter.confirmWindow(access, lost.order)).kind).toBe('UNKNOWN');
    const unknown = { ...lost.reference, acquirerTransactionId: null };
    expect((await adapter.netCancel(access, unknown)).kind).toBe('CANCELLED');
    expect(await adapter.netCancel(access, unknown)).toMatchObject({ reason: 'ALREADY_CANCELLED' });
    const absent = { ...unknown, acquirerOrderNo: newOrderNo() };
    expect(await adapter.netCancel(access, absent)).toMatchObject({ kind: 'REFUSED', reason: 'NOT_FOUND' });

    const old = await authenticated();
    expect((await adapter.confirmWindow(access, old.order)).kind).toBe('APPROVED');
    await control('PUT', '/clock', { offsetMs: HOUR_MS + 1_000 });
    const late = await adapter.netCancel(access, old.reference);
    await control('PUT', '/clock', { offsetMs: 0 });
    expect(late).toMatchObject({ kind: 'REFUSED', reason: 'NOT_ALLOWED', exchange: { code: '2020' } });
  });

  it('is found under the day beside its own when midnight was near', async () => {
    const midnight = startOfKoreanDay(koreanDay(clock.now())).getTime();
    await control('PUT', '/clock', { offsetMs: midnight + 60_000 - clock.now().getTime() });
    const { order, reference } = await authenticated();
    const confirmed = await adapter.confirmWindow(access, order);
    await control('PUT', '/clock', { offsetMs: 0 });
    expect(confirmed.kind).toBe('APPROVED');
    const ask = (beforeMs: number) =>
      adapter.inquire(access, { ...reference, requestedAt: new Date(midnight - beforeMs) });
    expect((await ask(60_000)).kind).toBe('FOUND');
    expect((await ask(16 * 60_000)).kind).toBe('NOT_FOUND');
  });

  it('is not believed under other keys', async () => {
    const { order } = await authenticated();
    const credentials = new Secret({ ...access.credentials.expose(), secretKey: 'x'.repeat(32) });
    expect(await adapter.confirmWindow({ ...access, credentials }, order)).toMatchObject({
      kind: 'DECLINED',
      notProcessed: true,
      exchange: { httpStatus: 401, code: 'U304' },
    });
  });

  it('is told by webhooks that are signed, and that come again until the answer is OK', async () => {
    const { order, reference } = await authenticated();
    reply = 'received, OK';
    await adapter.confirmWindow(access, order);
    const raw = await eventually(async () => (heard.length === 3 ? heard[2] : undefined), {
      withinMs: 5_000,
      what: 'the webhook is sent again',
    });
    reply = 'OK';
    const webhook = { headers: {}, contentType: raw.contentType, body: Buffer.from(raw.body) };
    expect(adapter.verifyWebhook(access, webhook)).toBe('VALID');
    expect(adapter.readWebhook(webhook)).toMatchObject({
      hint: { event: 'paid', acquirerOrderNo: order.acquirerOrderNo, acquirerTransactionId: order.proof.tid },
    });
    heard = [];
    await adapter.netCancel(access, reference);
    const cancelled = await eventually(
      async () => heard.map(({ body }) => body).find((body) => body.includes('"status":"cancelled"')),
      { withinMs: 5_000, what: 'the cancel is told' },
    );
    expect(cancelled).toContain(order.acquirerOrderNo);
  });
});

describe('the new API by hand', () => {
  const call = async (
    method: string,
    path: string,
    more: { body?: unknown; authorization?: string } = {},
  ) => {
    const answer = await fetch(`${base}${path}`, {
      method,
      headers: {
        authorization: more.authorization ?? BASIC,
        ...(more.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(more.body === undefined ? {} : { body: JSON.stringify(more.body) }),
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    return {
      status: answer.status,
      bytes,
      body: JSON.parse(bytes.toString('utf8')) as Record<string, unknown>,
    };
  };

  it('gives one bearer token for half an hour, and takes it', async () => {
    const first = await call('POST', '/v1/access-token');
    const second = await call('POST', '/v1/access-token');
    expect(first.body).toMatchObject({ resultCode: '0000', tokenType: 'Bearer' });
    expect(second.body.accessToken).toBe(first.body.accessToken);
    const { tid } = await authenticated();
    const authorization = `Bearer ${String(first.body.accessToken)}`;
    const paid = await call('POST', `/v1/payments/${tid}`, { body: { amount: 50_000 }, authorization });
    expect(paid.body).toMatchObject({ resultCode: '0000', status: 'paid', tid, cancels: null, vbank: null });
    const valid = await call('POST', `/v1/check-amount/${tid}`, { body: { amount: 49_999 }, authorization });
    expect(valid.body).toMatchObject({ resultCode: '0000', isValid: false });
    const wrong = await call('GET', `/v1/payments/${tid}`, { authorization: 'Bearer nobody' });
    expect([wrong.status, wrong.body.resultCode]).toEqual([401, 'U305']);
  });

  it('refuses what is signed wrongly, and answers in EUC-KR where that is asked for', async () => {
    const { tid } = await authenticated();
    const body = { amount: 50_000, ediDate: 'any', signData: sha(tid, 50_001, 'any', SECRET_KEY) };
    expect((await call('POST', `/v1/payments/${tid}`, { body })).body.resultCode).toBe('U312');
    const korean = await call('POST', `/v1/payments/${tid}`, {
      body: { ...body, signData: sha(tid, 50_000, 'any', SECRET_KEY), returnCharSet: 'euc-kr' },
    });
    // 신한 in EUC-KR
    expect(korean.bytes.includes(Buffer.from([0xbd, 0xc5, 0xc7, 0xd1]))).toBe(true);
  });
});

describe('the legacy webapi by hand', () => {
  const card = 'CardNo=4242424242424242&CardExpire=3012';
  const seal = (text: string) => {
    const cipher = createCipheriv('aes-128-ecb', Buffer.from(MERCHANT_KEY.slice(0, 16)), null);
    return Buffer.concat([cipher.update(text), cipher.final()]).toString('hex');
  };
  let serial = 0;
  const keyInForm = (change: Record<string, string> = {}): Record<string, string> => {
    serial += 1;
    const form: Record<string, string> = {
      TID: `nicetest040101260102030405${String(serial).padStart(4, '0')}`,
      MID: 'nicetest04',
      EdiDate: '20260102030405',
      Moid: newOrderNo(),
      Amt: '50000',
      EncData: seal(card),
      CardInterest: '0',
      CardQuota: '00',
      GoodsName: 'Sample',
      CharSet: 'utf-8',
      ...change,
    };
    const SignData = sha(form.MID ?? '', form.Amt ?? '', form.EdiDate ?? '', form.Moid ?? '', MERCHANT_KEY);
    return { SignData, ...form };
  };
  const post = async (form: Record<string, string>) => {
    const answer = await fetch(`${base}/webapi/card_keyin.jsp`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=euc-kr' },
      body: new URLSearchParams(form).toString(),
    });
    return Buffer.from(await answer.arrayBuffer());
  };
  const codeOf = async (form: Record<string, string>) =>
    (JSON.parse((await post(form)).toString('utf8')) as { ResultCode: string }).ResultCode;

  it('takes each TID and each approved order number once', async () => {
    const form = keyInForm();
    expect(await codeOf(form)).toBe('3001');
    expect(await codeOf(form)).toBe('A225');
    expect(await codeOf(keyInForm({ Moid: form.Moid ?? '' }))).toBe('A127');
  });

  it.each([
    ['a short TID', { TID: 'nicetest0401012601020304' }, 'A115'],
    ['the TID of another merchant', { TID: 'nicetest050101260102030405' + '9001' }, 'A122'],
    ['a TID of another method', { TID: 'nicetest040301260102030405' + '9002' }, 'A115'],
    ['an unknown merchant', { MID: 'nicetest99' }, 'A114'],
    ['another signature', { SignData: sha('x') }, 'A211'],
    ['card data under another key', { EncData: '00'.repeat(32) }, 'A204'],
    ['no order number', { Moid: '' }, '9000'],
    ['less than 1,000 won', { Amt: '999' }, '3041'],
    ['an instalment below 50,000 won', { Amt: '49999', CardQuota: '03' }, '3024'],
    ['amounts that do not add up', { SupplyAmt: '40000', GoodsVat: '4000' }, '1615'],
  ])('refuses %s', async (_, change, code) => {
    expect(await codeOf(keyInForm(change))).toBe(code);
  });

  it('answers in EUC-KR, and as key=value, where that is asked for', async () => {
    const bytes = await post(keyInForm({ CharSet: 'euc-kr', EdiType: 'KV' }));
    expect(bytes.toString('latin1')).toMatch(/^ResultCode=3001&.*&Amt=000000050000&/);
    expect(bytes.includes(Buffer.from([0xbd, 0xc5, 0xc7, 0xd1]))).toBe(true);
  });
});
