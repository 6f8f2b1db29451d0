import { CARD } from '../../../support/merchant';
import { AMOUNT, cancelOf, pay, prepare } from '../payments';
import { perChannel, type Bench } from '../suite';

/** So slow that two cancels are under way together. */
const LATENCY_MS = 60;

/** One order is approved once, however often it is asked for, and nobody says that it was not. */
export function duplicateCases(bench: Bench): void {
  perChannel(bench, ['duplicates/at-once', 'duplicates/in-sequence'], (channel) => {
    const approvedOnce = async (
      cardNumber: string,
      twice: (run: () => Promise<{ kind: string }>) => Promise<{ kind: string }[]>,
    ) => {
      const { lab } = bench;
      const prepared = await prepare(lab, channel, { cardNumber });
      const kinds = (await twice(() => prepared.run())).map(({ kind }) => kind);
      const book = await lab.control.ledger(prepared.reference.acquirerOrderNo);
      expect(book).toMatchObject([{ kind: 'approval', amount: AMOUNT }]);
      return kinds;
    };
    bench.recorder.it(`duplicates/at-once/${channel}`, `${channel}: twice at once`, async () => {
      // The issuer takes its time, so that the second comes while the first is under way.
      const kinds = await approvedOnce(CARD.slow, (run) => Promise.all([run(), run()]));
      expect(kinds.filter((kind) => kind !== 'APPROVED' && kind !== 'UNKNOWN')).toEqual([]);
    });
    bench.recorder.it(`duplicates/in-sequence/${channel}`, `${channel}: one after the other`, async () => {
      const kinds = await approvedOnce(CARD.approved, async (run) => [await run(), await run()]);
      expect(kinds[0]).toBe('APPROVED');
      expect(['APPROVED', 'UNKNOWN']).toContain(kinds[1]);
    });
  });
  cancels(bench);
}

/** The same cancel: under its key again where the acquirer knows keys, else a second cancel of everything. */
function cancels(bench: Bench): void {
  const { recorder, adapter } = bench;
  const { idempotentCancel } = adapter.capabilities;
  const cancelledOnce = async (acquirerOrderNo: string) => {
    const book = await bench.lab.control.ledger(acquirerOrderNo);
    expect(book.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['approval', AMOUNT],
      ['cancel', AMOUNT],
    ]);
  };

  recorder.it('duplicates/cancel-at-once', 'cancelled once, and nobody says that nothing was', async () => {
    const { lab } = bench;
    const reference = await pay(lab);
    const order = cancelOf(reference);
    const own = lab.adapter();
    await lab.control.latency(LATENCY_MS);
    const cancel = () => own.cancel(lab.access(), order);
    const outcomes = await Promise.all([cancel(), cancel()]).finally(() => lab.control.latency(0));
    await cancelledOnce(reference.acquirerOrderNo);
    for (const outcome of outcomes) {
      const harmless = outcome.kind === 'CANCELLED' || outcome.kind === 'UNKNOWN';
      const already = outcome.kind === 'REFUSED' && outcome.reason === 'ALREADY_CANCELLED';
      expect(harmless || already).toBe(true);
    }
  });

  const title = idempotentCancel ? 'answered with the first result' : 'refused as already cancelled';
  recorder.it('duplicates/cancel-in-sequence', title, async () => {
    const { lab } = bench;
    const reference = await pay(lab);
    const order = cancelOf(reference);
    const own = lab.adapter();
    const first = await own.cancel(lab.access(), order);
    const second = await own.cancel(lab.access(), order);
    expect(first.kind).toBe('CANCELLED');
    if (idempotentCancel) {
      const { exchange: _exchange, ...result } = first;
      expect(second).toMatchObject(result);
    } else expect(second).toMatchObject({ kind: 'REFUSED', reason: 'ALREADY_CANCELLED' });
    await cancelledOnce(reference.acquirerOrderNo);
  });
}
