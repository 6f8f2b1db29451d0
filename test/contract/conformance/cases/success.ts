import { hasWindow } from '../../../../src/acquirers/port/acquirer.port';
import { isNone } from '../fixture';
import { AMOUNT, cancelOf, open, prepare, referenceAfter, undo } from '../payments';
import { perChannel, type Bench } from '../suite';

export function successCases(bench: Bench): void {
  perChannel(bench, ['success'], (channel) => {
    bench.recorder.it(
      `success/${channel}`,
      `${channel}: approved, found, cancelled, in both books`,
      async () => {
        const { lab } = bench;
        const prepared = await prepare(lab, channel);
        const outcome = await prepared.run();
        expect(outcome).toMatchObject({ kind: 'APPROVED', approvedAt: expect.any(Date) });
        const reference = referenceAfter(prepared, outcome);
        const { acquirerOrderNo, acquirerTransactionId } = reference;
        expect(await lab.control.ledger(acquirerOrderNo)).toMatchObject([
          { kind: 'approval', amount: AMOUNT, acquirerTransactionId },
        ]);
        const adapter = lab.adapter();
        expect(await adapter.inquire(lab.access(), reference)).toMatchObject({
          kind: 'FOUND',
          state: 'APPROVED',
          acquirerTransactionId,
          amount: AMOUNT,
          balanceAmount: AMOUNT,
        });
        expect(await adapter.cancel(lab.access(), cancelOf(reference))).toMatchObject({
          kind: 'CANCELLED',
          cancelledAt: expect.any(Date),
        });
        expect(await adapter.inquire(lab.access(), reference)).toMatchObject({
          kind: 'FOUND',
          state: 'CANCELLED',
          balanceAmount: 0,
        });
        expect(await lab.control.charged(acquirerOrderNo)).toBe(0);
      },
    );
  });
  windows(bench);
}

function windows(bench: Bench): void {
  const { recorder, adapter, fixture } = bench;
  const ids = ['window/not-paid', 'window/forged', 'window/other-amount'];
  const { window, notPaid, operations } = fixture;
  if (!hasWindow(adapter) || isNone(window)) {
    const reason = isNone(window) ? window.none : 'no payment window';
    for (const id of ids) recorder.notApplicable(id, reason);
    return;
  }

  if (isNone(notPaid)) recorder.notApplicable('window/not-paid', notPaid.none);
  else if ('cardNumber' in notPaid)
    recorder.it('window/not-paid', `${notPaid.cardNumber}: not paid, nothing taken`, async () => {
      const prepared = await prepare(bench.lab, 'window', notPaid);
      expect((await prepared.run()).kind).toBe('NOT_PAID');
      expect(await bench.lab.control.ledger(prepared.reference.acquirerOrderNo)).toEqual([]);
    });
  else
    for (const code of notPaid)
      recorder.it('window/not-paid', `${code}: not paid, nothing taken`, async () => {
        const { lab } = bench;
        const prepared = await prepare(lab, 'window');
        await lab.control.arm(operations.confirmWindow ?? '*', `decline:${code}`, { times: 1 });
        expect((await prepared.run()).kind).toBe('NOT_PAID');
        expect(await lab.control.ledger(prepared.reference.acquirerOrderNo)).toEqual([]);
      });

  recorder.it('window/forged', 'approves nothing on a proof that no window gave', async () => {
    const { lab } = bench;
    const own = lab.adapter();
    const { order, opened } = await open(lab, own);
    if (!hasWindow(own)) throw new Error('no window');
    const outcome = await own.confirmWindow(lab.access(), {
      ...order,
      acquirerTransactionId: opened.acquirerTransactionId,
      proof: window.forged,
    });
    expect(['NOT_PAID', 'DECLINED', 'UNKNOWN']).toContain(outcome.kind);
    expect(await lab.control.ledger(order.acquirerOrderNo)).toEqual([]);
  });

  if (isNone(window.payerSetsAmount)) {
    recorder.notApplicable('window/other-amount', window.payerSetsAmount.none);
    return;
  }
  recorder.it('window/other-amount', 'never approves another amount than ours', async () => {
    const { lab } = bench;
    const prepared = await prepare(lab, 'window', { paidAmount: AMOUNT + 1_000 });
    const outcome = await prepared.run();
    const charged = await lab.control.charged(prepared.reference.acquirerOrderNo);
    expect(charged === 0 ? ['DECLINED', 'NOT_PAID', 'UNKNOWN'] : ['MISMATCH', 'UNKNOWN']).toContain(
      outcome.kind,
    );
    await undo(lab, referenceAfter(prepared, outcome));
    expect(await lab.control.charged(prepared.reference.acquirerOrderNo)).toBe(0);
  });
}
