import type { Channel } from '../../../acquirers/port/acquirer.types';
import type { DataScope } from '../../../common/http/data-scope';
import type { PaymentStatus } from '../payment.state';
import type { Payment } from '../payments.types';
import type { AccountCaseStatus } from './account-case.state';
import type { IssueVirtualAccountRequest } from './dto/virtual-account.request';

/** What only a person can put right: kept as a case of the account, and alerted. */
export const ACCOUNT_CASES = [
  /** The acquirer has taken another amount than was asked for. */
  'AMOUNT_MISMATCH',
  /** Deposited and refunded by somebody else, before we learnt of either. */
  'REFUNDED_ELSEWHERE',
  /** Deposited although the acquirer had said that the account was closed, run out or never issued. */
  'DEPOSITED_AFTER_END',
  /** Deposited before it was undone, at an acquirer that gives the money back only to an account that nobody named. */
  'REFUND_ACCOUNT_NEEDED',
  /** Long past its due day, and the acquirer says that it knows no such account. */
  'NOT_FOUND_AT_ACQUIRER',
  /** Long past its due day, and the acquirer neither says what became of it nor closes it. */
  'NOT_ENDED_AT_ACQUIRER',
] as const;
export type AccountCase = (typeof ACCOUNT_CASES)[number];

/** A virtual account as it is stored, beside its payment, whose state is its state. */
export interface VirtualAccount {
  readonly virtualAccountId: string;
  readonly paymentId: string;
  readonly mid: string;
  readonly bankCode: string;
  readonly holderName: string;
  /** Null until it was issued. */
  readonly accountSealed: Buffer | null;
  readonly accountMasked: string | null;
  readonly depositSecretSealed: Buffer | null;
  readonly dueAt: Date;
  readonly issuedAt: Date | null;
  readonly depositedAt: Date | null;
  readonly depositor: string | null;
  readonly closeRequestedAt: Date | null;
  readonly endedAt: Date | null;
  readonly checkTries: number;
  readonly createdAt: Date;
}

export interface AccountWithPayment {
  readonly account: VirtualAccount;
  readonly payment: Payment;
}

/** An account that the worker has taken up; `pastDue` by the database's clock. */
export interface DueAccount extends AccountWithPayment {
  readonly pastDue: boolean;
  /** Milliseconds until it is past due; not above 0 when it is. */
  readonly untilDueMs: number;
  /** The claim, as the database wrote it: the moment from which another look may be taken up. */
  readonly claimedUntil: string;
}

export interface IssueCommand {
  readonly mid: string;
  readonly actor: string;
  readonly request: IssueVirtualAccountRequest;
  /** When it runs out at the latest. */
  readonly dueAt: Date;
}

export interface IssueResult extends AccountWithPayment {
  readonly outcome: 'SUCCESS' | 'DUPLICATE';
}

export interface CloseCommand {
  readonly scope: DataScope;
  readonly virtualAccountId: string;
  readonly actor: string;
}

/** What a list of cases is narrowed to. */
export interface AccountCaseFilter {
  readonly mid?: string;
  readonly status?: AccountCaseStatus;
  readonly acquirer?: string;
  readonly code?: AccountCase;
}

/** A case as an operator sees it, with what its payment is now. */
export interface AccountCaseView {
  /** Its place in the list. */
  readonly seq: number;
  /** Of an account that the payer chose in an acquirer's own window: an id made for the case, of no account of ours. */
  readonly virtualAccountId: string;
  readonly paymentId: string;
  readonly mid: string;
  readonly acquirer: string;
  readonly code: AccountCase;
  /** Won that the acquirer named; null where it named none. */
  readonly amount: number | null;
  readonly status: AccountCaseStatus;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
  readonly closeReason: string | null;
  readonly orderNo: string;
  readonly channel: Channel;
  readonly paymentStatus: PaymentStatus;
  /** Won. */
  readonly paymentAmount: number;
}
