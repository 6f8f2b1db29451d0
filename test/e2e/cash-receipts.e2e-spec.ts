import { SqlPool } from '../../src/common/db/pool';
import { type ApiAnswer, MerchantClient, newOrderNo } from '../support/merchant';
import type { SandboxControl } from '../support/sandbox-control';
import { Stack } from '../support/stack';

jest.setTimeout(180_000);

/** A merchant whose acquirers issue no receipts: Popbill does. */
const MID = 'M0000006';
const DOUBLES = 50;
const PHONE = '01077315599';
const CARD = '4000007731559909';
const BUSINESS = '0008900096';
/** Control: what may be kept, and proves that a search would find. */
const GOODS = 'canary-receipt-7731';

let stack: Stack;
let merchant: MerchantClient;
let popbill: SandboxControl;
let pool: SqlPool;

beforeAll(async () => {
  stack = await Stack.start('receipts', { apis: 2 });
  merchant = new MerchantClient(stack.api.url, MID);
  popbill = stack.control.of('popbill');
  pool = new SqlPool(stack.databaseUrl, { connectionsMax: 2, waitMs: 5_000, queryTimeoutMs: 10_000 });
});
afterAll(async () => {
  await pool?.close();
  await stack?.stop();
});
afterEach(() => popbill.clear());

const order = (more: Record<string, unknown> = {}) => ({
  orderNo: newOrderNo(),
  amount: 55_000,
  purpose: 'INCOME_DEDUCTION',
  identifier: PHONE,
  goodsName: GOODS,
  ...more,
});
const at = (index: number) => new MerchantClient(stack.apis[index % 2]!.url, MID);
const issue = (body: Record<string, unknown>, client = merchant): Promise<ApiAnswer> =>
  client.send('POST', '/v1/cash-receipts', body);
const cancel = (id: unknown, body: Record<string, unknown> = {}, client = merchant, headers = {}) =>
  client.send('POST', `/v1/cash-receipts/${String(id)}/cancel`, { reason: '고객 변심', ...body }, headers);
const read = (id: unknown, client = merchant) => client.send('GET', `/v1/cash-receipts/${String(id)}`);
const tally = (values: readonly string[]) =>
  values.reduce<Record<string, number>>((sums, value) => ({ ...sums, [value]: (sums[value] ?? 0) + 1 }), {});

async function numberOf(receiptId: unknown): Promise<string> {
  const rows = await pool.execute<{ acquirer_order_no: string }[]>(
    'SELECT acquirer_order_no FROM cash_receipts WHERE id = ?',
    [String(receiptId)],
  );
  return rows[0]!.acquirer_order_no;
}

/** What Popbill has of a receipt: itself, and its cancels. */
async function booked(receiptId: unknown) {
  const number = await numberOf(receiptId);
  const all = await popbill.cashReceipts();
  const issued = all.filter(({ acquirerOrderNo }) => acquirerOrderNo === number);
  const cancels = all.filter(
    ({ originalApprovalNo }) => originalApprovalNo !== null && originalApprovalNo === issued[0]?.approvalNo,
  );
  return { issued, cancels };
}

