import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { places } from '../../../common/db/places';
import { Sealer } from '../../../common/crypto/sealer';

/** Where a merchant's money goes. The number is in clear: it is for the bank's file alone. */
export interface PayoutAccount {
  /** Three digits. */
  readonly bankCode: string;
  readonly accountNumber: string;
  readonly holderName: string;
}

/** Merchants' settlement accounts. */
export abstract class PayoutAccounts {
  /** By mid; a merchant without an account is left out. */
  abstract of(mids: readonly string[]): Promise<ReadonlyMap<string, PayoutAccount>>;
}

interface Row {
  readonly mid: string;
  readonly bank_code: string;
  readonly account_sealed: Buffer;
  readonly holder_name: string;
}

/** Reads and unseals `merchant_accounts`, which a merchant's approved application fills. */
@Injectable()
export class SealedPayoutAccounts extends PayoutAccounts {
  constructor(
    private readonly dataSource: DataSource,
    private readonly sealer: Sealer,
  ) {
    super();
  }

  async of(mids: readonly string[]): Promise<ReadonlyMap<string, PayoutAccount>> {
    if (mids.length === 0) return new Map();
    const rows = await this.dataSource.manager.query<Row[]>(
      `SELECT mid, bank_code, account_sealed, holder_name FROM merchant_accounts WHERE mid IN (${places(mids)})`,
      [...mids],
    );
    const accounts = new Map<string, PayoutAccount>();
    for (const { mid, bank_code: bankCode, account_sealed: sealed, holder_name: holderName } of rows) {
      const context = { table: 'merchant_accounts', column: 'account_sealed', rowId: mid, mid };
      const accountNumber = (await this.sealer.open('pii', context, sealed)).toString('utf8');
      accounts.set(mid, { bankCode, accountNumber, holderName });
    }
    return accounts;
  }
}
