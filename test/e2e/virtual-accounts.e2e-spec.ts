import { SqlPool } from '../../src/common/db/pool';
import { AccountShop, accountWish, type IssuedAccount, REFUND_TO } from '../support/accounts';
import { keyIn } from '../support/merchant';
import { eventually } from '../support/program';
import type { SandboxControl } from '../support/sandbox-control';
import { Stack } from '../support/stack';

jest.setTimeout(180_000);

let stack: Stack;
let toss: SandboxControl;
let shop: AccountShop;
let pool: SqlPool;

beforeAll(async () => {
  stack = await Stack.start('accounts', { apis: 2, webhookUrl: true });
  toss = stack.control.of('toss');
  shop = new AccountShop(stack.merchant);
  pool = new SqlPool(stack.databaseUrl, { connectionsMax: 1, waitMs: 5_000, queryTimeoutMs: 10_000 });
});
afterAll(async () => {
  await pool?.close();
  await stack?.stop();
});
afterEach(() => stack.control.clear());

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString();
const orderAt = ({ paymentId }: IssuedAccount) => paymentId;
const deposit = (account: IssuedAccount, amount = account.amount) =>
  toss.deposit(account.accountNumber, amount, '홍길동');
const told = async ({ virtualAccountId }: IssuedAccount): Promise<readonly string[]> => {
  const rows = await pool.execute<{ type: string }[]>(
    'SELECT type FROM outbox_events WHERE subject_id = ? ORDER BY seq',
    [virtualAccountId],
  );
  return rows.map(({ type }) => type.replace('virtual_account.', ''));
};
const steps = async (account: IssuedAccount) => (await shop.payment(account)).events.map(({ to }) => to);
/** An account whose money has come. */
async function deposited(more: Record<string, unknown> = {}): Promise<IssuedAccount> {
  const account = await shop.issue(more);
  expect(await deposit(account)).toBe(true);
  await shop.becomes(account, 'APPROVED');
  return account;
}
const refund = (account: IssuedAccount, more: Record<string, unknown> = {}, headers = {}) =>
  stack.merchant.cancel(account.paymentId, { refundAccount: REFUND_TO, ...more }, headers);

