import type { AcquirerPort } from '../../../src/acquirers/port/acquirer.port';
import type { CancelOutcome, DeclineCode } from '../../../src/acquirers/port/acquirer.types';
import type { WindowOrder, WindowOutcome, WindowProof } from '../../../src/acquirers/port/window.types';
import type { OutboundClient } from '../../../src/common/http/outbound-client';
import type { Clock } from '../../../src/common/time/clock';
import type { AppConfig } from '../../../src/config/app-config';
import type { SandboxControl } from '../../support/sandbox-control';
import type { ChannelName } from './catalogue';

/** What Nest would inject. `config` holds the addresses of the sandbox, or of a proxy in front of it. */
export interface AdapterParts {
  readonly http: OutboundClient;
  readonly config: AppConfig;
  readonly clock: Clock;
}

/** Something that this acquirer does not have, and why. The reason is printed in the matrix. */
export interface None {
  readonly none: string;
}
export const none = (reason: string): None => ({ none: reason });
export const isNone = (value: unknown): value is None =>
  typeof value === 'object' && value !== null && 'none' in value;

/**
 * One thing for all channels, or one for each where an acquirer has an interface of its own for key-in. Charges by
 * billing key are as key-in unless `billing` says otherwise.
 */
export type PerChannel<Value> =
  Value | (Readonly<Record<'key-in' | 'window', Value>> & { readonly billing?: Value });
export function ofChannel<Value>(value: PerChannel<Value>, channel: ChannelName): Value {
  if (typeof value !== 'object' || value === null || !('key-in' in value)) return value;
  return channel === 'billing' ? (value.billing ?? value['key-in']) : value[channel];
}

export type DeclineTable = Readonly<Record<string, { code: DeclineCode; notProcessed?: boolean }>>;
export type Refusal = Pick<Extract<CancelOutcome, { kind: 'REFUSED' }>, 'reason' | 'retryLater'>;

/** A part of a text member that becomes another: the merchant's id inside a transaction id. */
export interface MemberPart {
  readonly path: string;
  readonly from: string;
  readonly to: string;
}
/** The path of a member of the JSON answer (`cancels.0.cancelAmount`), or why there is none. */
export type Member = string | MemberPart | None;
export interface ApprovalMembers {
  readonly amount: Member;
  readonly orderNo: Member;
  readonly merchant: Member;
  readonly currency: Member;
}

export interface CancelMembers {
  readonly amount: Member;
  readonly transactionId: Member;
  /** The answer to a cancel of everything tells neither: a part is cancelled to see them. */
  readonly ofPart?: true;
}

export interface Payer {
  readonly amount: number;
  readonly cardNumber: string;
  /** Absent: pays by card. Only where `bankTransfer` is true. */
  readonly method?: 'BANK_TRANSFER';
}

/** One call of an ability (`ABILITY_CALLS`). */
export interface CallFixture<Refusals> {
  /** The sandbox operation where faults are armed. */
  readonly operation: string;
  /** The adapter's own table: every code is armed as `decline:<code>`. */
  readonly refusals: Refusals | None;
  /** Members of the answer, by any name; the outcome must be UNKNOWN when one of them is another. */
  readonly members: Readonly<Record<string, Member>>;
  /** Why the same call again does it again. */
  readonly again?: None;
}
/** Codes of a refusal that has no more to say than that nothing was done. */
export type Codes = readonly string[];
export type RefusalTable = Readonly<Record<string, Refusal>>;

export interface AbilityCallFixtures {
  readonly issueBillingKey?: CallFixture<DeclineTable>;
  /** None: it offers no such call; the adapter says REFUSED without asking. */
  readonly revokeBillingKey?: CallFixture<Codes> | None;
  readonly issueVirtualAccount?: CallFixture<Codes>;
  readonly closeVirtualAccount?: CallFixture<RefusalTable>;
  readonly refundDeposit?: CallFixture<RefusalTable>;
  readonly issueCashReceipt?: CallFixture<Codes>;
  readonly cancelCashReceipt?: CallFixture<Codes>;
  /** Why an acquirer that issues receipts offers no look-up by order number (`UNSUPPORTED`). */
  readonly inquireCashReceipt?: CallFixture<Codes> | None;
  readonly findAccountHolder?: CallFixture<Codes>;
  readonly listMovements?: CallFixture<Codes>;
  readonly listSettlements?: CallFixture<Codes>;
}

