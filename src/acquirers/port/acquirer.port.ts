import type {
  ApprovalOrder,
  ApprovalOutcome,
  ApprovalReference,
  CancelOrder,
  CancelOutcome,
  ContractAccess,
  InquiryOutcome,
} from './acquirer.types';
import type {
  AccountHolderOutcome,
  AcquirerMovement,
  AcquirerSettlementLine,
  BillingChargeOrder,
  BillingKeyOrder,
  BillingKeyOutcome,
  BillingRevokeOutcome,
  CashReceiptCancelOrder,
  CashReceiptInquiry,
  CashReceiptOrder,
  CashReceiptOutcome,
  CashReceiptReference,
  ListOutcome,
  RefundAccount,
  VirtualAccountOrder,
  VirtualAccountOutcome,
} from './ability.types';
import type { RawWebhook, WebhookReading, WebhookReceipt, WebhookVerdict } from './webhook.types';
import type { ConfirmOrder, ConfirmOutcome, WindowOrder, WindowOutcome, WindowProof } from './window.types';
import type { Secret } from '../../common/masking/secret';

/**
 * What every acquirer must be able to do. An adapter keeps no state, does no I/O but HTTP, throws only for faults of
 * our own, and answers each call with an outcome; anything it does not find in its MAPPING.md is unknown.
 */
export interface AcquirerPort {
  /** The registered name, as in contracts and sandbox paths. */
  readonly name: string;
  readonly capabilities: AcquirerCapabilities;
  readonly credentialNames: CredentialNames;
  cancel(access: ContractAccess, order: CancelOrder): Promise<CancelOutcome>;
  /** By our own order number, since the acquirer's id is missing exactly when an answer was lost. */
  inquire(access: ContractAccess, reference: ApprovalReference): Promise<InquiryOutcome>;
}

