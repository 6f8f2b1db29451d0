import { Injectable } from '@nestjs/common';
import type { RefundAccount } from '../../../acquirers/port/ability.types';
import { Sealer } from '../../../common/crypto/sealer';
import { Secret } from '../../../common/masking/secret';
import type { RefundColumns } from '../journal/cancel-intent';
import { PaymentsRepository } from '../payments.repository';
import type { Payment, PaymentCancel } from '../payments.types';
import { maskAccountNumber } from '../../../common/banks/bank-account';
import type { VirtualAccount } from './virtual-account.types';
import { VirtualAccountsRepository } from './virtual-accounts.repository';

const place = (table: string, column: string, rowId: string, mid: string) => ({ table, column, rowId, mid });
type Owner = Pick<VirtualAccount, 'virtualAccountId' | 'mid'>;

/** Account numbers and deposit secrets at rest: sealed, each to its own row. */
@Injectable()
export class AccountVault {
  constructor(
    private readonly sealer: Sealer,
    private readonly accounts: VirtualAccountsRepository,
    private readonly payments: PaymentsRepository,
  ) {}

  sealNumber({ virtualAccountId, mid }: Owner, accountNumber: string): Promise<Buffer> {
    return this.sealer.seal(
      'pii',
      place('virtual_accounts', 'account_sealed', virtualAccountId, mid),
      accountNumber,
    );
  }

  async openNumber({ virtualAccountId, mid, accountSealed }: VirtualAccount): Promise<string | null> {
    if (accountSealed === null) return null;
    const context = place('virtual_accounts', 'account_sealed', virtualAccountId, mid);
    return (await this.sealer.open('pii', context, accountSealed)).toString('utf8');
  }

  async sealDepositSecret(
    { virtualAccountId, mid }: Owner,
    secret: Secret<string> | null,
  ): Promise<Buffer | null> {
    if (secret === null) return null;
    const context = place('virtual_accounts', 'deposit_secret_sealed', virtualAccountId, mid);
    return this.sealer.seal('webhook', context, secret.expose());
  }

  /** What a deposit notice for this payment must carry; null where the acquirer gave no such secret. */
  async depositSecretOf({ paymentId, channel }: Payment): Promise<Secret<string> | null> {
    if (channel !== 'VIRTUAL_ACCOUNT') return null;
    const account = await this.accounts.findByPayment(paymentId);
    if (account === null || account.depositSecretSealed === null) return null;
    const context = place('virtual_accounts', 'deposit_secret_sealed', account.virtualAccountId, account.mid);
    const opened = await this.sealer.open('webhook', context, account.depositSecretSealed);
    return new Secret(opened.toString('utf8'));
  }

  async sealRefund(mid: string, cancelId: string, account: RefundAccount): Promise<RefundColumns> {
    const accountNumber = account.accountNumber.expose();
    const { bankCode, holderName } = account;
    const context = place('payment_cancels', 'refund_account_sealed', cancelId, mid);
    const content = JSON.stringify({ accountNumber, holderName });
    return {
      sealed: await this.sealer.seal('pii', context, content),
      bankCode,
      masked: maskAccountNumber(accountNumber),
    };
  }

  /** Where a cancel's money goes to, so that any process can send it (again). Null for a cancel without one. */
  async refundOf({ cancelId }: PaymentCancel, mid: string): Promise<RefundAccount | null> {
    const kept = await this.payments.findRefund(cancelId);
    if (kept === null) return null;
    const context = place('payment_cancels', 'refund_account_sealed', cancelId, mid);
    const opened = await this.sealer.open('pii', context, kept.sealed);
    const { accountNumber, holderName } = JSON.parse(opened.toString('utf8')) as {
      accountNumber: string;
      holderName: string;
    };
    return { bankCode: kept.bankCode, accountNumber: new Secret(accountNumber), holderName };
  }
}
