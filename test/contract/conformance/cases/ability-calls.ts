import { ABILITY_CALLS, ASPECTS, FAULTS, SLOW, type AbilityCall } from '../catalogue';
import { isNone, type CallFixture, type Codes, type DeclineTable, type RefusalTable } from '../fixture';
import { type Answered, SITUATIONS, type Situation } from '../situations';
import type { Bench } from '../suite';
import { leavesOf } from './abilities';
import { tampered } from './tampering';

/** How each call ends when it is done. */
const DONE: Readonly<Record<AbilityCall, string>> = {
  issueBillingKey: 'ISSUED',
  revokeBillingKey: 'REVOKED',
  issueVirtualAccount: 'ISSUED',
  closeVirtualAccount: 'CANCELLED',
  refundDeposit: 'CANCELLED',
  issueCashReceipt: 'ISSUED',
  cancelCashReceipt: 'CANCELLED',
  inquireCashReceipt: 'FOUND',
  findAccountHolder: 'FOUND',
  listMovements: 'PAGE',
  listSettlements: 'PAGE',
};

type AnyCallFixture = CallFixture<Codes | RefusalTable | DeclineTable>;

/** Every call of the abilities: done, refused, under faults, with a changed answer, and twice. */
export function abilityCallCases(bench: Bench): void {
  const { recorder, adapter, fixture } = bench;
  for (const [name, capability] of Object.entries(ABILITY_CALLS)) {
    const call = name as AbilityCall;
    const says = fixture.calls?.[call];
    if (!adapter.capabilities[capability]) {
      for (const aspect of Object.keys(ASPECTS))
        recorder.notApplicable(`${call}/${aspect}`, `no ${capability}`);
      continue;
    }
    if (says !== undefined && isNone(says)) {
      for (const aspect of Object.keys(ASPECTS)) recorder.notApplicable(`${call}/${aspect}`, says.none);
      continue;
    }
    if (says === undefined) {
      for (const aspect of Object.keys(ASPECTS))
        recorder.it(`${call}/${aspect}`, `${call}: ${aspect}`, () => {
          throw new Error(`calls.${call} is not in fixtures/${fixture.name}.ts`);
        });
      continue;
    }
    success(bench, call);
    refusals(bench, call, says);
    faults(bench, call, says);
    tampering(bench, call, says);
    duplicates(bench, call);
  }
}

function success(bench: Bench, call: AbilityCall): void {
  bench.recorder.it(`${call}/success`, `${call}: ${DONE[call]}, and no secret is kept`, async () => {
    const { lab } = bench;
    const situation = await SITUATIONS[call](lab);
    const answered = await situation.call(lab.adapter(), lab.access());
    expect(answered.kind).toBe(DONE[call]);
    const kept = leavesOf((answered as { exchange?: unknown }).exchange ?? null).join('\n');
    const { publicCredentials = [] } = lab.fixture;
    const credentials = Object.entries(lab.access().credentials.expose()).flatMap(([name, secret]) =>
      publicCredentials.includes(name) ? [] : [secret],
    );
    for (const secret of [...situation.secrets, ...credentials]) expect(kept).not.toContain(secret);
    await situation.settle();
  });
}

/** What a code of the table must come out as. */
function expectedOf(table: Codes | RefusalTable | DeclineTable): (readonly [string, object])[] {
  if (Array.isArray(table)) return (table as Codes).map((code) => [code, { kind: 'REFUSED' }]);
  return Object.entries(table as RefusalTable | DeclineTable).map(([code, told]) =>
    'code' in told
      ? [code, { kind: 'DECLINED', declineCode: told.code }]
      : [code, { kind: 'REFUSED', reason: told.reason, retryLater: told.retryLater }],
  );
}

function refusals(bench: Bench, call: AbilityCall, { refusals: table, operation }: AnyCallFixture): void {
  const { recorder } = bench;
  const id = `${call}/refusals`;
  if (isNone(table)) {
    recorder.notApplicable(id, table.none);
    return;
  }
  for (const [code, expected] of expectedOf(table))
    recorder.it(id, `${call} ${code}`, async () => {
      const { lab } = bench;
      const situation = await SITUATIONS[call](lab);
      await lab.control.arm(operation, `decline:${code}`, { times: 1 });
      expect(await situation.call(lab.adapter(), lab.access())).toMatchObject(expected);
    });
}

function faults(bench: Bench, call: AbilityCall, { operation }: AnyCallFixture): void {
  for (const fault of FAULTS) {
    const isRefused = fault === 'refuse-connection';
    const truth = isRefused ? 'NOT_SENT' : 'UNKNOWN';
    bench.recorder.it(`${call}/faults`, `${call} under ${fault}: ${truth}, and comes to an end`, async () => {
      const { lab } = bench;
      const situation = await SITUATIONS[call](lab);
      await lab.control.arm(operation, fault, isRefused ? {} : { times: 1 });
      const access = lab.access(fault === SLOW ? 'impatient' : 'patient');
      const answered = await situation.call(lab.adapter(), access).finally(() => lab.control.clear());
      expect(answered.kind).toBe(truth);
      await situation.settle();
    });
  }
}

function tampering(bench: Bench, call: AbilityCall, { members }: AnyCallFixture): void {
  const id = `${call}/tampering`;
  if (Object.keys(members).length === 0)
    bench.recorder.notApplicable(id, 'its fixture names no member of the answer that could be another');
  for (const [what, member] of Object.entries(members))
    tampered(bench, { id, channel: what, member }, async (through) => {
      const { lab } = bench;
      const situation = await SITUATIONS[call](lab);
      expect((await situation.call(await through(), lab.access())).kind).toBe('UNKNOWN');
      await situation.settle();
    });
}

function duplicates(bench: Bench, call: AbilityCall): void {
  const title = `${call} again: the first result, or nothing more`;
  bench.recorder.it(`${call}/duplicates`, title, async () => {
    const { lab } = bench;
    const situation: Situation = await SITUATIONS[call](lab);
    const first = await situation.call(lab.adapter(), lab.access());
    expect(first.kind).toBe(DONE[call]);
    const second = await situation.call(lab.adapter(), lab.access());
    // A key may be issued anew for the same card, and one that is gone cannot be revoked again.
    if (second.kind !== first.kind) expect(['REFUSED', 'DECLINED', 'UNKNOWN']).toContain(second.kind);
    else if (call !== 'issueBillingKey') expect(second).toMatchObject(resultOf(first));
    await situation.settle();
  });
}

function resultOf(answered: Answered): object {
  const { exchange: _exchange, ...result } = answered as Answered & { exchange?: unknown };
  return result;
}
