import type { ListOutcome } from '../../../../src/acquirers/port/ability.types';
import { hasWindow } from '../../../../src/acquirers/port/acquirer.port';
import { isNone } from '../fixture';
import { AMOUNT, billingKey, cancelOf, pay, prepare, referenceAfter } from '../payments';
import {
  billing,
  inquireReceipt,
  issueReceipt,
  movements,
  receiptCancel,
  receipts,
  settlements,
  today,
} from '../situations';
import type { Bench } from '../suite';

const PART = 10_000;

/** Billing keys, cash receipts, lists and bank transfers beyond the single call: ability-calls.ts. */
export function recordCases(bench: Bench): void {
  whereAble(bench, 'billing', ['billing/revoked'], () => revokedKeys(bench));
  const receiptIds = ['cash-receipts/partial', 'cash-receipts/unknown-order'];
  whereAble(bench, 'cashReceipt', receiptIds, () => cashReceipts(bench));
  whereAble(bench, 'movementList', ['lists/movements'], () => movementLists(bench));
  whereAble(bench, 'settlementList', ['lists/settlements'], () => settlementLists(bench));
  bankTransfer(bench);
}

function whereAble(
  { adapter, recorder }: Bench,
  capability: 'billing' | 'cashReceipt' | 'movementList' | 'settlementList',
  ids: readonly string[],
  declare: () => void,
): void {
  if (adapter.capabilities[capability]) declare();
  else for (const id of ids) recorder.notApplicable(id, `no ${capability}`);
}

function revokedKeys(bench: Bench): void {
  const charge = async (
    key: { token: Awaited<ReturnType<typeof billingKey>>['token']; customerKey: string },
    acquirerOrderNo: string,
  ) => {
    const { lab } = bench;
    const own = billing(lab.adapter());
    const order = { acquirerOrderNo, acquirerTransactionId: null, requestedAt: new Date(), amount: AMOUNT };
    const rest = { taxFreeAmount: 0, goodsName: '만년필', installmentMonths: 0 };
    return own.chargeBillingKey(lab.access(), { ...key, ...order, ...rest });
  };
  bench.recorder.it('billing/revoked', 'a key that was revoked pays nothing', async () => {
    const { lab } = bench;
    const key = await billingKey(lab);
    const own = billing(lab.adapter());
    const revoked = await own.revokeBillingKey(lab.access(), key.token, key.customerKey);
    expect(revoked.kind).toBe('REVOKED');
    const orderNo = lab.newOrderNo();
    expect(['DECLINED', 'UNKNOWN']).toContain((await charge(key, orderNo)).kind);
    expect(await lab.control.ledger(orderNo)).toEqual([]);
  });
}

function cashReceipts(bench: Bench): void {
  const { recorder, fixture } = bench;
  if (isNone(fixture.partialReceipt))
    recorder.notApplicable('cash-receipts/partial', fixture.partialReceipt.none);
  else
    recorder.it('cash-receipts/partial', 'a part, then the rest, and never more', async () => {
      const { lab } = bench;
      const { order, issued } = await issueReceipt(lab);
      const cancel = (amount: number) =>
        receipts(lab.adapter()).cancelCashReceipt(
          lab.access(),
          issued.receiptId,
          receiptCancel(lab, order, amount),
        );
      expect((await cancel(PART)).kind).toBe('CANCELLED');
      const half = await inquireReceipt(lab, order);
      if (half.kind !== 'UNSUPPORTED') expect(half).toMatchObject({ kind: 'FOUND', state: 'ISSUED' });
      expect(['REFUSED', 'UNKNOWN']).toContain((await cancel(AMOUNT)).kind);
      expect((await cancel(AMOUNT - PART)).kind).toBe('CANCELLED');
      const whole = await inquireReceipt(lab, order);
      if (whole.kind !== 'UNSUPPORTED') expect(whole).toMatchObject({ kind: 'FOUND', state: 'CANCELLED' });
      expect(['REFUSED', 'UNKNOWN']).toContain((await cancel(PART)).kind);
    });
  recorder.it('cash-receipts/unknown-order', 'not found, or no look-up at all', async () => {
    const { lab } = bench;
    const seen = await inquireReceipt(lab, { acquirerOrderNo: lab.newOrderNo() });
    expect(['NOT_FOUND', 'UNSUPPORTED']).toContain(seen.kind);
  });
}