describe('issuing a virtual account', () => {
  it('gives an account that waits, and shows it again', async () => {
    const wish = accountWish({ validHours: 2, taxFreeAmount: 1_000, buyerPhone: '01012345678' });
    const first = await shop.ask(wish);
    expect([first.status, first.body.outcome]).toEqual([201, 'SUCCESS']);
    expect(first.body).toMatchObject({
      virtualAccountId: expect.stringMatching(/^vac_/),
      paymentId: expect.stringMatching(/^pay_/),
      status: 'WAITING_FOR_DEPOSIT',
      amount: 41_000,
      bankCode: '088',
      bankName: 'Shinhan',
      accountNumber: expect.stringMatching(/^X9\d{12}$/),
      holderName: '홍길동',
      acquirer: 'toss',
      depositedAt: null,
    });
    const account = first.body as unknown as IssuedAccount;
    const hours = (Date.parse(first.body.dueAt as string) - Date.now()) / 3_600_000;
    expect(hours).toBeCloseTo(2, 1);
    expect((await shop.look(account)).body).toMatchObject({ accountNumber: account.accountNumber });
    expect(await shop.payment(account)).toMatchObject({
      method: 'VIRTUAL_ACCOUNT',
      status: 'WAITING_FOR_DEPOSIT',
      balanceAmount: 0,
      attempts: [{ operation: 'OPEN', outcome: 'OPENED' }],
    });
    expect(await told(account)).toEqual(['issued']);
    const again = await shop.ask(wish);
    expect([again.status, again.body.outcome, again.body.accountNumber]).toEqual([
      200,
      'DUPLICATE',
      account.accountNumber,
    ]);
    const other = await shop.ask({ ...wish, amount: 42_000 });
    expect([other.status, other.body.code]).toEqual([409, 'ORDER_NO_CONFLICT']);
  });

  it('asks the acquirer once for 50 of one order over two API processes', async () => {
    const wish = accountWish();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => shop.ask(wish, {}, stack.apis[n % 2]!.merchant)),
    );
    const outcomes = answers.map(({ status, body }) => `${status} ${body.outcome ?? body.code}`);
    // A machine that is too busy may lose the one answer: then nobody is told of an account.
    const told = outcomes.filter((outcome) => /^(201|504) /.test(outcome));
    expect(outcomes.filter((outcome) => outcome === '201 SUCCESS').length).toBeLessThanOrEqual(1);
    expect(told.length).toBeGreaterThan(0);
    for (const outcome of outcomes)
      expect(outcome).toMatch(/^(201 SUCCESS|200 DUPLICATE|409 PAYMENT_IN_PROGRESS|504 ACQUIRER_TIMEOUT)$/);
    const { paymentId } = answers[0]!.body;
    expect(new Set(answers.map(({ body }) => body.paymentId))).toEqual(new Set([paymentId]));
    expect(await toss.calls('virtualAccount', paymentId)).toBe(1);
  });

  it.each([
    [{ bankCode: '999' }, 'bankCode'],
    [{ expiresAt: '2020-01-01T00:00:00+09:00' }, 'expiresAt'],
    [{ expiresAt: '2020-01-01' }, 'expiresAt'],
    [{ validHours: 0 }, 'validHours'],
    [{ validHours: 2_161 }, 'validHours'],
    [{ taxFreeAmount: 41_001 }, 'taxFreeAmount'],
    [{ customerName: '' }, 'customerName'],
    [{ amount: 99 }, 'amount'],
    [{ cardNumber: '4242424242424242' }, 'cardNumber'],
  ])('refuses %j', async (wrong, field) => {
    const refused = await shop.ask(accountWish(wrong));
    expect([refused.status, refused.body.code]).toEqual([400, 'VALIDATION_FAILED']);
    expect(refused.body.errors?.map((error) => error.field)).toContain(field);
  });

  it('tells a refusal of the acquirer, and may be tried again', async () => {
    const wish = accountWish();
    await toss.arm('virtualAccount', 'decline:NOT_AVAILABLE_BANK', { times: 1 });
    const refused = await shop.ask(wish);
    expect([refused.status, refused.body.code, refused.body.outcome]).toEqual([
      402,
      'ACQUIRER_REJECTED',
      'FAILURE',
    ]);
    expect(refused.body.acquirer).toMatchObject({ code: 'NOT_AVAILABLE_BANK' });
    const again = await shop.ask(wish);
    expect([again.status, again.body.outcome]).toEqual([201, 'SUCCESS']);
    expect(again.body.paymentId).toBe(refused.body.paymentId);
  });

  it.each(['drop-after', 'status:500', 'garbage'])(
    'closes what it cannot tell of after %s: nobody can deposit into it',
    async (fault) => {
      const wish = accountWish();
      await toss.arm('virtualAccount', fault, { times: 1 });
      const lost = await shop.ask(wish);
      expect([lost.status, lost.body.code]).toEqual([504, 'ACQUIRER_TIMEOUT']);
      const { paymentId } = lost.body;
      await eventually(
        async () => ((await stack.merchant.payment(paymentId)).body.status === 'REVERSED' ? true : undefined),
        { withinMs: 90_000, what: `${paymentId} is undone` },
      );
      expect((await shop.ask(wish)).status).toBe(504);
      expect(await toss.charged(paymentId)).toBe(0);
    },
  );

  it('believes that there is none only after the acquirer’s longest time', async () => {
    await toss.arm('virtualAccount', 'drop-before', { times: 1 });
    const lost = await shop.ask(accountWish());
    expect([lost.status, lost.body.status, lost.body.outcome]).toEqual([504, 'REVERSING', 'UNKNOWN']);
    await shop.becomes(lost.body as unknown as IssuedAccount, 'REVERSED');
  });

  it('says 503 when the acquirer cannot be reached, and goes on later under the same order', async () => {
    const wish = accountWish();
    await toss.arm('virtualAccount', 'refuse-connection');
    const refused = await shop.ask(wish);
    expect([refused.status, refused.body.code]).toEqual([503, 'ACQUIRER_UNAVAILABLE']);
    await stack.control.clear();
    expect((await shop.ask(wish)).status).toBe(201);
  });

  it('is shown to its own merchant only, and needs credentials', async () => {
    const account = await shop.issue();
    const stranger = new AccountShop(stack.apis[1]!.merchant.as('M0000002'));
    const hidden = await stranger.look(account);
    expect([hidden.status, hidden.body.code]).toEqual([404, 'VIRTUAL_ACCOUNT_NOT_FOUND']);
    expect((await stranger.close(account)).status).toBe(404);
  });
});

