import type { ChannelName } from '../catalogue';
import { AMOUNT, cancelOf, pay } from '../payments';
import type { Bench } from '../suite';

const PORT_CHANNELS = { 'key-in': 'KEY_IN', window: 'WINDOW', billing: 'BILLING' } as const;
const PARTS = [10_000, 15_000, AMOUNT - 25_000];

export function cancelCases(bench: Bench): void {
  const { recorder, adapter, channels } = bench;
  if (!adapter.capabilities.partialCancel)
    recorder.notApplicable('cancels/partial-to-zero', 'no partial cancel');
  for (const channel of channels) {
    if (adapter.capabilities.partialCancel) partialCancels(bench, channel);
    overBalance(bench, channel);
    unknownOrder(bench, channel);
  }
}

function overBalance(bench: Bench, channel: ChannelName): void {
  bench.recorder.it('cancels/over-balance', `${channel}: never cancels more than is left`, async () => {
    const { lab } = bench;
    const reference = await pay(lab, { channel });
    const own = lab.adapter();
    const tooMuch = await own.cancel(
      lab.access(),
      cancelOf(reference, { cancelAmount: AMOUNT + 1, balanceAmount: AMOUNT }),
    );
    expect(['REFUSED', 'UNKNOWN']).toContain(tooMuch.kind);
    expect(await lab.control.charged(reference.acquirerOrderNo)).toBe(AMOUNT);
  });
}

function unknownOrder(bench: Bench, channel: ChannelName): void {
  bench.recorder.it('inquiry/unknown-order', `${channel}: not found`, async () => {
    const { lab } = bench;
    const own = lab.adapter();
    const requestedAt = new Date();
    const { unknownTransactionId = null } = bench.fixture;
    const acquirerTransactionId =
      (channel === 'window' ? null : lab.newTransactionId(own, 'KEY_IN', requestedAt)) ??
      unknownTransactionId;
    const outcome = await own.inquire(lab.access(), {
      acquirerOrderNo: lab.newOrderNo(),
      acquirerTransactionId,
      channel: PORT_CHANNELS[channel],
      requestedAt,
      amount: AMOUNT,
    });
    expect(outcome.kind).toBe('NOT_FOUND');
  });
}

function partialCancels(bench: Bench, channel: ChannelName): void {
  const title = `${channel}: three parts, the balance right after each`;
  bench.recorder.it('cancels/partial-to-zero', title, async () => {
    const { lab } = bench;
    const reference = await pay(lab, { channel });
    const own = lab.adapter();
    let balance = AMOUNT;
    for (const part of PARTS) {
      const order = cancelOf(reference, { cancelAmount: part, balanceAmount: balance });
      expect((await own.cancel(lab.access(), order)).kind).toBe('CANCELLED');
      balance -= part;
      expect(await own.inquire(lab.access(), reference)).toMatchObject({
        kind: 'FOUND',
        state: balance === 0 ? 'CANCELLED' : 'PARTIALLY_CANCELLED',
        amount: AMOUNT,
        balanceAmount: balance,
      });
    }
    const book = await lab.control.ledger(reference.acquirerOrderNo);
    expect(book.map(({ amount }) => amount)).toEqual([AMOUNT, ...PARTS]);
    const after = await own.cancel(
      lab.access(),
      cancelOf(reference, { cancelAmount: 1_000, balanceAmount: 0 }),
    );
    expect(after.kind).toBe('REFUSED');
    expect(await lab.control.charged(reference.acquirerOrderNo)).toBe(0);
  });
}