async function everything<Line>(
  page: (next: string | null) => Promise<ListOutcome<Line>>,
): Promise<readonly Line[]> {
  const lines: Line[] = [];
  for (let next: string | null = null; ;) {
    const outcome = await page(next);
    if (outcome.kind !== 'PAGE') throw new Error(`no page: ${outcome.kind}, ${outcome.exchange.code}`);
    lines.push(...outcome.lines);
    if (outcome.next === null) return lines;
    next = outcome.next;
  }
}

/** A payment of which a part was cancelled, and what the books say of it. */
async function partlyCancelled({ lab }: Bench) {
  const reference = await pay(lab);
  const cancel = cancelOf(reference, { cancelAmount: PART });
  expect((await lab.adapter().cancel(lab.access(), cancel)).kind).toBe('CANCELLED');
  return {
    ofIt: <Line extends { acquirerOrderNo: string }>(lines: readonly Line[]) =>
      lines.filter(({ acquirerOrderNo }) => acquirerOrderNo === reference.acquirerOrderNo),
    expected: [
      { kind: 'APPROVAL', amount: AMOUNT, acquirerTransactionId: reference.acquirerTransactionId },
      { kind: 'CANCEL', amount: PART, acquirerTransactionId: expect.any(String) as string },
    ],
  };
}

function movementLists(bench: Bench): void {
  bench.recorder.it('lists/movements', 'an approval and its partial cancel, once each', async () => {
    const { lab } = bench;
    const { ofIt, expected } = await partlyCancelled(bench);
    const own = movements(lab.adapter());
    const lines = await everything((next) => own.listMovements(lab.access(), today(), next));
    expect(ofIt(lines)).toMatchObject(expected);
    expect(new Set(lines.map(({ kind, movementId }) => `${kind} ${movementId}`)).size).toBe(lines.length);
    const before = await own.listMovements(lab.access(), '2020-01-01', null);
    expect(before).toMatchObject({ kind: 'PAGE', lines: [], next: null });
  });
}

/** A day is settled once, with what was booked by then: no case before this one may settle. */
function settlementLists(bench: Bench): void {
  bench.recorder.it('lists/settlements', 'what is settled adds up to what is paid out', async () => {
    const { lab } = bench;
    const { ofIt, expected } = await partlyCancelled(bench);
    const own = settlements(lab.adapter());
    await lab.control.settle(today());
    const lines = ofIt(await everything((next) => own.listSettlements(lab.access(), today(), next)));
    expect(lines).toMatchObject(expected);
    for (const { kind, amount, fee, vat, net, payoutDay } of lines) {
      expect(net).toBe((kind === 'APPROVAL' ? amount : -amount) - fee - vat);
      expect(Math.sign(net)).toBe(kind === 'APPROVAL' ? 1 : -1);
      expect(payoutDay > today()).toBe(true);
    }
  });
}

function bankTransfer(bench: Bench): void {
  const { recorder, adapter, fixture } = bench;
  const id = 'window/bank-transfer';
  if (!hasWindow(adapter) || fixture.bankTransfer !== true) {
    recorder.notApplicable(id, hasWindow(adapter) ? 'no bank transfer in its window' : 'no payment window');
    return;
  }
  recorder.it(id, 'confirmed as one, without a card, and cancelled in parts', async () => {
    const { lab } = bench;
    const prepared = await prepare(lab, 'window', { method: 'BANK_TRANSFER' });
    const outcome = await prepared.run();
    expect(outcome).toMatchObject({ kind: 'APPROVED', method: 'BANK_TRANSFER', card: null });
    const reference = referenceAfter(prepared, outcome);
    const own = lab.adapter();
    expect(await own.inquire(lab.access(), reference)).toMatchObject({ state: 'APPROVED' });
    const parts = adapter.capabilities.partialCancel ? [PART, AMOUNT - PART] : [AMOUNT];
    let balanceAmount = AMOUNT;
    for (const cancelAmount of parts) {
      const order = cancelOf(reference, { cancelAmount, balanceAmount });
      expect((await own.cancel(lab.access(), order)).kind).toBe('CANCELLED');
      balanceAmount -= cancelAmount;
    }
    expect(await own.inquire(lab.access(), reference)).toMatchObject({ state: 'CANCELLED' });
    expect(await lab.control.charged(reference.acquirerOrderNo)).toBe(0);
  });
}
