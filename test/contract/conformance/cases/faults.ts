import { canNetCancel, hasWindow, type AcquirerPort } from '../../../../src/acquirers/port/acquirer.port';
import type { ContractAccess } from '../../../../src/acquirers/port/acquirer.types';
import { FAULTS, SLOW, SUBJECTS, type ChannelName, type FaultKind, type Subject } from '../catalogue';
import { ofChannel } from '../fixture';
import type { Lab } from '../lab';
import { cancelOf, pay, prepare, referenceAfter, undo, windowOrder, type Outcome } from '../payments';
import type { Bench } from '../suite';

/** A call that has only to be made, and the order whose books must agree afterwards. */
interface Trial {
  readonly acquirerOrderNo: string;
  call(adapter: AcquirerPort, access: ContractAccess): Promise<{ readonly kind: string }>;
  /** Undoes what the call may have done. */
  settle(): Promise<void>;
}

const TRIALS: Readonly<Record<Subject, (lab: Lab, channel: ChannelName) => Promise<Trial>>> = {
  approveKeyIn: (lab) => approval(lab, 'key-in'),
  confirmWindow: (lab) => approval(lab, 'window'),
  chargeBillingKey: (lab) => approval(lab, 'billing'),
  openWindow: async (lab) => {
    const order = windowOrder(lab);
    return {
      acquirerOrderNo: order.acquirerOrderNo,
      call: async (adapter, access) => {
        if (!hasWindow(adapter)) throw new Error('no window');
        return adapter.openWindow(access, order);
      },
      settle: () => Promise.resolve(),
    };
  },
  cancel: (...on) =>
    onPayment(on, (adapter, access, reference) => adapter.cancel(access, cancelOf(reference))),
  inquire: (...on) => onPayment(on, (adapter, access, reference) => adapter.inquire(access, reference)),
  netCancel: (...on) =>
    onPayment(on, (adapter, access, reference) => {
      if (!canNetCancel(adapter)) throw new Error('no net cancel');
      return adapter.netCancel(access, reference);
    }),
};

async function approval(lab: Lab, channel: ChannelName): Promise<Trial> {
  const prepared = await prepare(lab, channel);
  let outcome: Outcome | undefined;
  return {
    acquirerOrderNo: prepared.reference.acquirerOrderNo,
    call: async (adapter, access) => (outcome = await prepared.run({ adapter, access })),
    settle: () => undo(lab, outcome ? referenceAfter(prepared, outcome) : prepared.reference),
  };
}

async function onPayment(
  [lab, channel]: [Lab, ChannelName],
  call: (
    adapter: AcquirerPort,
    access: ContractAccess,
    reference: Awaited<ReturnType<typeof pay>>,
  ) => Promise<{ readonly kind: string }>,
): Promise<Trial> {
  const reference = await pay(lab, { channel });
  return {
    acquirerOrderNo: reference.acquirerOrderNo,
    call: (adapter, access) => call(adapter, access, reference),
    settle: () => undo(lab, reference),
  };
}

/** The one truth about a call under this fault: only a refused connection proves that nothing was taken. */
function truth(subject: Subject, fault: FaultKind): string {
  return fault === 'refuse-connection' && subject !== 'inquire' ? 'NOT_SENT' : 'UNKNOWN';
}

/** Why this subject cannot be tried with this acquirer; null where it can. */
function missing({ adapter, fixture }: Bench, subject: Subject): string | null {
  const { capabilities } = adapter;
  switch (subject) {
    case 'approveKeyIn':
      return capabilities.keyIn ? null : 'no key-in approval';
    case 'openWindow':
      if (!capabilities.window) return 'no payment window';
      return fixture.operations.openWindow === undefined
        ? 'opening a window asks the acquirer nothing'
        : null;
    case 'confirmWindow':
      return capabilities.window ? null : 'no payment window';
    case 'chargeBillingKey':
      return capabilities.billing ? null : 'no billing keys';
    case 'netCancel':
      return capabilities.netCancel ? null : 'no net cancel';
    case 'cancel':
    case 'inquire':
      return null;
  }
}

