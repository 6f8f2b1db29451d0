import { Injectable } from '@nestjs/common';
import { crashPoint } from '../../../common/crash/crash-point';
import { isConnectionFailure, wasNeverSent } from '../../../common/db/database-errors';
import { AppError, fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { isId, newId } from '../../../common/ids/id';
import { Logger } from '../../../common/logging/logger';
import { Secret } from '../../../common/masking/secret';
import { Clock } from '../../../common/time/clock';
import { aboutCancel } from '../../../common/tracing/spans';
import { koreanTime } from '../../../common/time/korean-time';
import type { DataScope } from '../../../common/http/data-scope';
import { MerchantsFacade } from '../../merchants/merchants.facade';
import { RoutingFacade } from '../../routing/routing.facade';
import type { CancelWish } from '../cancel.calc';
import type { CancelIntent, OpenCancelResult, RefundColumns } from '../journal/cancel-intent';
import { PaymentJournal } from '../journal/payment-journal';
import { unknownCancelAnswer } from '../payment-answer';
import { PAYMENT_ERRORS } from '../payments.errors';
import { PaymentsRepository } from '../payments.repository';
import type { Payment, PaymentCancel, PaymentWithHistory } from '../payments.types';
import { PaymentTimes } from '../payment-time';
import { AccountVault } from '../virtual-accounts/account-vault';
import { RefundAccountCheck } from '../virtual-accounts/refund-account-check';
import { CancelSettler, type CancelSettlement } from './cancel-settler';

export interface CancelCommand {
  readonly scope: DataScope;
  readonly paymentId: string;
  readonly wish: CancelWish;
  readonly expectedBalanceAmount?: number;
  readonly reason: string;
  readonly actor: string;
  /** Hex of the caller's idempotency key with its scope; null without one. */
  readonly requestKey: string | null;
  /** Needed for what came by a virtual account, and only there. */
  readonly refundAccount?: {
    readonly bankCode: string;
    readonly accountNumber: string;
    readonly holderName: string;
  } | null;
}

export interface CancelResult extends PaymentWithHistory {
  readonly cancel: PaymentCancel;
}

/** Full and partial cancels. The amount is reserved first, so that many at once never pass what was approved. */
@Injectable()
export class CancelPayment {
  constructor(
    private readonly payments: PaymentsRepository,
    private readonly journal: PaymentJournal,
    private readonly merchants: MerchantsFacade,
    private readonly routing: RoutingFacade,
    private readonly settler: CancelSettler,
    private readonly refundCheck: RefundAccountCheck,
    private readonly vault: AccountVault,
    private readonly times: PaymentTimes,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  async run(command: CancelCommand): Promise<CancelResult> {
    const seen = isId('pay', command.paymentId)
      ? await this.payments.find(command.scope, command.paymentId)
      : null;
    if (seen === null) throw fault(PAYMENT_ERRORS, 'PAYMENT_NOT_FOUND');
    const cancelId = newId('pcn');
    const refund = await this.refundOf(command, seen, cancelId);
    aboutCancel(seen.paymentId, cancelId);
    crashPoint('cancel.before-intent');
    const intent = {
      cancelId,
      paymentId: seen.paymentId,
      wish: command.wish,
      expectedBalanceAmount: command.expectedBalanceAmount,
      reason: command.reason,
      requestedBy: command.actor,
      requestKey: command.requestKey,
      refund,
      dueInMs: await this.leaseFor(seen),
      at: this.clock.now(),
    };
    const opened = await this.journal.cancels.open(intent).catch((error: unknown) => {
      // A commit whose answer was lost may stand, and the worker then does the cancel.
      throw isConnectionFailure(error) && !wasNeverSent(error) ? this.unknown(intent, error) : error;
    });
    crashPoint('cancel.after-intent');
    if (opened.kind === 'REPEATED') return this.repeated(command, opened.cancelId);
    if (opened.kind !== 'OPENED') throw refusal(opened);
    try {
      const settlement = await this.settle(opened.payment, opened.cancel);
      crashPoint('cancel.before-answer');
      return await this.answer(command, cancelId, settlement);
    } catch (error) {
      throw error instanceof AppError ? error : this.unknown(intent, error);
    }
  }

  /** From its intent on a cancel goes to its end: a caller who was told of a mere fault would ask for a second one. */
  private unknown({ paymentId, cancelId }: CancelIntent, error: unknown): AppError {
    this.logger.failure('cancel.outcome-not-written', error, { paymentId, cancelId });
    return unknownCancelAnswer({ paymentId, cancelId }, error);
  }

  /** Checked and sealed before anything is written: what is sealed for a cancel that is then refused is never kept. */
  private async refundOf(
    { refundAccount }: CancelCommand,
    payment: Payment,
    cancelId: string,
  ): Promise<RefundColumns | null> {
    const account =
      refundAccount === undefined || refundAccount === null
        ? null
        : { ...refundAccount, accountNumber: new Secret(refundAccount.accountNumber) };
    await this.refundCheck.check(payment, account);
    return account === null ? null : this.vault.sealRefund(payment.mid, cancelId, account);
  }

  /** Until a worker may take the cancel for abandoned: the wait for its turn, the calls, and a margin. */
  private async leaseFor(payment: Payment): Promise<number> {
    const contract = await this.merchants.findContract(payment.contractId);
    if (contract === null) throw new Error('a payment without its contract');
    return this.times.turnWaitMs + 2 * this.times.abandonedAfterMs(this.routing.accessTo(contract));
  }

  /** A lost answer is asked for once more at once, under the same key; what stays open is the worker's. */
  private async settle(payment: Payment, cancel: PaymentCancel): Promise<CancelSettlement> {
    const first = await this.settler.settle(payment, cancel);
    return first.kind === 'OPEN' ? this.settler.settle(payment, first.cancel) : first;
  }

  /** The same request again (its first answer was lost): told from the cancel itself. */
  private async repeated(command: CancelCommand, cancelId: string): Promise<CancelResult> {
    const cancel = await this.payments.findCancel(cancelId);
    const { cancelAmount } = command.wish;
    if (cancel !== null && cancelAmount !== undefined && cancelAmount !== cancel.amount)
      throw fault(COMMON_ERRORS, 'IDEMPOTENCY_KEY_REUSED');
    if (cancel?.status === 'IN_PROGRESS') {
      const members = { paymentId: command.paymentId, cancelId };
      throw fault(PAYMENT_ERRORS, 'CANCEL_IN_PROGRESS', { members, retryAfterSeconds: 1 });
    }
    return this.answer(command, cancelId, { kind: cancel?.status === 'DONE' ? 'DONE' : 'FAILED' });
  }

  private async answer(
    command: CancelCommand,
    cancelId: string,
    settlement: CancelSettlement,
  ): Promise<CancelResult> {
    const payment = await this.payments.find(command.scope, command.paymentId);
    const cancel = await this.payments.findCancel(cancelId);
    if (payment === null || cancel === null) throw fault(PAYMENT_ERRORS, 'PAYMENT_NOT_FOUND');
    if (cancel.status === 'DONE') return { ...(await this.payments.withHistory(payment)), cancel };
    if (cancel.status === 'FAILED') throw failed(payment, cancel);
    const nextCheckAt = settlement.kind === 'OPEN' ? settlement.nextCheckAt : cancel.dueAt;
    throw fault(PAYMENT_ERRORS, 'ACQUIRER_TIMEOUT', {
      members: {
        paymentId: payment.paymentId,
        cancelId,
        status: payment.status,
        paymentStatus: payment.status,
        cancelStatus: cancel.status,
        outcome: 'UNKNOWN',
        ...(nextCheckAt === null ? {} : { nextCheckAt: koreanTime(nextCheckAt) }),
      },
    });
  }
}

type Refused = Exclude<OpenCancelResult, { kind: 'OPENED' } | { kind: 'REPEATED' }>;

function refusal(refused: Refused): AppError {
  switch (refused.kind) {
    case 'NOT_FOUND':
      return fault(PAYMENT_ERRORS, 'PAYMENT_NOT_FOUND');
    case 'NOT_CANCELLABLE':
      return fault(PAYMENT_ERRORS, 'NOT_CANCELLABLE', { members: { paymentStatus: refused.status } });
    case 'BALANCE_CHANGED':
      return fault(PAYMENT_ERRORS, 'BALANCE_CHANGED', { members: { balanceAmount: refused.balanceAmount } });
    case 'NOTHING_LEFT':
      return fault(PAYMENT_ERRORS, 'ALREADY_CANCELLED', {
        members: { balanceAmount: refused.balanceAmount },
      });
    case 'OVER_BALANCE':
      return fault(PAYMENT_ERRORS, 'CANCEL_AMOUNT_EXCEEDS_BALANCE', {
        members: { balanceAmount: refused.balanceAmount },
      });
    case 'TAX_FREE_MISFIT':
      return fault(PAYMENT_ERRORS, 'TAX_FREE_AMOUNT_EXCEEDS_BALANCE', {
        members: { balanceAmount: refused.balanceAmount },
      });
  }
}

function failed(payment: Payment, cancel: PaymentCancel): AppError {
  const members = {
    paymentId: payment.paymentId,
    cancelId: cancel.cancelId,
    paymentStatus: payment.status,
    balanceAmount: payment.balanceAmount,
    outcome: 'FAILURE',
  };
  if (cancel.failureCode === 'ACQUIRER_UNAVAILABLE') {
    return fault(PAYMENT_ERRORS, 'ACQUIRER_UNAVAILABLE', { members, retryAfterSeconds: 5 });
  }
  const { failureAcquirerCode: code, failureAcquirerMessage: message } = cancel;
  const acquirer = code === null ? undefined : { name: payment.acquirer, code, message: message ?? '' };
  return fault(PAYMENT_ERRORS, 'CANCEL_REFUSED', { members, acquirer });
}