async function until<T>(what: () => Promise<T>, isRight: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const value = await what();
    if (isRight(value)) return value;
    if (Date.now() > deadline) throw new Error(`it never came to that: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const statusOf = async (id: unknown) => String((await read(id)).body.status);

describe('an issue', () => {
  it.each([
    ['INCOME_DEDUCTION', '010-7731-5599', '010****5599', 'PHONE'],
    ['INCOME_DEDUCTION', CARD, '400000******9909', 'CARD'],
    ['EXPENSE_PROOF', BUSINESS, '000*****96', 'BUSINESS_NUMBER'],
    ['VOLUNTARY', undefined, '0100001234', 'VOLUNTARY'],
  ])('for %s to %s stands at the provider, split and masked', async (purpose, identifier, masked, kind) => {
    const { status, body } = await issue(
      order({ purpose, identifier, amount: 50_000, taxFreeAmount: 10_000, serviceCharge: 7_000 }),
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ outcome: 'SUCCESS', status: 'ISSUED', mid: MID, provider: 'popbill', purpose },
      ...{ identifier: masked, identifierKind: kind, amount: 50_000, supplyAmount: 30_000, vat: 3_000 },
      ...{ taxFreeAmount: 10_000, serviceCharge: 7_000, balanceAmount: 50_000 },
      approvalNo: expect.stringMatching(/^\d{9}$/) as unknown,
    });
    const { issued } = await booked(body.receiptId);
    expect(issued).toMatchObject([{ kind: 'issue', amount: 50_000, approvalNo: body.approvalNo }]);
    expect((await read(body.receiptId)).body).toMatchObject({
      receiptId: body.receiptId,
      events: [{ to: 'IN_PROGRESS' }, { from: 'IN_PROGRESS', to: 'ISSUED' }],
      cancels: [],
    });
    const told = await pool.execute<{ data: string }[]>(
      `SELECT data FROM outbox_events WHERE subject_id = ? AND type = 'cash_receipt.issued'`,
      [String(body.receiptId)],
    );
    expect(told.map(({ data }) => JSON.parse(data) as object)).toMatchObject([
      { receiptId: body.receiptId, identifier: masked, amount: 50_000 },
    ]);
  });

  it.each([
    ['no identifier', { identifier: undefined }, ['identifier']],
    ['a phone for EXPENSE_PROOF', { purpose: 'EXPENSE_PROOF' }, ['identifier']],
    ['a wrong check digit', { purpose: 'EXPENSE_PROOF', identifier: '0008900097' }, ['identifier']],
    ['somebody’s phone for VOLUNTARY', { purpose: 'VOLUNTARY' }, ['identifier']],
    ['a card with a wrong digit', { identifier: '4000007731559908' }, ['identifier']],
    ['a number', { identifier: 1077315599 }, ['identifier']],
    ['an unknown purpose', { purpose: 'GIFT' }, ['purpose']],
    [
      'parts above the amount',
      { amount: 100, taxFreeAmount: 60, serviceCharge: 41 },
      ['taxFreeAmount', 'serviceCharge'],
    ],
    [
      'everything wrong',
      { orderNo: '!', amount: 0, taxFreeAmount: -1, purpose: 1, identifier: 'x', goodsName: '', extra: 1 },
      ['orderNo', 'amount', 'taxFreeAmount', 'purpose', 'identifier', 'goodsName', 'extra'],
    ],
  ])('with %s names every bad field and repeats no value', async (_what, wrong, fields) => {
    const answer = await issue(order(wrong));
    expect([answer.status, answer.body.code]).toEqual([400, 'VALIDATION_FAILED']);
    expect(new Set(answer.body.errors?.map(({ field }) => field))).toEqual(new Set(fields));
    const { identifier } = { ...order(), ...wrong } as { identifier?: unknown };
    if (typeof identifier === 'string' && identifier.length > 5)
      expect(answer.text).not.toContain(identifier);
  });

  it('where no contract issues receipts is 422, and nothing is kept', async () => {
    const enable = (enabled: 0 | 1) =>
      pool.execute("UPDATE acquirer_contracts SET enabled = ? WHERE mid = 'M0000003'", [enabled]);
    await enable(0);
    const answer = await issue(order(), new MerchantClient(stack.api.url, 'M0000003'));
    await enable(1);
    expect([answer.status, answer.body.code]).toEqual([422, 'NO_CASH_RECEIPT_CONTRACT']);
  });

  it('that is refused tells the provider’s reason, and may be tried again with another number', async () => {
    await popbill.arm('cashReceipt', 'decline:-14001001', { times: 1 });
    const content = order();
    const refused = await issue(content);
    expect([refused.status, refused.body.code]).toEqual([422, 'CASH_RECEIPT_REFUSED']);
    expect(refused.body).toMatchObject({
      outcome: 'FAILURE',
      acquirer: { name: 'popbill', code: '-14001001' },
    });
    const other = await issue({ ...content, amount: 55_001 });
    expect([other.status, other.body.code]).toEqual([409, 'ORDER_NO_CONFLICT']);
    const again = await issue({ ...content, identifier: CARD });
    expect(again.body).toMatchObject({
      outcome: 'SUCCESS',
      receiptId: refused.body.receiptId,
      identifierKind: 'CARD',
    });
    expect((await booked(again.body.receiptId)).issued).toHaveLength(1);
  });
});

describe('doubles', () => {
  it(`of one order, ${DOUBLES} at once over two processes, are one receipt at the provider`, async () => {
    await popbill.latency(100);
    const content = order();
    const answers = await Promise.all(
      Array.from({ length: DOUBLES }, (_, index) => issue(content, at(index))),
    );
    await popbill.latency(0);
    const good = answers.filter(({ status }) => status === 200);
    expect(good.filter(({ body }) => body.outcome === 'SUCCESS')).toHaveLength(1);
    expect(new Set(good.map(({ body }) => body.receiptId)).size).toBe(1);
    const others = answers
      .filter(({ status }) => status !== 200)
      .map(({ status, body }) => `${status} ${body.code}`);
    expect([...new Set(others)]).toEqual(others.length === 0 ? [] : ['409 CASH_RECEIPT_IN_PROGRESS']);
    expect((await booked(good[0]!.body.receiptId)).issued).toHaveLength(1);
    const again = await issue(content, at(1));
    expect(again.body).toMatchObject({ outcome: 'DUPLICATE', approvalNo: good[0]!.body.approvalNo });
    for (const other of [{ amount: 55_001 }, { identifier: CARD }, { goodsName: 'other' }]) {
      const conflict = await issue({ ...content, ...other });
      expect([conflict.status, conflict.body.code]).toEqual([409, 'ORDER_NO_CONFLICT']);
    }
  });

  it('belong to their merchant alone; another’s receipt is not there', async () => {
    const content = order();
    const mine = await issue(content);
    const stranger = new MerchantClient(stack.api.url, 'M0000004');
    expect((await issue(content, stranger)).body).toMatchObject({ outcome: 'SUCCESS', mid: 'M0000004' });
    for (const answer of [
      await read(mine.body.receiptId, stranger),
      await cancel(mine.body.receiptId, {}, stranger),
    ])
      expect([answer.status, answer.body.code]).toEqual([404, 'CASH_RECEIPT_NOT_FOUND']);
    expect((await read('crc_x')).status).toBe(404);
  });
});

describe('a lost answer', () => {
  it.each(['drop-after', 'garbage'])('(%s) is found out at once and issued once', async (fault) => {
    await popbill.arm('cashReceipt', fault, { times: 1 });
    const { status, body } = await issue(order());
    expect([status, body.outcome, body.status]).toEqual([200, 'SUCCESS', 'ISSUED']);
    expect((await booked(body.receiptId)).issued).toHaveLength(1);
  });

  it('that cannot be looked up at once is found by the worker', async () => {
    await popbill.arm('cashReceipt', 'drop-after', { times: 1 });
    await popbill.arm('inquire', 'status:503', { times: 2 });
    const lost = await issue(order());
    expect([lost.status, lost.body.code]).toEqual([504, 'CASH_RECEIPT_TIMEOUT']);
    expect(lost.body).toMatchObject({ outcome: 'UNKNOWN', receiptStatus: 'IN_PROGRESS' });
    await until(
      () => statusOf(lost.body.receiptId),
      (status) => status === 'ISSUED',
    );
    expect((await booked(lost.body.receiptId)).issued).toHaveLength(1);
  });

  it.each(['drop-before', 'status:500'])(
    '(%s) that was never processed is sent once more, much later',
    async (fault) => {
      await popbill.arm('cashReceipt', fault, { times: 1 });
      const content = order();
      const lost = await issue(content);
      expect(lost.status).toBe(504);
      const same = await issue(content);
      expect([same.status, same.body.code]).toEqual([409, 'CASH_RECEIPT_IN_PROGRESS']);
      await until(
        () => statusOf(lost.body.receiptId),
        (status) => status === 'ISSUED',
      );
      expect((await booked(lost.body.receiptId)).issued).toHaveLength(1);
      expect((await issue(content)).body.outcome).toBe('DUPLICATE');
    },
  );

  it('is no question where no token was had: nothing was sent, and the same order may come again', async () => {
    // Its own acquirer would issue it, so that contract is closed before anybody has read it.
    const fresh = new MerchantClient(stack.api.url, 'M0000004');
    await pool.execute("UPDATE acquirer_contracts SET enabled = 0 WHERE mid = ? AND acquirer = 'nicepay'", [
      fresh.mid,
    ]);
    await popbill.arm('token', 'status:500', { times: 1 });
    const content = order();
    const unsent = await issue(content, fresh);
    expect([unsent.status, unsent.body.code]).toEqual([503, 'ACQUIRER_UNAVAILABLE']);
    expect((await issue(content, fresh)).body).toMatchObject({ outcome: 'SUCCESS' });
  });
});

describe('cancels', () => {
  it('refer to the original approval, take their parts, and leave nothing', async () => {
    const { body } = await issue(order({ amount: 50_000, taxFreeAmount: 10_000 }));
    const part = await cancel(body.receiptId, { cancelAmount: 11_000 });
    expect(part.status).toBe(200);
    expect(part.body).toMatchObject({
      ...{ status: 'PARTIALLY_CANCELLED', balanceAmount: 39_000, cancelledAmount: 11_000 },
      cancel: { status: 'DONE', amount: 11_000, supplyAmount: 10_000, vat: 1_000, taxFreeAmount: 0 },
    });
    const rest = await cancel(body.receiptId);
    expect(rest.body).toMatchObject({
      status: 'CANCELLED',
      cancel: { amount: 39_000, supplyAmount: 26_364, vat: 2_636, taxFreeAmount: 10_000 },
    });
    const again = await cancel(body.receiptId);
    expect([again.status, again.body.code]).toEqual([409, 'ALREADY_CANCELLED']);
    const { cancels } = await booked(body.receiptId);
    expect(cancels.map(({ amount }) => amount)).toEqual([11_000, 39_000]);
    const told = await pool.execute<unknown[]>(
      `SELECT 1 FROM outbox_events WHERE subject_id = ? AND type = 'cash_receipt.cancelled'`,
      [String(body.receiptId)],
    );
    expect(told).toHaveLength(2);
  });

  it(`of a part, ${DOUBLES} at once over two processes, never pass the amount`, async () => {
    const { body } = await issue(order({ amount: 10_000 }));
    const answers = await Promise.all(
      Array.from({ length: DOUBLES }, (_, index) =>
        cancel(body.receiptId, { cancelAmount: 1_000 }, at(index)),
      ),
    );
    const ends = tally(answers.map(({ status, body: { code } }) => `${status} ${code ?? ''}`.trim()));
    expect(Object.values(ends).reduce((sum, count) => sum + count)).toBe(DOUBLES);
    const after = await until(
      () => read(body.receiptId),
      (seen) => seen.body.status === 'CANCELLED',
    );
    expect(after.body).toMatchObject({ balanceAmount: 0, pendingCancelAmount: 0, cancelledAmount: 10_000 });
    const { cancels } = await booked(body.receiptId);
    expect(cancels).toHaveLength(10);
    // On a busy machine some wait for their turn in vain; nobody else is told anything but the truth.
    expect(ends['200']).toBeLessThanOrEqual(10);
    expect(Object.keys(ends).filter((end) => !/^(200|409 |503 |504 )/.test(end))).toEqual([]);
  });

  it.each([
    ['drop-after', 200],
    ['garbage', 200],
    ['drop-before', 504],
    ['status:502', 504],
  ])('whose answer is lost (%s) are done once', async (fault, status) => {
    const { body } = await issue(order());
    await popbill.arm('cashReceipt', fault, { times: 1 });
    expect((await cancel(body.receiptId, { cancelAmount: 5_000 })).status).toBe(status);
    await until(
      () => statusOf(body.receiptId),
      (seen) => seen === 'PARTIALLY_CANCELLED',
    );
    expect((await booked(body.receiptId)).cancels).toHaveLength(1);
  });

  it('that are refused give the amount back', async () => {
    const { body } = await issue(order());
    await popbill.arm('cashReceipt', 'decline:-14001021', { times: 1 });
    const refused = await cancel(body.receiptId);
    expect([refused.status, refused.body.code]).toEqual([422, 'CANCEL_REFUSED']);
    expect((await read(body.receiptId)).body).toMatchObject({ status: 'ISSUED', balanceAmount: 55_000 });
    expect((await cancel(body.receiptId)).body).toMatchObject({ status: 'CANCELLED' });
  });

  it('with the same key are one cancel; bad ones name their fields', async () => {
    const { body } = await issue(order());
    const key = { 'idempotency-key': newOrderNo() };
    const wish = { cancelAmount: 1_000 };
    const first = await cancel(body.receiptId, wish, merchant, key);
    expect((await cancel(body.receiptId, wish, merchant, key)).body).toEqual(first.body);
    expect((await booked(body.receiptId)).cancels).toHaveLength(1);
    const bad = await cancel(body.receiptId, { cancelAmount: 0, reason: '', x: 1 });
    expect(bad.status).toBe(400);
    expect(new Set(bad.body.errors?.map(({ field }) => field))).toEqual(
      new Set(['cancelAmount', 'reason', 'x']),
    );
    const over = await cancel(body.receiptId, { cancelAmount: 54_001 });
    expect([over.status, over.body.code]).toEqual([409, 'CANCEL_AMOUNT_EXCEEDS_BALANCE']);
  });
});

describe('a merchant of TossPayments', () => {
  const client = () => new MerchantClient(stack.api.url, 'M0000001');
  const bookedAtToss = async (receiptId: unknown) => {
    const number = await numberOf(receiptId);
    const all = await stack.control.cashReceipts();
    const [issued] = all.filter(
      ({ acquirerOrderNo, kind }) => acquirerOrderNo === number && kind === 'issue',
    );
    return {
      issues: all.filter(({ acquirerOrderNo, kind }) => acquirerOrderNo === number && kind === 'issue')
        .length,
      cancels: all
        .filter(({ originalApprovalNo }) => originalApprovalNo === issued?.approvalNo)
        .map(({ amount }) => amount),
    };
  };
  afterEach(() => stack.control.clear());

  it('has its receipts issued and cancelled by TossPayments, in parts', async () => {
    const { status, body } = await issue(order(), client());
    expect(status).toBe(200);
    expect(body).toMatchObject({ outcome: 'SUCCESS', provider: 'toss', identifier: '010****5599' });
    expect((await cancel(body.receiptId, { cancelAmount: 11_000 }, client())).body.status).toBe(
      'PARTIALLY_CANCELLED',
    );
    expect((await cancel(body.receiptId, {}, client())).body.status).toBe('CANCELLED');
    expect(await bookedAtToss(body.receiptId)).toEqual({ issues: 1, cancels: [11_000, 44_000] });
  });

  it.each(['drop-after', 'garbage', 'drop-before', 'status:500'])(
    'gets one of each after a lost answer (%s)',
    async (fault) => {
      await stack.control.arm('cashReceipt', fault, { times: 1 });
      const { body } = await issue(order(), client());
      const issued = await until(
        () => read(body.receiptId, client()),
        (seen) => seen.body.status === 'ISSUED',
      );
      expect((await cancel(body.receiptId, { cancelAmount: 5_000 }, client())).status).toBe(200);
      await stack.control.arm('cashReceipt', fault, { times: 1 });
      await cancel(body.receiptId, { cancelAmount: 5_000 }, client());
      await until(
        () => read(body.receiptId, client()),
        (seen) => seen.body.cancelledAmount === 10_000,
      );
      expect(issued.body.approvalNo).toMatch(/^\d{9}$/);
      expect(await bookedAtToss(body.receiptId)).toEqual({ issues: 1, cancels: [5_000, 5_000] });
    },
  );

  it(`has one receipt of ${DOUBLES} doubles at once`, async () => {
    const content = order();
    const ends = await Promise.all(
      Array.from({ length: DOUBLES }, (_, index) =>
        issue(content, new MerchantClient(stack.apis[index % 2]!.url, 'M0000001')),
      ),
    );
    const [good] = ends.filter(({ status }) => status === 200);
    expect(await bookedAtToss(good!.body.receiptId)).toEqual({ issues: 1, cancels: [] });
  });
});

describe('afterwards', () => {
  it('the books agree', async () => {
    expect((await stack.verify()).output).toContain('0 violations');
  });

  it('nobody’s number stands in a log or in a table', async () => {
    const secrets = [
      PHONE,
      '010-7731-5599',
      CARD,
      Buffer.from('popbill sandbox link secret key!').toString('base64'),
    ];
    for (const secret of secrets) expect(stack.output).not.toContain(secret);
    const columns = await pool.execute<{ t: string; c: string }[]>(
      'SELECT TABLE_NAME AS t, COLUMN_NAME AS c FROM information_schema.columns WHERE table_schema = DATABASE()',
    );
    const found: string[] = [];
    for (const { t, c } of columns) {
      for (const text of [...secrets, GOODS]) {
        const rows = await pool.execute<unknown[]>(
          `SELECT 1 FROM ${t} WHERE INSTR(\`${c}\`, ?) > 0 LIMIT 1`,
          [text],
        );
        if (rows.length > 0) found.push(`${t}.${c} ${text}`);
      }
    }
    expect(found.filter((one) => !one.endsWith(GOODS))).toEqual([]);
    expect(found).toContain(`cash_receipts.goods_name ${GOODS}`);
  });
});
