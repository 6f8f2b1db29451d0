import {
  canBill,
  listsMovements,
  listsSettlements,
  hasVirtualAccounts,
  issuesCashReceipts,
  knowsAccountHolders,
  type AcquirerPort,
} from '../../../src/acquirers/port/acquirer.port';
import type { CashReceiptOrder, VirtualAccountOrder } from '../../../src/acquirers/port/ability.types';
import type { ApprovalReference, ContractAccess } from '../../../src/acquirers/port/acquirer.types';
import { Secret } from '../../../src/common/masking/secret';
import { koreanDay } from '../../../src/common/time/korean-time';
import { CARD } from '../../support/merchant';
import type { AbilityCall } from './catalogue';
import type { Lab } from './lab';
import { AMOUNT, billingKey, cancelOf, pay, PAYER } from './payments';

export interface Answered {
  readonly kind: string;
}

/** A call of an ability that has only to be made; making it twice makes the same call again. */
export interface Situation {
  call(adapter: AcquirerPort, access: ContractAccess): Promise<Answered>;
  /** Brings what the call may have done to an end, and asserts that nothing was done twice. */
  settle(): Promise<void>;
  /** What may be in no exchange. */
  readonly secrets: readonly string[];
}

const nothing = () => Promise.resolve();
const DAY_MS = 86_400_000;
const REFUND_ACCOUNT = '110123456789';
const IDENTIFIER = '01012345678';
const CUSTOMER = '입금자성명';

/** The adapter as one that has the ability; its capabilities are looked at before. */
function having<Able extends AcquirerPort>(
  adapter: AcquirerPort,
  has: (adapter: AcquirerPort) => adapter is Able,
): Able {
  if (has(adapter)) return adapter;
  throw new Error(`${adapter.name} lacks an ability that its capabilities promise`);
}
export const billing = (adapter: AcquirerPort) => having(adapter, canBill);
export const accounts = (adapter: AcquirerPort) => having(adapter, hasVirtualAccounts);
export const receipts = (adapter: AcquirerPort) => having(adapter, issuesCashReceipts);
export const movements = (adapter: AcquirerPort) => having(adapter, listsMovements);
export const settlements = (adapter: AcquirerPort) => having(adapter, listsSettlements);

export function accountOrder(lab: Lab): VirtualAccountOrder {
  return {
    acquirerOrderNo: lab.newOrderNo(),
    acquirerTransactionId: lab.newTransactionId(lab.adapter(), 'VIRTUAL_ACCOUNT', new Date()),
    amount: AMOUNT,
    taxFreeAmount: 0,
    goodsName: '만년필',
    customerName: CUSTOMER,
    bankCode: lab.fixture.virtualAccount?.bankCode ?? '088',
    dueAt: new Date(Math.floor(Date.now() / 1_000) * 1_000 + 3 * DAY_MS),
  };
}

export function accountReference(
  order: VirtualAccountOrder,
  acquirerTransactionId: string | null,
): ApprovalReference {
  const { acquirerOrderNo, amount } = order;
  const requestedAt = new Date();
  return { acquirerOrderNo, acquirerTransactionId, channel: 'VIRTUAL_ACCOUNT', requestedAt, amount };
}

/** An account that waits for its deposit. */
export async function openAccount(lab: Lab) {
  const order = accountOrder(lab);
  const issued = await accounts(lab.adapter()).issueVirtualAccount(lab.access(), order);
  if (issued.kind !== 'ISSUED')
    throw new Error(`no account: ${issued.kind}, ${issued.exchange.code ?? 'no code'}`);
  return { order, issued, reference: accountReference(order, issued.acquirerTransactionId) };
}

/** An account with its deposit. */
export async function paidAccount(lab: Lab) {
  const opened = await openAccount(lab);
  if (!(await lab.control.deposit(opened.issued.accountNumber, AMOUNT, CUSTOMER)))
    throw new Error('the bank refused the deposit');
  return opened;
}

export const refundTo = () => ({
  bankCode: '088',
  accountNumber: new Secret(REFUND_ACCOUNT),
  holderName: '홍길동',
});