export interface WindowPlay {
  /** Plays the payer who finishes the window; what the browser brings back. */
  finish(
    control: SandboxControl,
    order: WindowOrder,
    told: { readonly opened: Extract<WindowOutcome, { kind: 'OPENED' }>; readonly payer: Payer },
  ): Promise<WindowProof>;
  /** A proof that no window ever gave. */
  readonly forged: WindowProof;
  /** Whether the sandbox's payer may pay another amount than was asked. */
  readonly payerSetsAmount: true | None;
}

/** What answers tell of a card: true, false, or only those of one channel. */
type Told = boolean | ChannelName;

/** The sandbox operation that a call of the port leads to. */
export interface SandboxOperations {
  readonly approveKeyIn?: string;
  readonly openWindow?: string;
  readonly confirmWindow?: string;
  readonly chargeBillingKey?: string;
  readonly cancel: PerChannel<string>;
  readonly inquire: PerChannel<string>;
  /** Where an inquiry without the acquirer's id is another call. */
  readonly inquireByOrderNo?: PerChannel<string>;
  readonly netCancel?: PerChannel<string>;
  /** Where a token is asked for before the first call. */
  readonly token?: string;
}

/** All that the suite has to know of one acquirer. How to write one: README.md. */
export interface ConformanceFixture {
  /** The registered name, as in contracts and sandbox paths. */
  readonly name: string;
  adapter(parts: AdapterParts): AcquirerPort;
  /** A contract that the sandbox knows; the first of the demo data with this acquirer unless given. */
  readonly contract?: {
    readonly acquirerMerchantId: string;
    readonly credentials: Readonly<Record<string, string>>;
  };
  readonly operations: SandboxOperations;
  readonly window: WindowPlay | None;
  /** The adapter's own tables: every code is armed in the sandbox as `decline:<code>`. */
  readonly declines: {
    readonly approveKeyIn: DeclineTable | None;
    readonly confirmWindow: DeclineTable | None;
    /** Required where it can bill. */
    readonly chargeBillingKey?: DeclineTable | None;
    readonly cancel: RefusalTable | None;
  };
  /** Codes of a confirm that say that the payer has not finished, or the card of a payer who never does. */
  readonly notPaid: readonly string[] | { readonly cardNumber: string } | None;
  readonly members: {
    readonly approveKeyIn: ApprovalMembers | None;
    readonly confirmWindow: ApprovalMembers | None;
    /** Required where it can bill. */
    readonly chargeBillingKey?: ApprovalMembers | None;
    readonly cancel: PerChannel<CancelMembers>;
    readonly inquire: { readonly orderNo: Member };
  };
  /** What its answers tell of a card; anything not told must come out as UNKNOWN. */
  readonly tells: { readonly issuer: Told; readonly cardType: Told; readonly ownerType: Told };
  /** Where this acquirer has no code as fine as a test card's: card number to what it says instead. */
  readonly declinedCards?: Readonly<Record<string, DeclineCode>>;
  /** A transaction id of its form that was never given out, where an inquiry needs one. */
  readonly unknownTransactionId?: string;
  /** Whether the sandbox sends a webhook for a card approval; the channel where only those of one are told. */
  readonly webhook: true | ChannelName | None;
  /** Credentials that are no secret, since the payer's page shows them. */
  readonly publicCredentials?: readonly string[];
  /** Each call of the abilities that its capabilities promise; what they do not promise is n.a. by itself. */
  readonly calls?: AbilityCallFixtures;
  /** Of virtual accounts. */
  readonly virtualAccount?: {
    /** A bank other than Shinhan (088). */
    readonly bankCode?: string;
    /** Why no notice of a deposit comes. */
    readonly webhook?: None;
    /** Answers tell only when an account runs out, not that it has. */
    readonly dueByOurClock?: true;
  };
  /** Why a cash receipt cannot be cancelled in parts. */
  readonly partialReceipt?: None;
  /** An account that the sandbox's bank knows. */
  readonly accountHolder?: {
    readonly bankCode: string;
    readonly accountNumber: string;
    readonly holderName: string;
  };
  /** Its window offers bank transfers; `finish` is told so by `payer.method`. */
  readonly bankTransfer?: true;
}
