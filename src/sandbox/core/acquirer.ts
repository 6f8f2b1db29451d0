import type { IncomingHttpHeaders } from 'node:http';
import type { Discrepancies } from './discrepancies';
import type { Journal } from './journal';
import type { Ledger } from './ledger';
import type { SandboxClock } from './clock';

/**
 * The acquirers of the sandbox, and Popbill, which issues cash receipts and takes no payments. The order fixes each
 * one's own port: SANDBOX_PORT + 1 for the first, and so on.
 */
export const ACQUIRERS = ['toss', 'inicis', 'portone', 'nicepay', 'kakaopay', 'naverpay', 'popbill'] as const;
export type AcquirerName = (typeof ACQUIRERS)[number];

export const OPERATIONS = [
  'approve',
  'confirm',
  'cancel',
  'netCancel',
  'inquire',
  'billing',
  'cashReceipt',
  'virtualAccount',
  'lists',
  'token',
  /** Of messages; no acquirer has it. */
  'send',
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** An HTTP answer in an acquirer's own form. */
export interface Answer {
  readonly status: number;
  /** Bytes where the acquirer does not speak UTF-8. */
  readonly body: string | Buffer;
  readonly headers: Readonly<Record<string, string>>;
  /** `application/json;charset=UTF-8` unless said. */
  readonly contentType?: string;
}

/** What a call did to the acquirer's books. `nothing`: it was never processed. */
export type Effect = 'processed' | 'refused' | 'read' | 'replayed' | 'nothing';

/** How an answer leaves: as it is, damaged, never (the connection stays open), or by a cut connection. */
export type Delivery = 'answer' | 'unreadable' | 'never' | 'drop';

export interface Outcome {
  readonly answer: Answer;
  readonly effect: Effect;
  readonly delivery?: Delivery;
  /** Called when the call is over, however it ended. */
  readonly over?: () => void;
}

/** One request as an acquirer sees it. */
export interface WireCall {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** JSON as it parses; a form as an object of its fields, decoded as UTF-8. */
  readonly body: unknown;
  /** The bytes as they came, for hashes over the text and for forms in EUC-KR. */
  readonly rawBody: Buffer;
  /** Names the order that the call is about, for the list of calls. */
  about(acquirerOrderNo: string): void;
  /** Time that the issuer takes. The call goes on even if the client has gone; false: the sandbox was reset meanwhile. */
  issuerTakes(ms: number): Promise<boolean>;
}

/**
 * A call between arrival and processing. Opening it checks who calls and reserves its idempotency key; nothing else
 * happens before `run`, so that a client that leaves during a wait leaves no trace.
 */
export interface Exchange {
  /** `declineWith`: an armed fault makes the acquirer refuse with this code of its own. */
  run(declineWith?: string): Outcome | Promise<Outcome>;
  /** Nothing was processed and nothing will be. */
  abandon(): void;
}

export interface WireRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the acquirer's prefix: `/v1/payments/confirm`. */
  readonly path: string;
  readonly operation: Operation;
  /** Where one path serves several operations: which one this body asks for. */
  operationOf?(body: unknown): Operation;
  open(call: WireCall): Exchange;
}

/** A control call that plays somebody outside: the payer who finishes a payment window. */
export interface PlayRoute {
  /** Below `/__sandbox/<acquirer>`: `/payments`. */
  readonly path: string;
  play(body: unknown): PlayResult;
}

/** A payer's transfer to a virtual account, in won. */
export interface Deposit {
  readonly amount: number;
  readonly depositor: string;
}

/** A cash receipt, or a cancel of one, as the acquirer booked it. */
export interface BookedCashReceipt {
  readonly kind: 'issue' | 'cancel';
  /** The acquirer's name of the merchant. */
  readonly mid: string;
  /** The number that the merchant gave it; of a cancel the cancel's own, else the receipt's. Empty: it takes none. */
  readonly acquirerOrderNo: string;
  readonly receiptId: string;
  readonly approvalNo: string;
  /** Of a cancel: the approval number of the receipt that it cancels. */
  readonly originalApprovalNo: string | null;
  /** Won; a cancel's amount is positive too. */
  readonly amount: number;
  readonly atMs: number;
}

export type PlayResult = { readonly data: Readonly<Record<string, unknown>> } | { readonly problem: string };

/** One acquirer of the sandbox: a folder of its own beside `core`, and one line in `registry.ts`. */
export interface AcquirerSandbox {
  readonly name: AcquirerName;
  /** The operations it really has; a fault armed on any other could never fire and is refused. */
  readonly operations: readonly Operation[];
  readonly routes: readonly WireRoute[];
  readonly plays: readonly PlayRoute[];
  readonly ledger: Ledger;
  /** What its lists and inquiries are made to say. Absent: it tells its book only. */
  readonly discrepancies?: Discrepancies;
  /** The demo contracts, as this acquirer names their parts. */
  credentials(): readonly Readonly<Record<string, string>>[];
  /** Takes one record of the journal back into memory. */
  restore(record: unknown): void;
  /** Forgets everything; the journal is emptied by the caller. */
  forget(): void;
  /** Plays a depositor; null when the account is none of this acquirer's. Absent: it has no virtual accounts. */
  deposit?(accountNumber: string, deposit: Deposit): PlayResult | null;
  /** Makes the settlement list of a Korean day and answers how many lines it has. Absent: it offers no such list. */
  settle?(day: string): number;
  /** All cash receipts and their cancels, oldest first. Absent: it issues none. */
  cashReceipts?(): readonly BookedCashReceipt[];
  isDeclineCode(code: string): boolean;
  /** The error body that this acquirer sends with a bare HTTP status. `url`: of a call that names no route. */
  errorAnswer(status: number, url?: string): Answer;
}

/** One message to the gateway in an acquirer's own form. */
export interface Webhook {
  /** What it tells of; a fault armed on this operation hits it. */
  readonly operation: Operation;
  readonly body: string | Buffer;
  readonly contentType: string;
  /** The n-th try, from 0, in case the acquirer numbers them. */
  headers?(tries: number): Readonly<Record<string, string>>;
  /** Whether the answer ends the retries. */
  accepted(status: number, body: string): boolean;
  /** Pauses before each retry, in milliseconds before SANDBOX_TIME_SCALE. */
  readonly retryPausesMs: readonly number[];
}

export interface WebhookOutlet {
  /** False: nothing is ever sent, so nothing need be written. */
  readonly isOpen: boolean;
  send(webhook: Webhook): void;
}

export interface AcquirerContext {
  readonly journal: Journal;
  readonly clock: SandboxClock;
  /** Multiplies every wait that the test cards name. */
  readonly timeScale: number;
  readonly webhooks: WebhookOutlet;
}