describe('a deposit', () => {
  it('approves its payment once, and the merchant is told once', async () => {
    const account = await shop.issue();
    expect(await deposit(account, 40_999)).toBe(false);
    expect(await deposit(account, 41_001)).toBe(false);
    expect(await deposit(account)).toBe(true);
    await shop.becomes(account, 'APPROVED');
    expect(await deposit(account)).toBe(false);
    expect((await shop.look(account)).body).toMatchObject({
      status: 'APPROVED',
      depositedAt: expect.any(String),
    });
    expect(await steps(account)).toEqual(['IN_PROGRESS', 'WAITING_FOR_DEPOSIT', 'APPROVED']);
    expect(await told(account)).toEqual(['issued', 'deposited']);
    expect(await toss.charged(orderAt(account))).toBe(account.amount);
  });

  it('is found although its notice is lost', async () => {
    await toss.arm('virtualAccount', 'no-webhook', { times: 1 });
    const account = await shop.issue();
    expect(await deposit(account)).toBe(true);
    await shop.becomes(account, 'APPROVED');
    expect(await told(account)).toEqual(['issued', 'deposited']);
  });

  it('is one deposit however many notices come, in whatever order, true or made up', async () => {
    const account = await shop.issue();
    const notice = (n: number, more: Record<string, unknown>) =>
      fetch(`${stack.apis[n % 2]!.url}/v1/webhooks/toss`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'tosspayments-webhook-transmission-id': `${account.paymentId}-${n}`,
        },
        body: JSON.stringify({
          createdAt: new Date().toISOString(),
          secret: 'ps_made_up',
          status: 'DONE',
          transactionKey: null,
          orderId: account.paymentId,
          ...more,
        }),
      });
    // Made up before any money came: it stays as it is.
    expect((await notice(1_000, {})).status).toBe(200);
    await eventually(
      async () => {
        const rows = await pool.execute<{ note: string }[]>(
          'SELECT note FROM inbound_webhooks WHERE payment_id = ? AND note IS NOT NULL',
          [account.paymentId],
        );
        return rows[0]?.note;
      },
      { withinMs: 30_000, what: 'the made up notice is dealt with' },
    ).then((note) => expect(note).toBe('SIGNATURE'));
    expect((await shop.payment(account)).status).toBe('WAITING_FOR_DEPOSIT');
    expect(await deposit(account)).toBe(true);
    const changed = (n: number) =>
      fetch(`${stack.apis[n % 2]!.url}/v1/webhooks/toss`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'tosspayments-webhook-transmission-id': `${account.paymentId}-${n}`,
        },
        body: JSON.stringify({
          eventType: 'PAYMENT_STATUS_CHANGED',
          createdAt: '2026-01-02T03:04:05.000000',
          data: { orderId: account.paymentId, status: n % 3 === 0 ? 'DONE' : 'WAITING_FOR_DEPOSIT' },
        }),
      });
    const sent = await Promise.all(
      Array.from({ length: 50 }, (_, n) => (n % 2 === 0 ? changed(n) : notice(n, { status: 'CANCELED' }))),
    );
    expect(new Set(sent.map(({ status }) => status))).toEqual(new Set([200]));
    await shop.becomes(account, 'APPROVED');
    await eventually(
      async () => {
        const [row] = await pool.execute<{ n: number }[]>(
          `SELECT COUNT(*) AS n FROM inbound_webhooks WHERE payment_id = ? AND status <> 'RECEIVED'`,
          [account.paymentId],
        );
        return Number(row?.n) >= 51 ? true : undefined;
      },
      { withinMs: 60_000, what: 'all notices are dealt with' },
    );
    expect(await steps(account)).toEqual(['IN_PROGRESS', 'WAITING_FOR_DEPOSIT', 'APPROVED']);
    expect(await told(account)).toEqual(['issued', 'deposited']);
  });
});