/** Which credentials a contract needs for an adapter, by the names under which the adapter reads them. */
export interface CredentialNames {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

/** Ability: card approval from the number, without the payer's browser. */
export interface KeyInAbility {
  approveKeyIn(access: ContractAccess, order: ApprovalOrder): Promise<ApprovalOutcome>;
}

/**
 * Ability: undo by our own order number in one call. Without it the gateway inquires and then cancels. A virtual account
 * is closed where nobody has paid into it; a deposit is refused with `NOT_ALLOWED`, and stays where it is.
 */
export interface NetCancelAbility {
  netCancel(access: ContractAccess, reference: ApprovalReference): Promise<CancelOutcome>;
}

/** What a transaction id of our own making can be for: a card by its number, or a virtual account. */
export type OwnIdChannel = 'KEY_IN' | 'VIRTUAL_ACCOUNT';

/** Ability: the acquirer wants us to make up its transaction id, so that it is known before the call leaves. */
export interface OwnTransactionIds {
  /** `sequence`: a number that no other call has within the same ten seconds under this merchant id of the acquirer's. */
  newTransactionId(access: ContractAccess, what: OwnIdChannel, sequence: number, at: Date): string;
}

/** Ability: the payer pays in the acquirer's window, and we confirm (or read) what came of it. */
export interface WindowAbility {
  openWindow(access: ContractAccess, order: WindowOrder): Promise<WindowOutcome>;
  confirmWindow(access: ContractAccess, order: ConfirmOrder): Promise<ConfirmOutcome>;
}

/**
 * Ability: take back a confirm whose answer was lost, by what the payer's browser brought. Nobody keeps that, so only
 * whoever made the confirm can, at once; anybody later inquires and cancels.
 */
export interface WindowNetCancelAbility {
  /**
   * The part of a proof that is good for one payment only; null where it is missing. One that another order has
   * brought before is not confirmed, so that no net cancel can take back that other order.
   */
  oneTimeProof(proof: WindowProof): string | null;
  netCancelWindow(access: ContractAccess, order: ConfirmOrder): Promise<CancelOutcome>;
}

/** Ability: webhooks. They are hints: what they say is always asked for again by `inquire`. */
export interface WebhookAbility {
  readWebhook(raw: RawWebhook): WebhookReading;
  /** `depositSecret`: what the acquirer gave with the virtual account that the message is about, if it gave any. */
  verifyWebhook(
    access: ContractAccess,
    raw: RawWebhook,
    depositSecret?: Secret<string> | null,
  ): WebhookVerdict;
  readonly webhookReceipt: WebhookReceipt;
}

export interface BillingAbility {
  /** Only where the token is a name of ours: what an issue makes, known without its answer. */
  billingTokenOf?(order: Pick<BillingKeyOrder, 'customerKey' | 'acquirerOrderNo'>): Secret<string>;
  issueBillingKey(access: ContractAccess, order: BillingKeyOrder): Promise<BillingKeyOutcome>;
  chargeBillingKey(access: ContractAccess, order: BillingChargeOrder): Promise<ApprovalOutcome>;
  revokeBillingKey(
    access: ContractAccess,
    token: Secret<string>,
    customerKey: string,
  ): Promise<BillingRevokeOutcome>;
}

export interface VirtualAccountAbility {
  issueVirtualAccount(access: ContractAccess, order: VirtualAccountOrder): Promise<VirtualAccountOutcome>;
  closeVirtualAccount(access: ContractAccess, reference: ApprovalReference): Promise<CancelOutcome>;
  refundDeposit(access: ContractAccess, order: CancelOrder, to: RefundAccount): Promise<CancelOutcome>;
}

/**
 * Ability: cash receipts. The same order sent again under the same number must never issue (or cancel) twice: where the
 * provider does not see to that itself, the adapter hands it a key that does, or declares its inquiry `UNSUPPORTED`.
 */
export interface CashReceiptAbility {
  /** Where false, a cancel of a part is refused: only the whole of a receipt is taken back. */
  readonly cancelsReceiptsInPart: boolean;
  issueCashReceipt(access: ContractAccess, order: CashReceiptOrder): Promise<CashReceiptOutcome>;
  cancelCashReceipt(
    access: ContractAccess,
    receiptId: string,
    order: CashReceiptCancelOrder,
  ): Promise<CashReceiptOutcome>;
  /** By our own order number; what it cannot name it must not guess. Of a cancel, only that one counts. */
  inquireCashReceipt(access: ContractAccess, reference: CashReceiptReference): Promise<CashReceiptInquiry>;
}

/** Who issues cash receipts: an acquirer that can, or a provider that does nothing else and takes no payments. */
export interface ReceiptProvider extends CashReceiptAbility {
  /** As in contracts and sandbox paths. */
  readonly name: string;
  readonly credentialNames: CredentialNames;
}

/** Ability: whose account it is, asked of the bank. */
export interface AccountHolderAbility {
  findAccountHolder(
    access: ContractAccess,
    account: { readonly bankCode: string; readonly accountNumber: Secret<string> },
  ): Promise<AccountHolderOutcome>;
}

/** Ability: the acquirer's own list of a Korean day's approvals and cancels, for reconciliation. `next` is opaque. */
export interface MovementListAbility {
  /**
   * Only where payments that began longer than so many days before the list's day are not in it, whatever happened to
   * them on that day: what the list lacks of those has to be asked about by `inquire`.
   */
  readonly listedPaymentDaysMax?: number;
  listMovements(
    access: ContractAccess,
    day: string,
    next: string | null,
  ): Promise<ListOutcome<AcquirerMovement>>;
}

/** Ability: what the acquirer settles for the movements of a Korean day, with its fees. */
export interface SettlementListAbility {
  listSettlements(
    access: ContractAccess,
    day: string,
    next: string | null,
  ): Promise<ListOutcome<AcquirerSettlementLine>>;
}

/** Declared beside each adapter; a test holds it against the methods that the adapter really has. */
export interface AcquirerCapabilities {
  readonly keyIn: boolean;
  readonly netCancel: boolean;
  readonly windowNetCancel: boolean;
  readonly ownTransactionId: boolean;
  readonly window: boolean;
  /** Money is taken in the window already, and confirming only reads what came of it. */
  readonly paidInWindow: boolean;
  readonly webhook: boolean;
  readonly billing: boolean;
  readonly virtualAccount: boolean;
  readonly cashReceipt: boolean;
  readonly accountHolder: boolean;
  /** Where false, reconciliation asks about each order of a day by `inquire`: what only the acquirer has is not seen. */
  readonly movementList: boolean;
  readonly settlementList: boolean;
  readonly partialCancel: boolean;
  /** A repeated cancel under the same key is answered with the first result. */
  readonly idempotentCancel: boolean;
}

export function canKeyIn(adapter: AcquirerPort): adapter is AcquirerPort & KeyInAbility {
  return adapter.capabilities.keyIn;
}

export function canNetCancel(adapter: AcquirerPort): adapter is AcquirerPort & NetCancelAbility {
  return adapter.capabilities.netCancel;
}

export function makesOwnTransactionIds(adapter: AcquirerPort): adapter is AcquirerPort & OwnTransactionIds {
  return adapter.capabilities.ownTransactionId;
}

export function hasWindow(adapter: AcquirerPort): adapter is AcquirerPort & WindowAbility {
  return adapter.capabilities.window;
}

export function canNetCancelWindow(adapter: AcquirerPort): adapter is AcquirerPort & WindowNetCancelAbility {
  return adapter.capabilities.windowNetCancel;
}

export function hasWebhooks(adapter: AcquirerPort): adapter is AcquirerPort & WebhookAbility {
  return adapter.capabilities.webhook;
}

export function canBill(adapter: AcquirerPort): adapter is AcquirerPort & BillingAbility {
  return adapter.capabilities.billing;
}

export function hasVirtualAccounts(adapter: AcquirerPort): adapter is AcquirerPort & VirtualAccountAbility {
  return adapter.capabilities.virtualAccount;
}

export function issuesCashReceipts(adapter: AcquirerPort): adapter is AcquirerPort & CashReceiptAbility {
  return adapter.capabilities.cashReceipt;
}

export function knowsAccountHolders(adapter: AcquirerPort): adapter is AcquirerPort & AccountHolderAbility {
  return adapter.capabilities.accountHolder;
}

export function listsMovements(adapter: AcquirerPort): adapter is AcquirerPort & MovementListAbility {
  return adapter.capabilities.movementList;
}

export function listsSettlements(adapter: AcquirerPort): adapter is AcquirerPort & SettlementListAbility {
  return adapter.capabilities.settlementList;
}

/** The methods that each capability promises; a test holds every adapter against it. */
export const ABILITY_METHODS = {
  keyIn: ['approveKeyIn'],
  netCancel: ['netCancel'],
  ownTransactionId: ['newTransactionId'],
  window: ['openWindow', 'confirmWindow'],
  windowNetCancel: ['oneTimeProof', 'netCancelWindow'],
  webhook: ['readWebhook', 'verifyWebhook', 'webhookReceipt'],
  billing: ['issueBillingKey', 'chargeBillingKey', 'revokeBillingKey'],
  virtualAccount: ['issueVirtualAccount', 'closeVirtualAccount', 'refundDeposit'],
  cashReceipt: ['issueCashReceipt', 'cancelCashReceipt', 'inquireCashReceipt'],
  accountHolder: ['findAccountHolder'],
  movementList: ['listMovements'],
  settlementList: ['listSettlements'],
} as const satisfies Partial<Record<keyof AcquirerCapabilities, readonly string[]>>;

/** The registry, injected by this token; only src/acquirers knows the adapters themselves. */
export const ACQUIRERS = Symbol('ACQUIRERS');
export type AcquirerRegistry = ReadonlyMap<string, AcquirerPort>;

/**
 * Everybody who issues cash receipts, by name. A provider that is here and not among ACQUIRERS is never a candidate for
 * a payment.
 */
export const RECEIPT_PROVIDERS = Symbol('RECEIPT_PROVIDERS');
export type ReceiptProviderRegistry = ReadonlyMap<string, ReceiptProvider>;
