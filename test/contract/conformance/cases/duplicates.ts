import type {
  ApprovalReference,
  CancelOrder,
  CancelOutcome,
} from '../../../../src/acquirers/port/acquirer.types';
import { CARD } from '../../../support/merchant';
import type { ChannelName } from '../catalogue';
import { AMOUNT, cancelOf, pay, prepare } from '../payments';
import { perChannel, type Bench } from '../suite';

/** So slow that two cancels are under way together. */
const LATENCY_MS = 60;
const PART = 10_000;

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

/** The same cancel: under its key again where the acquirer knows keys, else a second one of the same words. */
function cancels(bench: Bench): void {
  for (const channel of bench.channels) {
    cancelsOfAll(bench, channel);
    if (bench.adapter.capabilities.partialCancel) cancelsOfAPart(bench, channel);
  }
}

async function cancelledOnce({ lab }: Bench, acquirerOrderNo: string, amount: number): Promise<void> {
  const book = await lab.control.ledger(acquirerOrderNo);
  expect(book.map((entry) => [entry.kind, entry.amount])).toEqual([
    ['approval', AMOUNT],
    ['cancel', amount],
  ]);
}

async function atOnce({ lab }: Bench, order: CancelOrder): Promise<CancelOutcome[]> {
  const own = lab.adapter();
  await lab.control.latency(LATENCY_MS);
  const cancel = () => own.cancel(lab.access(), order);
  return Promise.all([cancel(), cancel()]).finally(() => lab.control.latency(0));
}

async function inSequence({ lab }: Bench, order: CancelOrder): Promise<[CancelOutcome, CancelOutcome]> {
  const own = lab.adapter();
  return [await own.cancel(lab.access(), order), await own.cancel(lab.access(), order)];
}

function cancelsOfAll(bench: Bench, channel: ChannelName): void {
  const { recorder, adapter } = bench;
  const { idempotentCancel } = adapter.capabilities;
  const onceAtOnce = `${channel}, all: cancelled once, and nobody says that nothing was`;
  recorder.it('duplicates/cancel-at-once', onceAtOnce, async () => {
    const reference = await pay(bench.lab, { channel });
    const outcomes = await atOnce(bench, cancelOf(reference));
    await cancelledOnce(bench, reference.acquirerOrderNo, AMOUNT);
    for (const outcome of outcomes) {
      const harmless = outcome.kind === 'CANCELLED' || outcome.kind === 'UNKNOWN';
      const already = outcome.kind === 'REFUSED' && outcome.reason === 'ALREADY_CANCELLED';
      expect(harmless || already).toBe(true);
    }
  });

  const title = idempotentCancel ? 'answered with the first result' : 'refused as already cancelled';
  recorder.it('duplicates/cancel-in-sequence', `${channel}, all: ${title}`, async () => {
    const reference = await pay(bench.lab, { channel });
    const [first, second] = await inSequence(bench, cancelOf(reference));
    expect(first.kind).toBe('CANCELLED');
    if (idempotentCancel) expect(second).toMatchObject(resultOf(first));
    else expect(second).toMatchObject({ kind: 'REFUSED', reason: 'ALREADY_CANCELLED' });
    await cancelledOnce(bench, reference.acquirerOrderNo, AMOUNT);
  });
}

/** There is enough left for a second one: only its key, its number or the balance that it names can stop it. */
function cancelsOfAPart(bench: Bench, channel: ChannelName): void {
  const { recorder, adapter } = bench;
  const { idempotentCancel } = adapter.capabilities;
  const part = (reference: ApprovalReference) => cancelOf(reference, { cancelAmount: PART });
  recorder.it('duplicates/cancel-at-once', `${channel}, a part: cancelled once`, async () => {
    const reference = await pay(bench.lab, { channel });
    const kinds = (await atOnce(bench, part(reference))).map(({ kind }) => kind);
    await cancelledOnce(bench, reference.acquirerOrderNo, PART);
    expect(kinds).not.toContain('NOT_SENT');
    if (!idempotentCancel) expect(kinds.filter((kind) => kind === 'CANCELLED')).toHaveLength(1);
  });

  const title = idempotentCancel ? 'answered with the first result' : 'not cancelled again';
  recorder.it('duplicates/cancel-in-sequence', `${channel}, a part: ${title}`, async () => {
    const reference = await pay(bench.lab, { channel });
    const [first, second] = await inSequence(bench, part(reference));
    expect(first.kind).toBe('CANCELLED');
    if (idempotentCancel) expect(second).toMatchObject(resultOf(first));
    else expect(['REFUSED', 'UNKNOWN']).toContain(second.kind);
    await cancelledOnce(bench, reference.acquirerOrderNo, PART);
  });
}

function resultOf({ exchange: _exchange, ...result }: CancelOutcome): object {
  return result;
}
