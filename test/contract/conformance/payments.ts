import {
  canBill,
  canKeyIn,
  canNetCancel,
  hasWindow,
  type AcquirerPort,
} from '../../../src/acquirers/port/acquirer.port';
import type {
  ApprovalReference,
  CancelOrder,
  ContractAccess,
} from '../../../src/acquirers/port/acquirer.types';
import type { ConfirmOutcome } from '../../../src/acquirers/port/window.types';
import type { ApprovalOutcome } from '../../../src/acquirers/port/acquirer.types';
import { Secret } from '../../../src/common/masking/secret';
import { CARD } from '../../support/merchant';
import { pause } from '../../support/program';
import type { ChannelName } from './catalogue';
import { isNone, type Payer } from './fixture';
import type { Lab } from './lab';

/** Above the least amount of an instalment, and no round number, so that it cannot be mistaken for another. */
export const AMOUNT = 50_004;
export const PAYER = { cardExpiry: '3107', birthOrBusinessNo: '900101', cardPasswordTwoDigits: '98' };
const UNDO_TRIES_MAX = 20;
const UNDO_PAUSE_MS = 100;

export type Outcome = ApprovalOutcome | ConfirmOutcome;

/** An approval that has only to be asked for; asking twice asks for the same order again. */
export interface Prepared {
  readonly reference: ApprovalReference;
  run(by?: { readonly adapter?: AcquirerPort; readonly access?: ContractAccess }): Promise<Outcome>;
}

interface Wish {
  readonly cardNumber?: string;
  readonly amount?: number;
  /** What the payer pays in the window, where that is another. */
  readonly paidAmount?: number;
  readonly method?: Payer['method'];
}

export function prepare(lab: Lab, channel: ChannelName, wish: Wish = {}): Promise<Prepared> {
  switch (channel) {
    case 'key-in':
      return prepareKeyIn(lab, wish);
    case 'window':
      return prepareWindow(lab, wish);
    case 'billing':
      return prepareBilling(lab, wish);
  }
}

async function prepareKeyIn(
  lab: Lab,
  { cardNumber = CARD.approved, amount = AMOUNT }: Wish,
): Promise<Prepared> {
  const own = lab.adapter();
  const requestedAt = new Date();
  const acquirerOrderNo = lab.newOrderNo();
  const acquirerTransactionId = lab.newTransactionId(own, 'KEY_IN', requestedAt);
  return {
    reference: { acquirerOrderNo, acquirerTransactionId, channel: 'KEY_IN', requestedAt, amount },
    run: async ({ adapter = own, access = lab.access() } = {}) => {
      if (!canKeyIn(adapter)) throw new Error(`${adapter.name} has no key-in`);
      return adapter.approveKeyIn(access, {
        acquirerOrderNo,
        acquirerTransactionId,
        requestedAt,
        amount,
        taxFreeAmount: 0,
        goodsName: '만년필',
        installmentMonths: 0,
        buyerName: '홍길동',
        buyerEmail: 'buyer@shop.example',
        card: new Secret({ cardNumber, ...PAYER }),
      });
    },
  };
}

async function prepareWindow(lab: Lab, wish: Wish): Promise<Prepared> {
  const { cardNumber = CARD.approved, amount = AMOUNT, paidAmount = amount } = wish;
  const own = lab.adapter();
  if (!hasWindow(own) || isNone(lab.fixture.window)) throw new Error(`${own.name} has no window`);
  const { order, opened } = await open(lab, own, amount);
  const proof = await lab.fixture.window.finish(lab.control, order, {
    opened,
    payer: { cardNumber, amount: paidAmount, ...(wish.method && { method: wish.method }) },
  });
  const { acquirerOrderNo, requestedAt, taxFreeAmount } = order;
  const { acquirerTransactionId } = opened;
  return {
    reference: { acquirerOrderNo, acquirerTransactionId, channel: 'WINDOW', requestedAt, amount },
    run: async ({ adapter = own, access = lab.access() } = {}) => {
      if (!hasWindow(adapter)) throw new Error(`${adapter.name} has no window`);
      return adapter.confirmWindow(access, {
        acquirerOrderNo,
        acquirerTransactionId,
        amount,
        taxFreeAmount,
        requestedAt,
        proof,
      });
    },
  };
}

/** A billing key of its own for each payment. */
export async function billingKey(lab: Lab, cardNumber: string = CARD.approved) {
  const own = lab.adapter();
  if (!canBill(own)) throw new Error(`${own.name} cannot bill`);
  const customerKey = `cus_${lab.newSequence()}`;
  const issued = await own.issueBillingKey(lab.access(), {
    customerKey,
    acquirerOrderNo: lab.newOrderNo(),
    buyerName: '홍길동',
    buyerEmail: 'buyer@shop.example',
    buyerPhone: '01012345678',
    card: new Secret({ cardNumber, ...PAYER }),
  });
  if (issued.kind !== 'ISSUED')
    throw new Error(`no billing key: ${issued.kind}, ${issued.exchange.code ?? 'no code'}`);
  return { customerKey, token: issued.token };
}