describe('the end of an account without a deposit', () => {
  it('is closed by the merchant, however often it asks', async () => {
    const account = await shop.issue();
    const answers = await Promise.all(Array.from({ length: 10 }, () => shop.close(account)));
    expect(answers.map(({ status, body }) => `${status} ${body.status}`)).toEqual(
      Array.from({ length: 10 }, () => '200 CANCELLED'),
    );
    expect(await deposit(account)).toBe(false);
    expect(await steps(account)).toEqual(['IN_PROGRESS', 'WAITING_FOR_DEPOSIT', 'CANCELLED']);
    expect(await told(account)).toEqual(['issued', 'closed']);
    expect(await shop.payment(account)).toMatchObject({ balanceAmount: 0, approvedAt: null });
    const cancelled = await refund(account);
    expect([cancelled.status, cancelled.body.code]).toEqual([409, 'ALREADY_CANCELLED']);
    expect((await stack.merchant.send('GET', `/v1/payments/${account.paymentId}/receipt`)).status).toBe(409);
  });

  it('is closed although the answer to the closing is lost', async () => {
    const account = await shop.issue();
    await toss.arm('cancel', 'drop-after', { times: 1 });
    const answer = await shop.close(account);
    expect([200, 504]).toContain(answer.status);
    await shop.becomes(account, 'CANCELLED');
    expect(await told(account)).toEqual(['issued', 'closed']);
  });

  it('is closed by the worker when the closing never arrived', async () => {
    const account = await shop.issue();
    await toss.arm('cancel', 'drop-before', { times: 1 });
    const answer = await shop.close(account);
    expect([answer.status, answer.body.code, answer.body.outcome]).toEqual([
      504,
      'ACQUIRER_TIMEOUT',
      'UNKNOWN',
    ]);
    await shop.becomes(account, 'CANCELLED');
    expect(await deposit(account)).toBe(false);
  });

  it('is not closed once it was deposited: the deposit stands', async () => {
    await toss.arm('virtualAccount', 'no-webhook', { times: 1 });
    const account = await shop.issue();
    expect(await deposit(account)).toBe(true);
    const refused = await shop.close(account);
    expect([refused.status, refused.body.code, refused.body.paymentStatus]).toEqual([
      409,
      'VIRTUAL_ACCOUNT_NOT_CLOSABLE',
      'APPROVED',
    ]);
    expect((await shop.payment(account)).status).toBe('APPROVED');
  });

  it('never loses money when deposit and closing cross', async () => {
    for (let round = 0; round < 8; round += 1) {
      const account = await shop.issue();
      const [taken, answer] = await Promise.all([deposit(account), shop.close(account)]);
      await eventually(
        async () => ((await shop.payment(account)).status === 'WAITING_FOR_DEPOSIT' ? undefined : true),
        { withinMs: 60_000, what: 'it has ended' },
      );
      const { status } = await shop.payment(account);
      expect(status).toBe(taken ? 'APPROVED' : 'CANCELLED');
      expect(answer.status).toBe(taken ? 409 : 200);
      expect(await toss.charged(orderAt(account))).toBe(taken ? account.amount : 0);
    }
  });

  it('runs out, and a deposit of the last moment whose notice is lost is not lost', async () => {
    const [empty, late] = [
      await shop.issue({ expiresAt: inSeconds(6) }),
      await shop.issue({ expiresAt: inSeconds(6) }),
    ];
    await toss.arm('virtualAccount', 'no-webhook', { times: 1 });
    expect(await deposit(late)).toBe(true);
    await Promise.all([shop.becomes(empty, 'EXPIRED'), shop.becomes(late, 'APPROVED')]);
    expect(await deposit(empty)).toBe(false);
    expect(await told(empty)).toEqual(['issued', 'expired']);
    expect((await shop.close(empty)).body.code).toBe('VIRTUAL_ACCOUNT_NOT_CLOSABLE');
  });
});

