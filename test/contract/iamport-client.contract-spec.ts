import { Enum, Iamport, Request } from 'iamport-rest-client-nodejs';
import { CARD, newOrderNo } from '../support/merchant';
import { type SandboxProcess, startSandbox } from '../support/sandbox-process';

/*
 * PortOne's own published client, unchanged, against the sandbox: what it asks is understood, what it is answered it
 * can read, and the books follow.
 */
jest.setTimeout(60_000);

const API_KEY = 'sandbox_portone_key_M0000003';
const API_SECRET = 'test_sk_sandbox_portone_M0000003';

let sandbox: SandboxProcess;
let baseUrl: string;

beforeAll(async () => {
  sandbox = await startSandbox();
  baseUrl = sandbox.own(3, 'portone');
});
afterAll(() => sandbox?.stop());

const client = (apiSecret = API_SECRET) => new Iamport({ apiKey: API_KEY, apiSecret, baseUrl });

/** The client's type wants every member of the schema, its server does not. */
type CancelData = Parameters<typeof Request.Payments.cancel>[0];

/** The members that the tests look at. */
interface Shown {
  readonly [name: string]: unknown;
  readonly list?: readonly Record<string, unknown>[];
  readonly failed?: unknown;
}

interface Told {
  readonly status: number;
  readonly data: { readonly code: number; readonly message: string | null; readonly response: Shown };
}

interface Asking {
  request(iamport: Iamport): Promise<unknown>;
}

/** What the client makes of the answer; a rejection is told by the answer that it carries. */
async function ask(asking: Asking, by: Iamport = client()): Promise<Told> {
  try {
    return (await asking.request(by)) as Told;
  } catch (error) {
    return (error as { response: Told }).response;
  }
}

function onetime(merchantUid: string, more: Record<string, unknown> = {}): Asking {
  const data = {
    merchant_uid: merchantUid,
    amount: 50_000,
    card_number: CARD.approved.replace(/\d{4}(?=\d)/g, '$&-'),
    expiry: '2030-12',
    birth: '900101',
    pwd_2digit: '12',
    name: '만년필',
    ...more,
  };
  return Request.Subscribe.onetime(data);
}

const cancel = (data: Partial<CancelData>): Asking => Request.Payments.cancel(data as CancelData);

const find = (merchant_uid: string, status: Enum.StatusEnum): Asking =>
  Request.Payments.getByMerchantUid({ merchant_uid, status, sorting: Enum.SortingEnum.STARTED_DESC });

it('gets a token, and the same one again', async () => {
  const token = () => Request.Authenticate.getToken({ imp_key: API_KEY, imp_secret: API_SECRET });
  const first = await ask(token());
  expect(first.data.code).toBe(0);
  expect(first.data.response.access_token).toMatch(/^[0-9a-f]{40}$/);
  const life = Number(first.data.response.expired_at) - Number(first.data.response.now);
  expect(life).toBeGreaterThan(60_000);
  expect(life).toBeLessThanOrEqual(35 * 60_000);
  expect((await ask(token())).data.response.access_token).toBe(first.data.response.access_token);
});

it('refuses a wrong secret, for the token and so for everything', async () => {
  const wrong = await ask(
    Request.Authenticate.getToken({ imp_key: API_KEY, imp_secret: 'another' }),
    client('another'),
  );
  expect(wrong).toMatchObject({ status: 401, data: { code: -1, response: null } });
  const merchantUid = newOrderNo();
  expect((await ask(onetime(merchantUid), client('another'))).status).toBe(401);
  expect((await ask(find(merchantUid, Enum.StatusEnum.ALL))).status).toBe(404);
});

it('pays by key-in, once for an order number, and finds the payment', async () => {
  const merchantUid = newOrderNo();
  const paid = await ask(onetime(merchantUid, { card_quota: 3, buyer_name: '홍길동' }));
  expect(paid.data).toMatchObject({
    code: 0,
    response: {
      imp_uid: expect.stringMatching(/^imp_\d{12}$/),
      merchant_uid: merchantUid,
      status: 'paid',
      amount: 50_000,
      cancel_amount: 0,
      card_code: '366',
      card_quota: 3,
      card_number: '424242******4242',
      pg_provider: 'nice_v2',
      buyer_name: '홍길동',
      failed_at: 0,
      cancelled_at: 0,
      cancel_history: [],
    },
  });
  expect(paid.data.response.paid_at).toBeInstanceOf(Date);
  const { imp_uid } = paid.data.response;
  const found = await ask(find(merchantUid, Enum.StatusEnum.PAID));
  expect(found.data.response).toMatchObject({ imp_uid, status: 'paid' });
  expect((await ask(find(merchantUid, Enum.StatusEnum.FAILED))).status).toBe(404);
  const again = await ask(onetime(merchantUid));
  expect(again.data).toMatchObject({ code: 1, response: null });
});