export function receiptOrder(lab: Lab): CashReceiptOrder {
  const vat = Math.round(AMOUNT / 11);
  return {
    acquirerOrderNo: lab.newOrderNo(),
    acquirerTransactionId: null,
    purpose: 'INCOME_DEDUCTION',
    identifier: new Secret(IDENTIFIER),
    amount: AMOUNT,
    supplyAmount: AMOUNT - vat,
    vat,
    taxFreeAmount: 0,
    serviceCharge: 0,
    goodsName: '만년필',
  };
}

export async function issueReceipt(lab: Lab) {
  const order = receiptOrder(lab);
  const issued = await receipts(lab.adapter()).issueCashReceipt(lab.access(), order);
  if (issued.kind !== 'ISSUED')
    throw new Error(`no receipt: ${issued.kind}, ${'exchange' in issued ? issued.exchange.code : ''}`);
  return { order, issued };
}

export const receiptCancel = (lab: Lab, order: CashReceiptOrder, amount = order.amount, approvalNo = '0') => {
  const vat = Math.round(amount / 11);
  return {
    acquirerOrderNo: lab.newOrderNo(),
    amount,
    supplyAmount: amount - vat,
    vat,
    taxFreeAmount: 0,
    serviceCharge: 0,
    reason: '반품',
    original: {
      acquirerOrderNo: order.acquirerOrderNo,
      approvalNo,
      issuedAt: new Date(),
      amount: order.amount,
    },
  };
};

export function inquireReceipt(lab: Lab, { acquirerOrderNo }: Pick<CashReceiptOrder, 'acquirerOrderNo'>) {
  const reference = { acquirerOrderNo, requestedAt: new Date() };
  return receipts(lab.adapter()).inquireCashReceipt(lab.access(), reference);
}

export const today = () => koreanDay(new Date());

async function noMoney(lab: Lab, { acquirerOrderNo }: ApprovalReference): Promise<void> {
  expect(await lab.control.charged(acquirerOrderNo)).toBe(0);
}

/** Closes an account that waits, if there is one. */
async function endAccount(lab: Lab, order: VirtualAccountOrder): Promise<void> {
  const adapter = accounts(lab.adapter());
  const seen = await adapter.inquire(lab.access(), accountReference(order, null));
  expect(['FOUND', 'NOT_FOUND']).toContain(seen.kind);
  if (seen.kind !== 'FOUND') return;
  const reference = accountReference(order, seen.acquirerTransactionId);
  if (seen.state === 'PENDING') {
    expect((await adapter.closeVirtualAccount(lab.access(), reference)).kind).toBe('CANCELLED');
  }
  expect(await adapter.inquire(lab.access(), reference)).toMatchObject({ state: 'NOT_APPROVED' });
  expect(await lab.control.ledger(order.acquirerOrderNo)).toEqual([]);
}

