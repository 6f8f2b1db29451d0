import type { DeclineCode } from '../../../../src/acquirers/port/acquirer.types';
import { eventually } from '../../../support/program';
import type { ChannelName } from '../catalogue';
import { AMOUNT, cancelOf, pay, prepare, referenceAfter, undo } from '../payments';
import { perChannel, type Bench } from '../suite';

/** The sandbox's 18 test cards (src/sandbox/README.md). */
const APPROVED = [
  ['4242424242424242', { issuer: 'SHINHAN', cardType: 'CREDIT', ownerType: 'PERSONAL' }],
  ['5555555555554444', { issuer: 'KB', cardType: 'CHECK', ownerType: 'PERSONAL' }],
  ['3530111333300000', { issuer: 'SAMSUNG', cardType: 'CREDIT', ownerType: 'CORPORATE' }],
  ['4000000000006124', { cardType: 'CREDIT', ownerType: 'PERSONAL' }],
] as const;
const DECLINED: readonly (readonly [string, DeclineCode])[] = [
  ['4000000000000002', 'CARD_DECLINED'],
  ['4000000000009995', 'CARD_LIMIT_EXCEEDED'],
  ['4000000000000069', 'CARD_EXPIRED'],
  ['4000000000009979', 'CARD_LOST_OR_STOLEN'],
  ['4000000000006157', 'CARD_PASSWORD_INVALID'],
  ['4000000000006165', 'BIRTH_OR_BUSINESS_NO_MISMATCH'],
  ['4000000000006173', 'INSTALLMENT_NOT_ALLOWED'],
  ['4000000000006181', 'ACQUIRER_MAINTENANCE'],
];
/** Card, what the acquirer's book holds when the answer is lost, and whether the adapter must give up waiting. */
const OPEN = [
  ['4000000000006108', 1, 'impatient'],
  ['4000000000006116', 0, 'impatient'],
  ['4000000000006132', 1, 'patient'],
  ['4000000000006140', 1, 'patient'],
] as const;
const FIRST_CANCEL_SILENT = '4000000000006199';
const CANCELS_REFUSED_AT_FIRST = '4000000000006207';

export function cardCases(bench: Bench): void {
  perChannel(bench, ['cards'], (channel) => {
    const add = (name: string, body: () => Promise<void>) =>
      bench.recorder.it(`cards/${channel}`, `${channel} ${name}`, body);
    approved(bench, channel, add);
    declined(bench, channel, add);
    leftOpen(bench, channel, add);
    cancelled(bench, channel, add);
  });
}

type Add = (name: string, body: () => Promise<void>) => void;

function approved(bench: Bench, channel: ChannelName, add: Add): void {
  const { tells } = bench.fixture;
  for (const [cardNumber, expected] of APPROVED)
    add(`${cardNumber}: approved`, async () => {
      const { lab } = bench;
      const prepared = await prepare(lab, channel, { cardNumber });
      const outcome = await prepared.run();
      const isTold = (what: keyof typeof tells) => tells[what] === true || tells[what] === channel;
      const card = Object.entries(expected).flatMap(([what, value]) => {
        if (isTold(what as keyof typeof tells)) return [[what, value]];
        // A type that nobody told is not guessed; an issuer has no word for that.
        return what === 'issuer' ? [] : [[what, 'UNKNOWN']];
      });
      expect(outcome).toMatchObject({ kind: 'APPROVED', card: Object.fromEntries(card) as object });
      expect(await lab.control.charged(prepared.reference.acquirerOrderNo)).toBe(AMOUNT);
    });
}

function declined(bench: Bench, channel: ChannelName, add: Add): void {
  for (const [cardNumber, code] of DECLINED) {
    const declineCode = bench.fixture.declinedCards?.[cardNumber] ?? code;
    add(`${cardNumber}: declined, ${declineCode}`, async () => {
      const { lab } = bench;
      const prepared = await prepare(lab, channel, { cardNumber });
      expect(await prepared.run()).toMatchObject({ kind: 'DECLINED', declineCode });
      expect(await lab.control.ledger(prepared.reference.acquirerOrderNo)).toEqual([]);
    });
  }
}

function leftOpen(bench: Bench, channel: ChannelName, add: Add): void {
  // Where the window has taken the money the card's answer is lost to nobody: it can be read.
  const isRead = channel === 'window' && bench.adapter.capabilities.paidInWindow;
  for (const [cardNumber, booked, patience] of OPEN)
    add(`${cardNumber}: ${isRead ? 'seen as it is' : 'unknown'}, then undone`, async () => {
      const { lab } = bench;
      const prepared = await prepare(lab, channel, { cardNumber });
      const { acquirerOrderNo } = prepared.reference;
      const outcome = await prepared.run({ access: lab.access(patience) });
      expect(outcome.kind).toBe(isRead ? (booked ? 'APPROVED' : 'NOT_PAID') : 'UNKNOWN');
      expect(await lab.control.ledger(acquirerOrderNo)).toHaveLength(booked);
      await undo(lab, referenceAfter(prepared, outcome));
      expect(await lab.control.charged(acquirerOrderNo)).toBe(0);
    });
}

function cancelled(bench: Bench, channel: ChannelName, add: Add): void {
  add(`${FIRST_CANCEL_SILENT}: its first cancel is unknown, and is done once`, async () => {
    const { lab } = bench;
    const reference = await pay(lab, { channel, cardNumber: FIRST_CANCEL_SILENT });
    const order = cancelOf(reference);
    const adapter = lab.adapter();
    expect((await adapter.cancel(lab.access('impatient'), order)).kind).toBe('UNKNOWN');
    if (adapter.capabilities.idempotentCancel)
      expect((await adapter.cancel(lab.access(), order)).kind).toBe('CANCELLED');
    expect(await adapter.inquire(lab.access(), reference)).toMatchObject({
      state: 'CANCELLED',
      balanceAmount: 0,
    });
    const book = await lab.control.ledger(reference.acquirerOrderNo);
    expect(book.map(({ kind }) => kind)).toEqual(['approval', 'cancel']);
  });

  add(`${CANCELS_REFUSED_AT_FIRST}: cancels are refused for a while, then done`, async () => {
    const { lab } = bench;
    const reference = await pay(lab, { channel, cardNumber: CANCELS_REFUSED_AT_FIRST });
    const adapter = lab.adapter();
    const cancel = () => adapter.cancel(lab.access(), cancelOf(reference));
    expect((await cancel()).kind).toBe('REFUSED');
    expect(await lab.control.charged(reference.acquirerOrderNo)).toBe(AMOUNT);
    await eventually(async () => ((await cancel()).kind === 'CANCELLED' ? true : undefined), {
      withinMs: 10_000,
      what: 'the cancel is taken',
    });
    expect(await lab.control.charged(reference.acquirerOrderNo)).toBe(0);
  });
}