it('answers a declined card with a failed payment, whose order number can be used again', async () => {
  const merchantUid = newOrderNo();
  const declined = await ask(onetime(merchantUid, { card_number: '4000-0000-0000-9995' }));
  expect(declined.data).toMatchObject({
    code: 0,
    response: { status: 'failed', paid_at: 0, apply_num: null, fail_reason: '[3095] 한도초과' },
  });
  expect(declined.data.response.failed_at).toBeInstanceOf(Date);
  expect((await ask(onetime(merchantUid))).data.response.status).toBe('paid');
  const all = await ask(
    Request.Payments.getByMerchantUids({
      merchant_uid: merchantUid,
      status: Enum.StatusEnum.ALL,
      sorting: Enum.SortingEnum.STARTED_ASC,
      page: 1,
    }),
  );
  expect(all.data.response).toMatchObject({ total: 2, previous: 0, next: 0 });
  expect(all.data.response.list?.map(({ status }) => status)).toEqual(['failed', 'paid']);
});

it('cancels a part and then the rest, each against the balance', async () => {
  const merchantUid = newOrderNo();
  const { imp_uid } = (await ask(onetime(merchantUid))).data.response as { imp_uid: string };
  const wrong = await ask(cancel({ imp_uid, amount: 20_000, checksum: 49_999 }));
  expect(wrong.data).toMatchObject({ code: 1, response: null });
  const part = await ask(cancel({ imp_uid, amount: 20_000, checksum: 50_000, reason: '일부' }));
  expect(part.data.response).toMatchObject({
    cancel_amount: 20_000,
    cancel_history: [{ amount: 20_000, reason: '일부' }],
  });
  expect((await ask(cancel({ imp_uid, amount: 30_001 }))).data.code).not.toBe(0);
  const rest = await ask(cancel({ merchant_uid: merchantUid, checksum: 30_000 }));
  expect(rest.data.response).toMatchObject({ status: 'cancelled', cancel_amount: 50_000 });
  const over = await ask(cancel({ imp_uid }));
  expect(over.data).toMatchObject({ code: 1, message: '이미 전액취소된 주문입니다.' });
  const unknown = await ask(cancel({ imp_uid: 'imp_000000000000', merchant_uid: merchantUid }));
  expect(unknown.data).toMatchObject({ code: 1, message: '취소할 결제건이 존재하지 않습니다.' });
  expect((await ask(onetime(merchantUid))).data.code).toBe(1);
});

it('lists payments by their ids, with HTTP 207 where one is not there', async () => {
  const ids = await Promise.all(
    [newOrderNo(), newOrderNo()].map(
      async (uid) => (await ask(onetime(uid))).data.response.imp_uid as string,
    ),
  );
  const both = await ask(Request.Payments.getByImpUids({ imp_uid: ids }));
  expect(both.status).toBe(200);
  const some = await ask(Request.Payments.getByImpUids({ imp_uid: [...ids, 'imp_000000000000'] }));
  expect(some.status).toBe(207);
  expect(some.data.response).toHaveLength(2);
});

it('registers an amount before the window, reads it back, and knows cards and banks', async () => {
  const merchant_uid = newOrderNo();
  const prepared = await ask(Request.Prepare.postAmount({ merchant_uid, amount: 7_000 }));
  expect(prepared.data.response).toMatchObject({ merchant_uid, amount: 7_000 });
  expect((await ask(Request.Prepare.getAmount({ merchant_uid }))).data.response.amount).toBe(7_000);
  const { data } = await ask(Request.Cards.getCard({ code: Enum.CardCodeEnum.SHINHAN }));
  expect(data.response).toMatchObject({ code: '366', name: '신한카드' });
  expect((await ask(Request.Banks.getBanks())).data.response).toContainEqual({
    code: '088',
    name: '신한은행',
  });
});

