import { isNone, ofChannel, type DeclineTable, type None } from '../fixture';
import { AMOUNT, cancelOf, pay, prepare } from '../payments';
import { perChannel, type Bench } from '../suite';

/** Every code of the adapter's own tables, brought about at the sandbox. */
export function declineCases(bench: Bench): void {
  const { recorder, fixture } = bench;
  const { declines, operations } = fixture;
  const tables: Record<string, [DeclineTable | None, string | undefined]> = {
    'key-in': [declines.approveKeyIn, operations.approveKeyIn],
    window: [declines.confirmWindow, operations.confirmWindow],
    billing: [declines.chargeBillingKey ?? {}, operations.chargeBillingKey],
  };
  perChannel(bench, ['declines'], (channel) => {
    const [table, operation] = tables[channel] ?? [{}, undefined];
    if (isNone(table)) {
      recorder.notApplicable(`declines/${channel}`, table.none);
      return;
    }
    notEmpty(bench, `declines/${channel}`, table);
    for (const [code, { code: declineCode, notProcessed = false }] of Object.entries(table))
      recorder.it(`declines/${channel}`, `${channel} ${code}: ${declineCode}`, async () => {
        const { lab } = bench;
        const prepared = await prepare(lab, channel);
        await lab.control.arm(operation ?? '*', `decline:${code}`, { times: 1 });
        expect(await prepared.run()).toMatchObject({ kind: 'DECLINED', declineCode, notProcessed });
        expect(await lab.control.ledger(prepared.reference.acquirerOrderNo)).toEqual([]);
      });
  });

  if (isNone(declines.cancel)) {
    recorder.notApplicable('declines/cancel', declines.cancel.none);
    return;
  }
  notEmpty(bench, 'declines/cancel', declines.cancel);
  for (const channel of bench.channels)
    for (const [code, refusal] of Object.entries(declines.cancel))
      recorder.it('declines/cancel', `${channel}, cancel ${code}: ${refusal.reason}`, async () => {
        const { lab } = bench;
        const reference = await pay(lab, { channel });
        await lab.control.arm(ofChannel(operations.cancel, channel), `decline:${code}`, { times: 1 });
        const outcome = await lab.adapter().cancel(lab.access(), cancelOf(reference));
        expect(outcome).toMatchObject({ kind: 'REFUSED', ...refusal });
        expect(await lab.control.charged(reference.acquirerOrderNo)).toBe(AMOUNT);
      });
}

function notEmpty({ recorder, fixture }: Bench, id: string, table: object): void {
  if (Object.keys(table).length > 0) return;
  recorder.it(id, `the table of ${id} holds the codes of the manual`, () => {
    throw new Error(`it is empty: write it in src/acquirers/${fixture.name}/${fixture.name}.codes.ts`);
  });
}
