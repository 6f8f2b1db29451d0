import { Injectable } from '@nestjs/common';
import type { CancelOutcome } from '../../../acquirers/port/acquirer.types';
import { crashPoint } from '../../../common/crash/crash-point';
import { fault } from '../../../common/errors/app-error';
import { isId } from '../../../common/ids/id';
import { Clock } from '../../../common/time/clock';
import { koreanTime } from '../../../common/time/korean-time';
import type { DataScope } from '../../../common/http/data-scope';
import { MerchantsFacade } from '../../merchants/merchants.facade';
import { RoutingFacade } from '../../routing/routing.facade';
import type { ExchangeRecord } from '../journal/journal.types';
import { PaymentJournal } from '../journal/payment-journal';
import { wasCharged } from '../payment.state';
import { PAYMENT_ERRORS } from '../payments.errors';
import type { Payment } from '../payments.types';
import { PaymentTimes } from '../payment-time';
import { VIRTUAL_ACCOUNT_ERRORS } from '../virtual-accounts/virtual-account.errors';
import type { AccountWithPayment, CloseCommand } from '../virtual-accounts/virtual-account.types';
import { VirtualAccountsRepository } from '../virtual-accounts/virtual-accounts.repository';
import { DepositSettler } from './deposit-settler';

/**
 * Closes an account that waits, at the merchant's wish: intent, call, outcome. A deposit that came first stands. The
 * worker goes on with a closing whose answer was lost.
 */
@Injectable()
export class CloseVirtualAccount {
  constructor(
    private readonly accounts: VirtualAccountsRepository,
    private readonly merchants: MerchantsFacade,
    private readonly routing: RoutingFacade,
    private readonly journal: PaymentJournal,
    private readonly settler: DepositSettler,
    private readonly times: PaymentTimes,
    private readonly clock: Clock,
  ) {}

  async inScope(scope: DataScope, virtualAccountId: string): Promise<AccountWithPayment> {
    const found = isId('vac', virtualAccountId) ? await this.accounts.find(scope, virtualAccountId) : null;
    if (found === null) throw fault(VIRTUAL_ACCOUNT_ERRORS, 'VIRTUAL_ACCOUNT_NOT_FOUND');
    return found;
  }

  /** The account, closed. One that was closed before is answered as it stands. */
  async run(command: CloseCommand): Promise<AccountWithPayment> {
    const { payment } = await this.inScope(command.scope, command.virtualAccountId);
    const at = this.clock.now();
    crashPoint('close.before-intent');
    const leaseMs = await this.leaseFor(payment);
    const begun = await this.journal.deposits.requestClose(payment.paymentId, {
      by: command.actor,
      at,
      leaseMs,
    });
    crashPoint('close.after-intent');
    if (!begun) return this.ended(command);
    const { outcome, record } = await this.settler.closeAtAcquirer(payment);
    if (outcome.kind === 'CANCELLED') {
      const writer = { actor: command.actor, reason: 'closed', at: this.clock.now() };
      await this.journal.deposits.ended(payment.paymentId, 'CANCELLED', writer, [record]);
      crashPoint('close.after-outcome');
      return this.ended(command);
    }
    return this.notClosed(command, payment, { outcome, record, leaseMs });
  }

  /** Not closed by this call: perhaps by another one, or deposited, or the answer was lost. The acquirer is asked. */
  private async notClosed(
    command: CloseCommand,
    payment: Payment,
    told: { outcome: CancelOutcome; record: ExchangeRecord; leaseMs: number },
  ): Promise<AccountWithPayment> {
    const { outcome, record, leaseMs } = told;
    const { paymentId, acquirer: name } = payment;
    if (outcome.kind === 'NOT_SENT') {
      await this.journal.deposits.withdrawClose(paymentId, leaseMs, [record]);
      throw fault(PAYMENT_ERRORS, 'ACQUIRER_UNAVAILABLE', { members: { paymentId }, retryAfterSeconds: 5 });
    }
    const look = await this.settler.look(payment, command.actor);
    const unkept = [record, ...look.unkept];
    if (look.kind === 'DEPOSITED' || look.kind === 'ENDED') return this.ended(command);
    if (outcome.kind === 'REFUSED' && look.kind === 'WAITING') {
      const lookInMs = this.times.scaled(LOOK_AFTER_REFUSAL_MS);
      if (!(await this.journal.deposits.withdrawClose(paymentId, lookInMs, unkept)))
        return this.ended(command);
      const { code, message } = outcome.exchange;
      const acquirer = code === null ? undefined : { name, code, message: message ?? '' };
      throw fault(VIRTUAL_ACCOUNT_ERRORS, 'VIRTUAL_ACCOUNT_CLOSE_REFUSED', {
        members: { paymentId, paymentStatus: payment.status },
        acquirer,
      });
    }
    const nextInMs = this.times.scaled(NEXT_TRY_MS);
    if (!(await this.journal.deposits.postpone(paymentId, nextInMs, unkept))) return this.ended(command);
    const nextCheckAt = koreanTime(new Date(this.clock.now().getTime() + nextInMs));
    throw fault(PAYMENT_ERRORS, 'ACQUIRER_TIMEOUT', {
      members: {
        paymentId,
        status: payment.status,
        paymentStatus: payment.status,
        outcome: 'UNKNOWN',
        nextCheckAt,
      },
    });
  }

  /** It does not wait any more: closed as was wished, or something else came first. */
  private async ended(command: CloseCommand): Promise<AccountWithPayment> {
    const now = await this.inScope(command.scope, command.virtualAccountId);
    const { payment } = now;
    if (payment.status === 'CANCELLED' && !wasCharged(payment)) return now;
    throw fault(VIRTUAL_ACCOUNT_ERRORS, 'VIRTUAL_ACCOUNT_NOT_CLOSABLE', {
      members: { paymentId: payment.paymentId, paymentStatus: payment.status },
    });
  }

  /** Until the worker may go on with it: the closing, a look, and a margin. */
  private async leaseFor(payment: Payment): Promise<number> {
    const contract = await this.merchants.findContract(payment.contractId);
    if (contract === null) throw new Error('a payment without its contract');
    return 2 * this.times.abandonedAfterMs(this.routing.accessTo(contract));
  }
}

const LOOK_AFTER_REFUSAL_MS = 60_000;
const NEXT_TRY_MS = 5_000;