describe('giving a deposit back', () => {
  it('needs an account to send it to', async () => {
    const account = await deposited();
    const refused = await stack.merchant.cancel(account.paymentId);
    expect([refused.status, refused.body.code]).toEqual([422, 'REFUND_ACCOUNT_REQUIRED']);
    const wrong = await refund(account, { refundAccount: { ...REFUND_TO, accountNumber: '12-34' } });
    expect(wrong.body.errors?.map(({ field }) => field)).toEqual(['refundAccount.accountNumber']);
    expect(wrong.text).not.toContain('12-34');
    expect(await toss.charged(orderAt(account))).toBe(account.amount);
  });

  it('is refused for a payment that goes back the way it came, and before any deposit', async () => {
    const card = await stack.merchant.approve(keyIn());
    const refused = await stack.merchant.cancel(card.body.paymentId, { refundAccount: REFUND_TO });
    expect([refused.status, refused.body.code]).toEqual([422, 'REFUND_ACCOUNT_NOT_ALLOWED']);
    const waiting = await refund(await shop.issue());
    expect([waiting.status, waiting.body.code]).toEqual([409, 'NOT_CANCELLABLE']);
  });

  it('goes in parts, and shows the account masked only', async () => {
    const account = await deposited();
    const part = await refund(account, { cancelAmount: 11_000 });
    expect([part.status, part.body.status, part.body.balanceAmount]).toEqual([
      200,
      'PARTIALLY_CANCELLED',
      30_000,
    ]);
    expect(part.body.cancel).toMatchObject({
      status: 'DONE',
      refundAccount: { bankCode: '004', accountNumber: '**********8901' },
    });
    expect(part.text).not.toContain(REFUND_TO.accountNumber);
    const rest = await refund(account);
    expect([rest.status, rest.body.status]).toEqual([200, 'CANCELLED']);
    expect(await toss.charged(orderAt(account))).toBe(0);
    const more = await refund(account);
    expect([more.status, more.body.code]).toEqual([409, 'ALREADY_CANCELLED']);
  });

  it('never passes what was deposited, with 50 at once', async () => {
    const account = await deposited();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        stack.apis[n % 2]!.merchant.cancel(account.paymentId, {
          cancelAmount: 5_000,
          refundAccount: REFUND_TO,
        }),
      ),
    );
    const done = answers.filter(({ status }) => status === 200).length;
    expect(done).toBeLessThanOrEqual(8);
    // A machine that is too busy turns some away before anything is written.
    for (const { status } of answers) expect([200, 409, 503, 504]).toContain(status);
    await eventually(
      async () => {
        const { cancels } = await shop.payment(account);
        return cancels.some(({ status }) => status === 'IN_PROGRESS') ? undefined : true;
      },
      { withinMs: 90_000, what: 'all refunds have ended' },
    );
    const { cancelledAmount } = await shop.payment(account);
    expect(cancelledAmount).toBe(40_000);
    expect(await toss.charged(orderAt(account))).toBe(1_000);
  });

  it.each(['drop-after', 'drop-before', 'status:500'])('is made once after %s', async (fault) => {
    const account = await deposited();
    await toss.arm('cancel', fault, { times: 1 });
    const answer = await refund(account, { cancelAmount: 1_000 });
    expect([200, 504]).toContain(answer.status);
    await eventually(
      async () => ((await shop.payment(account)).cancelledAmount === 1_000 ? true : undefined),
      { withinMs: 90_000, what: 'the refund is settled' },
    );
    expect(await toss.charged(orderAt(account))).toBe(account.amount - 1_000);
  });

  it('cannot be net-cancelled: that would not know where to send it', async () => {
    const account = await deposited();
    const refused = await stack.merchant.netCancel(account.orderNo);
    expect([refused.status, refused.body.code]).toEqual([409, 'NOT_REVERSIBLE']);
  });
});

