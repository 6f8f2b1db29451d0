import type { AcquirerPort } from '../../../../src/acquirers/port/acquirer.port';
import { TamperingProxy } from '../../../support/tampering-proxy';
import { TAMPERED } from '../catalogue';
import { isNone, ofChannel, type ApprovalMembers, type Member, type None } from '../fixture';
import { AMOUNT, cancelOf, pay, prepare, referenceAfter, undo } from '../payments';
import { noChannel, type Bench } from '../suite';

/** Of a payment of AMOUNT, and no part of it that looks like the rest. */
const PART = 10_000;

/** Every answer that differs from what was asked is no answer: never approved, cancelled or found. */
export function tamperingCases(bench: Bench): void {
  const { members } = bench.fixture;
  approvals(bench, 'approveKeyIn');
  approvals(bench, 'confirmWindow');
  approvals(bench, 'chargeBillingKey');
  for (const channel of bench.channels) {
    for (const what of TAMPERED.cancel) {
      const { [what]: member, ofPart } = ofChannel(members.cancel, channel);
      tampered(bench, { id: `tampering/cancel/${what}`, channel, member }, async (through) => {
        const { lab } = bench;
        const reference = await pay(lab, { channel });
        const adapter = await through();
        const cancelAmount = ofPart ? PART : AMOUNT;
        const outcome = await adapter.cancel(lab.access(), cancelOf(reference, { cancelAmount }));
        expect(outcome.kind).toBe('UNKNOWN');
        await undo(lab, reference);
        expect(await lab.control.charged(reference.acquirerOrderNo)).toBe(0);
      });
    }
    for (const what of TAMPERED.inquire) {
      const member = members.inquire[what];
      tampered(bench, { id: `tampering/inquire/${what}`, channel, member }, async (through) => {
        const { lab } = bench;
        const reference = await pay(lab, { channel });
        const adapter = await through();
        expect((await adapter.inquire(lab.access(), reference)).kind).toBe('UNKNOWN');
      });
    }
  }
}

/** A path that no answer has, so that the test says that the fixture must name one. */
const UNNAMED: ApprovalMembers = { amount: '', orderNo: '', merchant: '', currency: '' };
const CHANNEL_OF = { approveKeyIn: 'key-in', confirmWindow: 'window', chargeBillingKey: 'billing' } as const;
function approvals(bench: Bench, subject: keyof typeof CHANNEL_OF): void {
  const channel = CHANNEL_OF[subject];
  const members = bench.fixture.members[subject] ?? UNNAMED;
  for (const what of TAMPERED[subject]) {
    const absent = bench.channels.includes(channel) ? null : { none: noChannel(channel) };
    const member = absent ?? (isNone(members) ? members : members[what]);
    tampered(bench, { id: `tampering/${subject}/${what}`, channel, member }, async (through) => {
      const { lab } = bench;
      const prepared = await prepare(lab, channel);
      const adapter = await through();
      const outcome = await prepared.run({ adapter });
      expect(subject === 'confirmWindow' ? ['UNKNOWN', 'MISMATCH'] : ['UNKNOWN']).toContain(outcome.kind);
      await undo(lab, prepared.reference);
      const { acquirerOrderNo } = referenceAfter(prepared, outcome);
      expect(await lab.control.charged(acquirerOrderNo)).toBe(0);
    });
  }
}

/** `through` gives an adapter whose answers are changed from then on. */
export function tampered(
  bench: Bench,
  { id, channel, member }: { id: string; channel: string; member: Member | None },
  body: (through: () => Promise<AcquirerPort>) => Promise<void>,
): void {
  if (isNone(member)) {
    bench.recorder.notApplicable(id, member.none);
    return;
  }
  const change = typeof member === 'string' ? { path: member } : member;
  bench.recorder.it(
    id,
    `${channel}, ${id.replace('tampering/', '')}: ${change.path} is another`,
    async () => {
      const proxy = await TamperingProxy.start(bench.lab.address);
      try {
        await body(async () => {
          proxy.tamper(change);
          return bench.lab.adapter(proxy.port);
        });
        expect(proxy.changed).toBeGreaterThan(0);
      } finally {
        await proxy.stop();
      }
    },
  );
}
