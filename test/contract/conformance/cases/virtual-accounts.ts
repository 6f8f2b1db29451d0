import { hasWebhooks } from '../../../../src/acquirers/port/acquirer.port';
import type { RawWebhook } from '../../../../src/acquirers/port/webhook.types';
import { eventually } from '../../../support/program';
import { isNone } from '../fixture';
import { AMOUNT, cancelOf } from '../payments';
import { accounts, openAccount, paidAccount, refundTo } from '../situations';
import type { Bench } from '../suite';

const IDS = ['virtual-accounts/deposits', 'virtual-accounts/end', 'virtual-accounts/webhook'];
const WEEK_MS = 7 * 86_400_000;
const PART = 10_000;
const WEBHOOK_WITHIN_MS = 5_000;

/** An account from its issue to its end. The calls by themselves: ability-calls.ts. */
export function virtualAccountCases(bench: Bench): void {
  const { recorder, adapter } = bench;
  if (!adapter.capabilities.virtualAccount) {
    for (const id of IDS) recorder.notApplicable(id, 'no virtualAccount');
    return;
  }
  deposits(bench);
  ends(bench);
  runsOut(bench);
  notice(bench);
}

function deposits(bench: Bench): void {
  bench.recorder.it(
    'virtual-accounts/deposits',
    'waits, takes the whole amount once, and tells',
    async () => {
      const { lab } = bench;
      const { issued, reference } = await openAccount(lab);
      const adapter = lab.adapter();
      const seen = () => adapter.inquire(lab.access(), reference);
      expect(await seen()).toMatchObject({ kind: 'FOUND', state: 'PENDING', amount: AMOUNT });
      for (const amount of [AMOUNT - 1, AMOUNT + 1])
        expect(await lab.control.deposit(issued.accountNumber, amount, '홍길동')).toBe(false);
      expect(await seen()).toMatchObject({ state: 'PENDING' });
      expect(await lab.control.deposit(issued.accountNumber, AMOUNT, '홍길동')).toBe(true);
      expect(await seen()).toMatchObject({
        kind: 'FOUND',
        state: 'APPROVED',
        amount: AMOUNT,
        balanceAmount: AMOUNT,
        deposit: { depositedAt: expect.any(Date) },
      });
      expect(await lab.control.deposit(issued.accountNumber, AMOUNT, '홍길동')).toBe(false);
      expect(await lab.control.charged(reference.acquirerOrderNo)).toBe(AMOUNT);
    },
  );
}

function ends(bench: Bench): void {
  const { recorder } = bench;
  recorder.it('virtual-accounts/end', 'closed, it takes no deposit', async () => {
    const { lab } = bench;
    const { issued, reference } = await openAccount(lab);
    const adapter = accounts(lab.adapter());
    expect((await adapter.closeVirtualAccount(lab.access(), reference)).kind).toBe('CANCELLED');
    expect(await lab.control.deposit(issued.accountNumber, AMOUNT, '홍길동')).toBe(false);
    expect(await adapter.inquire(lab.access(), reference)).toMatchObject({ state: 'NOT_APPROVED' });
  });

  recorder.it('virtual-accounts/end', 'closing one that was paid moves no money', async () => {
    const { lab } = bench;
    const { reference } = await paidAccount(lab);
    const adapter = accounts(lab.adapter());
    const closed = await adapter.closeVirtualAccount(lab.access(), reference);
    expect(['REFUSED', 'UNKNOWN']).toContain(closed.kind);
    expect(await lab.control.charged(reference.acquirerOrderNo)).toBe(AMOUNT);
  });

  if (bench.adapter.capabilities.partialCancel)
    recorder.it('virtual-accounts/end', 'given back in parts, down to zero', async () => {
      const { lab } = bench;
      const { reference } = await paidAccount(lab);
      const adapter = accounts(lab.adapter());
      let balanceAmount = AMOUNT;
      for (const cancelAmount of [PART, AMOUNT - PART]) {
        const order = cancelOf(reference, { cancelAmount, balanceAmount });
        expect((await adapter.refundDeposit(lab.access(), order, refundTo())).kind).toBe('CANCELLED');
        balanceAmount -= cancelAmount;
        expect(await adapter.inquire(lab.access(), reference)).toMatchObject({
          state: balanceAmount === 0 ? 'CANCELLED' : 'PARTIALLY_CANCELLED',
          balanceAmount,
        });
      }
      expect(await lab.control.charged(reference.acquirerOrderNo)).toBe(0);
    });
}

function runsOut(bench: Bench): void {
  bench.recorder.it('virtual-accounts/end', 'past its due date it takes no deposit', async () => {
    const { lab } = bench;
    const { issued, reference } = await openAccount(lab);
    await lab.control.clock(WEEK_MS);
    if (lab.fixture.virtualAccount?.dueByOurClock) lab.clock.offsetMs = WEEK_MS;
    try {
      expect(await lab.control.deposit(issued.accountNumber, AMOUNT, '홍길동')).toBe(false);
      const seen = await lab.adapter().inquire(lab.access(), reference);
      expect(seen).toMatchObject({ kind: 'FOUND', state: 'NOT_APPROVED' });
    } finally {
      await lab.control.clock(0);
      lab.clock.offsetMs = 0;
    }
  });
}

function notice(bench: Bench): void {
  const id = 'virtual-accounts/webhook';
  const { recorder, adapter, fixture } = bench;
  const without = fixture.virtualAccount?.webhook;
  if (isNone(without) || !hasWebhooks(adapter)) {
    recorder.notApplicable(id, isNone(without) ? without.none : 'no webhooks');
    return;
  }
  recorder.it(id, 'its deposit leads to the payment, and carries its secret where there is one', async () => {
    const { lab } = bench;
    lab.receiver.receipt = adapter.webhookReceipt;
    const { issued, reference } = await paidAccount(lab);
    const { acquirerOrderNo, acquirerTransactionId } = reference;
    const found = await eventually(
      () => {
        const about = lab.receiver.received.find(({ headers, body }) => {
          const contentType = headers['content-type'] ?? '';
          const raw: RawWebhook = { headers: headers as RawWebhook['headers'], contentType, body };
          const reading = adapter.readWebhook(raw);
          if (reading.kind !== 'HINT') return false;
          const { hint } = reading;
          return (
            hint.acquirerOrderNo === acquirerOrderNo || hint.acquirerTransactionId === acquirerTransactionId
          );
        });
        return Promise.resolve(about);
      },
      { withinMs: WEBHOOK_WITHIN_MS, what: `a notice of ${acquirerOrderNo}` },
    );
    const secret = issued.depositSecret?.expose();
    if (secret !== undefined) expect(found.body.toString('utf8')).toContain(secret);
  });
}