/** Every call of an ability in a fresh situation where it can be made. */
export const SITUATIONS: Readonly<Record<AbilityCall, (lab: Lab) => Promise<Situation>>> = {
  issueBillingKey: async (lab) => {
    const order = {
      customerKey: `cus_${lab.newSequence()}`,
      acquirerOrderNo: lab.newOrderNo(),
      buyerName: '홍길동',
      card: new Secret({ cardNumber: CARD.approved, ...PAYER }),
    };
    return {
      call: (adapter, access) => billing(adapter).issueBillingKey(access, order),
      settle: nothing,
      secrets: [CARD.approved],
    };
  },

  revokeBillingKey: async (lab) => {
    const { token, customerKey } = await billingKey(lab);
    const revoke = (adapter: AcquirerPort, access: ContractAccess) =>
      billing(adapter).revokeBillingKey(access, token, customerKey);
    return {
      call: revoke,
      settle: async () => {
        expect(['REVOKED', 'REFUSED']).toContain((await revoke(lab.adapter(), lab.access())).kind);
      },
      secrets: [token.expose()],
    };
  },

  issueVirtualAccount: async (lab) => {
    const order = accountOrder(lab);
    return {
      call: (adapter, access) => accounts(adapter).issueVirtualAccount(access, order),
      settle: () => endAccount(lab, order),
      secrets: [CUSTOMER],
    };
  },

  closeVirtualAccount: async (lab) => {
    const { order, reference } = await openAccount(lab);
    return {
      call: (adapter, access) => accounts(adapter).closeVirtualAccount(access, reference),
      settle: () => endAccount(lab, order),
      secrets: [CUSTOMER],
    };
  },

  refundDeposit: async (lab) => {
    const { reference } = await paidAccount(lab);
    const order = cancelOf(reference);
    return {
      call: (adapter, access) => accounts(adapter).refundDeposit(access, order, refundTo()),
      settle: async () => {
        const adapter = accounts(lab.adapter());
        const seen = await adapter.inquire(lab.access(), reference);
        if (seen.kind === 'FOUND' && seen.state === 'APPROVED') {
          const again = await adapter.refundDeposit(lab.access(), cancelOf(reference), refundTo());
          expect(again.kind).toBe('CANCELLED');
        }
        const book = await lab.control.ledger(reference.acquirerOrderNo);
        expect(book.map(({ kind }) => kind)).toEqual(['approval', 'cancel']);
        await noMoney(lab, reference);
      },
      secrets: [REFUND_ACCOUNT, CUSTOMER],
    };
  },

  issueCashReceipt: async (lab) => {
    const order = receiptOrder(lab);
    return {
      call: (adapter, access) => receipts(adapter).issueCashReceipt(access, order),
      settle: async () => {
        const seen = await inquireReceipt(lab, order);
        expect(['FOUND', 'NOT_FOUND', 'UNSUPPORTED']).toContain(seen.kind);
        if (seen.kind !== 'FOUND') return;
        const cancel = receiptCancel(lab, order);
        const adapter = receipts(lab.adapter());
        const done = await adapter.cancelCashReceipt(lab.access(), seen.receiptId, cancel);
        expect(done.kind).toBe('CANCELLED');
        expect(await inquireReceipt(lab, order)).toMatchObject({ kind: 'FOUND', state: 'CANCELLED' });
      },
      secrets: [IDENTIFIER],
    };
  },

  cancelCashReceipt: async (lab) => {
    const { order, issued } = await issueReceipt(lab);
    const cancel = receiptCancel(lab, order);
    const run = (adapter: AcquirerPort, access: ContractAccess) =>
      receipts(adapter).cancelCashReceipt(access, issued.receiptId, cancel);
    return {
      call: run,
      settle: async () => {
        // The same call again: done, or it was done before.
        const again = await run(lab.adapter(), lab.access());
        expect(['CANCELLED', 'REFUSED', 'UNKNOWN']).toContain(again.kind);
        const seen = await inquireReceipt(lab, order);
        if (seen.kind !== 'UNSUPPORTED') expect(seen).toMatchObject({ kind: 'FOUND', state: 'CANCELLED' });
      },
      secrets: [IDENTIFIER],
    };
  },

  inquireCashReceipt: async (lab) => {
    const { order } = await issueReceipt(lab);
    const reference = { acquirerOrderNo: order.acquirerOrderNo, requestedAt: new Date() };
    return {
      call: (adapter, access) => receipts(adapter).inquireCashReceipt(access, reference),
      settle: nothing,
      secrets: [IDENTIFIER],
    };
  },

  findAccountHolder: async (lab) => {
    const known = lab.fixture.accountHolder;
    if (known === undefined) throw new Error('accountHolder of the fixture names no account');
    const account = { bankCode: known.bankCode, accountNumber: new Secret(known.accountNumber) };
    return {
      call: (adapter, access) => having(adapter, knowsAccountHolders).findAccountHolder(access, account),
      settle: nothing,
      secrets: [known.accountNumber],
    };
  },

  listMovements: async (lab) => {
    await pay(lab);
    return {
      call: (adapter, access) => movements(adapter).listMovements(access, today(), null),
      settle: nothing,
      secrets: [],
    };
  },

  listSettlements: async (lab) => {
    await pay(lab);
    await lab.control.settle(today());
    return {
      call: (adapter, access) => settlements(adapter).listSettlements(access, today(), null),
      settle: nothing,
      secrets: [],
    };
  },
};