/** What is done to a payment is tried on one of each channel: its interface may be another. */
function channelsOf(subject: Subject, { channels }: Bench): readonly ChannelName[] {
  switch (subject) {
    case 'approveKeyIn':
      return ['key-in'];
    case 'openWindow':
    case 'confirmWindow':
      return ['window'];
    case 'chargeBillingKey':
      return ['billing'];
    case 'cancel':
    case 'inquire':
    case 'netCancel':
      return channels;
  }
}

export function faultCases(bench: Bench): void {
  for (const subject of SUBJECTS) {
    const reason = missing(bench, subject);
    for (const fault of FAULTS) {
      if (reason === null) faulty(bench, subject, fault);
      else bench.recorder.notApplicable(`faults/${subject}/${fault}`, reason);
    }
  }
  tokenCases(bench);
}

function faulty(bench: Bench, subject: Subject, fault: FaultKind): void {
  const { operations } = bench.fixture;
  for (const channel of channelsOf(subject, bench)) {
    const operation = ofChannel(operations[subject] ?? '*', channel);
    const told = { subject, what: `${channel}, ${subject}`, operation };
    tried(bench, told, fault, (lab) => TRIALS[subject](lab, channel));
    if (subject !== 'inquire') continue;
    // The way back from a lost answer, where no id is known.
    const byOrder = ofChannel(operations.inquireByOrderNo ?? operations.inquire, channel);
    const what = `${channel}, ${subject} by order number`;
    tried(bench, { subject, what, operation: byOrder }, fault, (lab) =>
      onPayment([lab, channel], (adapter, access, reference) =>
        adapter.inquire(access, { ...reference, acquirerTransactionId: null }),
      ),
    );
  }
}

function tried(
  bench: Bench,
  { subject, what, operation }: { subject: Subject; what: string; operation: string },
  fault: FaultKind,
  begin: (lab: Lab) => Promise<Trial>,
): void {
  const title = `${what} under ${fault}: ${truth(subject, fault)}, and the books agree`;
  bench.recorder.it(`faults/${subject}/${fault}`, title, async () => {
    const trial = await begin(bench.lab);
    expect((await under(bench.lab, operation, fault, trial)).kind).toBe(truth(subject, fault));
    await trial.settle();
    await agreed(bench.lab, trial.acquirerOrderNo);
  });
}

async function under(lab: Lab, operation: string, fault: FaultKind, trial: Trial): Promise<{ kind: string }> {
  // A refused connection is a closed port: it is not counted in calls, but ends when it is cleared.
  await lab.control.arm(operation, fault, fault === 'refuse-connection' ? {} : { times: 1 });
  try {
    return await trial.call(lab.adapter(), lab.access(fault === SLOW ? 'impatient' : 'patient'));
  } finally {
    await lab.control.clear();
  }
}

/** Nobody is charged, and nothing was approved or given back twice. */
async function agreed(lab: Lab, acquirerOrderNo: string): Promise<void> {
  const kinds = (await lab.control.ledger(acquirerOrderNo)).map(({ kind }) => kind);
  expect([[], ['approval', 'cancel']]).toContainEqual(kinds);
  expect(await lab.control.charged(acquirerOrderNo)).toBe(0);
}

/** A call whose token could not be had has taken nothing; it may know that or not, but never claim more. */
function tokenCases(bench: Bench): void {
  const { recorder, fixture, channels } = bench;
  const { token } = fixture.operations;
  for (const fault of FAULTS) {
    const id = `faults/token/${fault}`;
    if (token === undefined) {
      recorder.notApplicable(id, 'no call for a token');
      continue;
    }
    recorder.it(id, `the token under ${fault}: nothing is claimed, nothing is taken`, async () => {
      const trial = await approval(bench.lab, channels[0] ?? 'key-in');
      const { kind } = await under(bench.lab, token, fault, trial);
      expect(['NOT_SENT', 'UNKNOWN']).toContain(kind);
      await trial.settle();
      expect(await bench.lab.control.ledger(trial.acquirerOrderNo)).toEqual([]);
    });
  }
}
