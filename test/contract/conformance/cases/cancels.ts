import { AMOUNT, cancelOf, pay } from '../payments';
import type { Bench } from '../suite';

const PARTS = [10_000, 15_000, AMOUNT - 25_000];

export function cancelCases(bench: Bench): void {
  const { recorder, adapter } = bench;
  if (adapter.capabilities.partialCancel) partialCancels(bench);
  else recorder.notApplicable('cancels/partial-to-zero', 'no partial cancel');

  recorder.it('cancels/over-balance', 'never cancels more than is left', async () => {
    const { lab } = bench;
    const reference = await pay(lab);
    const own = lab.adapter();
    const tooMuch = await own.cancel(
      lab.access(),
      cancelOf(reference, { cancelAmount: AMOUNT + 1, balanceAmount: AMOUNT }),
    );
    expect(['REFUSED', 'UNKNOWN']).toContain(tooMuch.kind);
    expect(await lab.control.charged(reference.acquirerOrderNo)).toBe(AMOUNT);
  });

  for (const channel of bench.channels)
    recorder.it('inquiry/unknown-order', `${channel}: not found`, async () => {
      const { lab } = bench;
      const outcome = await lab.adapter().inquire(lab.access(), {
        acquirerOrderNo: lab.newOrderNo(),
        acquirerTransactionId: bench.fixture.unknownTransactionId ?? null,
        channel: channel === 'key-in' ? 'KEY_IN' : 'WINDOW',
        requestedAt: new Date(),
        amount: AMOUNT,
      });
      expect(outcome.kind).toBe('NOT_FOUND');
    });
}

function partialCancels(bench: Bench): void {
  bench.recorder.it('cancels/partial-to-zero', 'three parts, the balance right after each', async () => {
    const { lab } = bench;
    const reference = await pay(lab);
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