async function prepareBilling(lab: Lab, { cardNumber, amount = AMOUNT }: Wish): Promise<Prepared> {
  const own = lab.adapter();
  const { customerKey, token } = await billingKey(lab, cardNumber);
  const requestedAt = new Date();
  const acquirerOrderNo = lab.newOrderNo();
  const acquirerTransactionId = lab.newTransactionId(own, 'KEY_IN', requestedAt);
  return {
    reference: { acquirerOrderNo, acquirerTransactionId, channel: 'BILLING', requestedAt, amount },
    run: async ({ adapter = own, access = lab.access() } = {}) => {
      if (!canBill(adapter)) throw new Error(`${adapter.name} cannot bill`);
      return adapter.chargeBillingKey(access, {
        token,
        customerKey,
        acquirerOrderNo,
        acquirerTransactionId,
        requestedAt,
        amount,
        taxFreeAmount: 0,
        goodsName: '만년필',
        installmentMonths: 0,
        buyerName: '홍길동',
        buyerEmail: 'buyer@shop.example',
      });
    },
  };
}

export function windowOrder(lab: Lab, amount = AMOUNT) {
  return {
    acquirerOrderNo: lab.newOrderNo(),
    amount,
    taxFreeAmount: 0,
    goodsName: '만년필',
    buyerName: '홍길동',
    buyerEmail: 'buyer@shop.example',
    requestedAt: new Date(),
    returnUrl: 'https://gateway.example/v1/checkout/return',
  };
}

export async function open(lab: Lab, adapter: AcquirerPort, amount = AMOUNT) {
  if (!hasWindow(adapter)) throw new Error(`${adapter.name} has no window`);
  const order = windowOrder(lab, amount);
  const opened = await adapter.openWindow(lab.access(), order);
  if (opened.kind !== 'OPENED') throw new Error(`the window did not open: ${opened.kind}`);
  return { order, opened };
}

/** The reference with the acquirer's id, where the outcome told it. */
export function referenceAfter({ reference }: Prepared, outcome: Outcome): ApprovalReference {
  const told = 'acquirerTransactionId' in outcome ? outcome.acquirerTransactionId : null;
  return { ...reference, acquirerTransactionId: told ?? reference.acquirerTransactionId };
}

/** The channels that an adapter has, the first one for cases that need any payment. */
export function channelsOf(adapter: AcquirerPort): ChannelName[] {
  return [
    ...(canKeyIn(adapter) ? (['key-in'] as const) : []),
    ...(hasWindow(adapter) ? (['window'] as const) : []),
    ...(canBill(adapter) ? (['billing'] as const) : []),
  ];
}

/** A payment that is approved, by whatever channel there is. */
export async function pay(lab: Lab, wish: Wish & { channel?: ChannelName } = {}): Promise<ApprovalReference> {
  const channel = wish.channel ?? channelsOf(lab.adapter())[0];
  if (channel === undefined) throw new Error(`${lab.fixture.name} can approve nothing`);
  const prepared = await prepare(lab, channel, wish);
  const outcome = await prepared.run();
  if (outcome.kind !== 'APPROVED')
    throw new Error(`not approved: ${outcome.kind}, ${outcome.exchange.code ?? 'no code'}`);
  return referenceAfter(prepared, outcome);
}

let cancels = 0;
export function cancelOf(reference: ApprovalReference, change: Partial<CancelOrder> = {}): CancelOrder {
  cancels += 1;
  const cancelAmount = change.cancelAmount ?? reference.amount;
  return {
    reference,
    cancelKey: `${reference.acquirerOrderNo}-c${cancels}`,
    cancelAmount,
    taxFreeAmount: 0,
    balanceAmount: reference.amount,
    reason: '고객 변심',
    ...change,
  };
}

/** Undoes what may have been approved, as the gateway does: net cancel, or inquiry and cancel, until it is known. */
export async function undo(lab: Lab, reference: ApprovalReference): Promise<void> {
  const adapter = lab.adapter();
  for (let tries = 0; tries < UNDO_TRIES_MAX; tries += 1) {
    if (await undoneBy(adapter, lab.access(), reference)) return;
    await pause(UNDO_PAUSE_MS);
  }
  throw new Error(`${reference.acquirerOrderNo} could not be undone`);
}

async function undoneBy(
  adapter: AcquirerPort,
  access: ContractAccess,
  reference: ApprovalReference,
): Promise<boolean> {
  if (canNetCancel(adapter)) {
    const outcome = await adapter.netCancel(access, reference);
    if (outcome.kind === 'CANCELLED') return true;
    if (outcome.kind === 'REFUSED' && outcome.reason === 'NOT_FOUND') return true;
  }
  const seen = await adapter.inquire(access, reference);
  if (seen.kind === 'NOT_FOUND') return true;
  if (seen.kind !== 'FOUND') return false;
  // A window that is not confirmed has taken nothing.
  if (seen.state === 'PENDING') return reference.channel === 'WINDOW';
  if (seen.state === 'NOT_APPROVED' || seen.state === 'CANCELLED') return true;
  const { acquirerTransactionId, balanceAmount } = seen;
  const known = { ...reference, acquirerTransactionId };
  const outcome = await adapter.cancel(
    access,
    cancelOf(known, { cancelAmount: balanceAmount, balanceAmount }),
  );
  return outcome.kind === 'CANCELLED';
}