describe('a cash receipt that was asked for with the account', () => {
  const receiptOf = async ({ paymentId }: IssuedAccount, status: string) =>
    eventually(
      async () => {
        const [row] = await pool.execute<{ status: string; amount: number; purpose: string }[]>(
          'SELECT status, amount, purpose FROM cash_receipts WHERE origin_payment_id = ?',
          [paymentId],
        );
        return row?.status === status ? row : undefined;
      },
      { withinMs: 90_000, what: `the receipt of ${paymentId} is ${status}` },
    );

  it('is issued with the deposit and cancelled with the refund', async () => {
    const cashReceipt = { purpose: 'INCOME_DEDUCTION', identifier: '01077315599' };
    const account = await deposited({ cashReceipt });
    expect(await receiptOf(account, 'ISSUED')).toMatchObject({ purpose: 'INCOME_DEDUCTION' });
    expect((await refund(account)).body.status).toBe('CANCELLED');
    await receiptOf(account, 'CANCELLED');
  });

  it('is refused with a wrong number, which nobody repeats', async () => {
    const refused = await shop.ask(
      accountWish({ cashReceipt: { purpose: 'EXPENSE_PROOF', identifier: '1234567890' } }),
    );
    expect([refused.status, refused.body.code]).toEqual([400, 'VALIDATION_FAILED']);
    expect(refused.body.errors?.map(({ field }) => field)).toEqual(['cashReceipt.identifier']);
    expect(refused.text).not.toContain('1234567890');
  });
});

it('keeps no account number and no deposit secret in clear', async () => {
  const account = await deposited();
  await refund(account, { cancelAmount: 1_000 });
  const tables = ['virtual_accounts', 'payments', 'payment_cancels', 'payment_attempts', 'outbox_events'];
  for (const table of tables) {
    const rows = await pool.execute<Record<string, unknown>[]>(`SELECT * FROM ${table}`);
    const text = rows.map((row) => Object.values(row).map(String).join(' ')).join('\n');
    expect(text).not.toContain(account.accountNumber);
    expect(text).not.toContain(REFUND_TO.accountNumber);
    expect(text).not.toMatch(/\bps_[A-Za-z0-9]{8,}/);
  }
  expect(stack.output).not.toContain(REFUND_TO.accountNumber);
});

it('comes to rest with nothing that verify objects to', async () => {
  await pool.execute(
    `UPDATE virtual_accounts v JOIN payments p ON p.id = v.payment_id SET v.check_at = UTC_TIMESTAMP(3)
     WHERE p.status = 'WAITING_FOR_DEPOSIT'`,
  );
  const { code, output } = await eventually(
    async () => {
      const report = await stack.verify();
      return report.code === 0 ? report : undefined;
    },
    { withinMs: 60_000, what: 'verify finds nothing' },
  ).catch(() => stack.verify());
  expect(output).toContain(' 0 violations');
  expect(code).toBe(0);
});
