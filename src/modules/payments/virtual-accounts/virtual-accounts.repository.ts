import { Inject, Injectable } from '@nestjs/common';
import { SqlPool } from '../../../common/db/pool';
import { JOURNAL_POOL } from '../../../common/db/tokens';
import { fromDatabaseTime } from '../../../common/time/korean-time';
import type { DataScope } from '../../../common/http/data-scope';
import { PaymentsRepository } from '../payments.repository';
import type { AccountWithPayment, VirtualAccount } from './virtual-account.types';

type Row = Readonly<Record<string, string | number | Buffer | null>>;

/** Reads of virtual accounts. Writes are the journal's. */
@Injectable()
export class VirtualAccountsRepository {
  constructor(
    @Inject(JOURNAL_POOL) private readonly pool: SqlPool,
    private readonly payments: PaymentsRepository,
  ) {}

  async find(scope: DataScope, virtualAccountId: string): Promise<AccountWithPayment | null> {
    const account = await this.one('id = ?', virtualAccountId);
    const payment = account === null ? null : await this.payments.find(scope, account.paymentId);
    return account === null || payment === null ? null : { account, payment };
  }

  findByPayment(paymentId: string): Promise<VirtualAccount | null> {
    return this.one('payment_id = ?', paymentId);
  }

  private async one(where: string, value: string): Promise<VirtualAccount | null> {
    const [row] = await this.pool.execute<Row[]>(`SELECT * FROM virtual_accounts WHERE ${where}`, [value]);
    return row === undefined ? null : accountFromRow(row);
  }
}

export function accountFromRow(row: Row): VirtualAccount {
  const time = (column: string) => {
    const value = row[column] ?? null;
    return value === null ? null : fromDatabaseTime(value as string);
  };
  return {
    virtualAccountId: row.id as string,
    paymentId: row.payment_id as string,
    mid: row.mid as string,
    bankCode: row.bank_code as string,
    holderName: row.holder_name as string,
    accountSealed: row.account_sealed as Buffer | null,
    accountMasked: row.account_masked as string | null,
    depositSecretSealed: row.deposit_secret_sealed as Buffer | null,
    dueAt: time('due_at')!,
    issuedAt: time('issued_at'),
    depositedAt: time('deposited_at'),
    depositor: row.depositor as string | null,
    closeRequestedAt: time('close_requested_at'),
    endedAt: time('ended_at'),
    checkTries: Number(row.check_tries),
    createdAt: time('created_at')!,
  };
}
