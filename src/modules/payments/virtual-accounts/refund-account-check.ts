import { Inject, Injectable } from '@nestjs/common';
import { ACQUIRERS, type AcquirerRegistry, knowsAccountHolders } from '../../../acquirers/port/acquirer.port';
import type { RefundAccount } from '../../../acquirers/port/ability.types';
import { fault } from '../../../common/errors/app-error';
import { MerchantsFacade } from '../../merchants/merchants.facade';
import { RoutingFacade } from '../../routing/routing.facade';
import { wasCharged } from '../payment.state';
import { PAYMENT_ERRORS } from '../payments.errors';
import type { Payment } from '../payments.types';
import { VIRTUAL_ACCOUNT_ERRORS } from './virtual-account.errors';
import { isSameHolder } from '../../../common/banks/bank-account';

/** Whether money may go to the account that a cancel names: asked before anything is written or sent. */
@Injectable()
export class RefundAccountCheck {
  constructor(
    @Inject(ACQUIRERS) private readonly acquirers: AcquirerRegistry,
    private readonly merchants: MerchantsFacade,
    private readonly routing: RoutingFacade,
  ) {}

  /** Throws a problem: needed, not used, of another holder, not there, or the acquirer that knows it is not there. */
  async check(payment: Payment, account: RefundAccount | null): Promise<void> {
    const { channel, paymentId } = payment;
    const members = { paymentId };
    if (channel !== 'VIRTUAL_ACCOUNT') {
      if (account === null) return;
      throw fault(VIRTUAL_ACCOUNT_ERRORS, 'REFUND_ACCOUNT_NOT_ALLOWED', { members });
    }
    // Nothing is left to cancel for ever, as the cancel itself says; any other state may change in a moment.
    if (payment.status === 'CANCELLED') return;
    if (!wasCharged(payment)) {
      throw fault(PAYMENT_ERRORS, 'NOT_CANCELLABLE', {
        members: { ...members, paymentStatus: payment.status },
      });
    }
    if (account === null) throw fault(VIRTUAL_ACCOUNT_ERRORS, 'REFUND_ACCOUNT_REQUIRED', { members });
    await this.checkHolder(payment, account);
  }

  /** Only where the acquirer can be asked. Without an answer nothing is sent: money to a stranger does not come back. */
  private async checkHolder(payment: Payment, account: RefundAccount): Promise<void> {
    const { acquirer, contractId, paymentId } = payment;
    const adapter = this.acquirers.get(acquirer);
    const contract = await this.merchants.findContract(contractId);
    if (adapter === undefined || contract === null) throw new Error('a payment to cancel has no acquirer');
    if (!knowsAccountHolders(adapter)) return;
    const { bankCode, accountNumber, holderName } = account;
    const found = await adapter.findAccountHolder(this.routing.accessTo(contract), {
      bankCode,
      accountNumber,
    });
    const members = { paymentId };
    switch (found.kind) {
      case 'FOUND':
        if (isSameHolder(holderName, found.holderName)) return;
        throw fault(VIRTUAL_ACCOUNT_ERRORS, 'REFUND_ACCOUNT_HOLDER_MISMATCH', { members });
      case 'NOT_FOUND':
        throw fault(VIRTUAL_ACCOUNT_ERRORS, 'REFUND_ACCOUNT_NOT_FOUND', { members });
      default:
        throw fault(PAYMENT_ERRORS, 'ACQUIRER_UNAVAILABLE', { members, retryAfterSeconds: 5 });
    }
  }
}