it('stores a card under a name of the shop, charges it, and forgets it', async () => {
  const customer_uid = `customer_${newOrderNo()}`;
  const stored = await ask(
    Request.Customers.postBillingKey({
      customer_uid,
      pg: 'nice_v2',
      card_number: CARD.approved.replace(/\d{4}(?=\d)/g, '$&-'),
      expiry: '2030-12',
      birth: '900101',
    } as Parameters<typeof Request.Customers.postBillingKey>[0]),
  );
  expect(stored.data.response).toMatchObject({ customer_uid, card_number: '424242******4242' });
  expect(stored.data.response.inserted).toBeInstanceOf(Date);
  const again = (): Asking =>
    Request.Subscribe.again({
      customer_uid,
      merchant_uid: newOrderNo(),
      amount: 9_000,
      name: '정기결제',
    });
  const paid = await ask(again());
  expect(paid.data.response).toMatchObject({ status: 'paid', amount: 9_000, customer_uid });
  const removed = await ask(Request.Customers.deleteBillingKey({ customer_uid }));
  expect(removed.data.response).toMatchObject({ customer_uid });
  expect((await ask(Request.Customers.getBillingKey({ customer_uid }))).status).toBe(404);
  expect((await ask(again())).data).toMatchObject({ response: null });
});

it('issues a virtual account and closes it, and knows an account holder', async () => {
  const merchant_uid = newOrderNo();
  const data = {
    channel_key: 'channel-key-sandbox-portone-M0000003',
    merchant_uid,
    amount: 12_000,
    vbank_code: '088',
    vbank_due: Math.floor(Date.now() / 1_000) + 86_400,
    vbank_holder: '만년필상점',
  };
  const issued = await ask(Request.Vbanks.post(data as unknown as Parameters<typeof Request.Vbanks.post>[0]));
  expect(issued.data.response).toMatchObject({
    merchant_uid,
    status: 'ready',
    pay_method: 'vbank',
    vbank_code: '088',
    vbank_num: expect.stringMatching(/^\d{13}$/),
  });
  const { imp_uid } = issued.data.response as { imp_uid: string };
  const closed = await ask(Request.Vbanks.delete({ imp_uid }));
  expect(closed.data.response).toMatchObject({ imp_uid, status: 'cancelled', cancel_amount: 0, paid_at: 0 });
  expect((await ask(Request.Vbanks.delete({ imp_uid }))).status).toBe(400);
  const holder = (bank_num: string): Asking =>
    Request.Vbanks.getHolder({ bank_code: Enum.BankCodeEnum.SHIN_HAN, bank_num });
  expect((await ask(holder('110123456789'))).data.response).toMatchObject({ bank_holder: '홍길동' });
  expect((await ask(holder('110123450000'))).status).toBe(404);
});

it('takes what older clients send: a form, and the token without Bearer', async () => {
  const merchantUid = newOrderNo();
  const form = (path: string, fields: Record<string, string>, authorization = '') =>
    fetch(`${baseUrl}${path}`, {
      method: 'POST',
      headers: { authorization },
      body: new URLSearchParams(fields),
    });
  const token = await form('/users/getToken', { imp_key: API_KEY, imp_secret: API_SECRET });
  const { response } = (await token.json()) as { response: { access_token: string } };
  const fields = {
    merchant_uid: merchantUid,
    amount: '50000',
    card_number: '4242-4242-4242-4242',
    expiry: '2030-12',
  };
  const without = await form('/subscribe/payments/onetime', fields);
  expect(without.status).toBe(401);
  expect(await without.json()).toEqual({ code: -1, message: 'Unauthorized', response: null });
  const paid = await form('/subscribe/payments/onetime', fields, response.access_token);
  expect(await paid.json()).toMatchObject({ code: 0, response: { status: 'paid', amount: 50_000 } });
});

it('books what the client was told', async () => {
  const merchantUid = newOrderNo();
  const { imp_uid } = (await ask(onetime(merchantUid))).data.response;
  await ask(cancel({ imp_uid: imp_uid as string, amount: 1_000 }));
  const answer = await fetch(
    `${sandbox.url}/__sandbox/ledger?acquirer=portone&acquirerOrderNo=${merchantUid}`,
  );
  const { data } = (await answer.json()) as { data: object[] };
  expect(data).toMatchObject([
    { kind: 'approval', acquirerTransactionId: imp_uid, amount: 50_000 },
    { kind: 'cancel', acquirerTransactionId: imp_uid, amount: 1_000 },
  ]);
});
