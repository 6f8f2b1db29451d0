import type { Payment } from '../payments.types';
import type { DataScope } from '../../../common/http/data-scope';
import type { IssueVirtualAccountRequest } from './dto/virtual-account.request';

/** What only a person can put right; kept with the account, and alerted. */
export const ACCOUNT_CASES = [
  /** The acquirer has taken another amount than was asked for. */
  'AMOUNT_MISMATCH',
  /** Deposited and refunded by somebody else, before we learnt of either. */
  'REFUNDED_ELSEWHERE',
  /** Deposited although the acquirer had said that the account was closed, run out or never issued. */
  'DEPOSITED_AFTER_END',
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
  readonly caseCode: AccountCase | null;
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
