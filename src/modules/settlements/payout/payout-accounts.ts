import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { places } from '../../../common/db/places';
import { BANK_CODES } from '../../../common/banks/banks';
import { Logger } from '../../../common/logging/logger';
import { Sealer } from '../../../common/crypto/sealer';

/** Where a merchant's money goes. The number is in clear: it is for the bank's file alone. */
export interface PayoutAccount {
  /** Three digits. */
  readonly bankCode: string;
  readonly accountNumber: string;
  readonly holderName: string;
}

export interface FoundAccounts {
  /** By mid. */
  readonly accounts: ReadonlyMap<string, PayoutAccount>;
  /** Merchants with an account that no bank would take, or that does not open. */
  readonly wrong: readonly string[];
}

/** Merchants' settlement accounts. */
export abstract class PayoutAccounts {
  /** A merchant without an account is in neither part of the answer. */
  abstract of(mids: readonly string[]): Promise<FoundAccounts>;
}

const ACCOUNT_NUMBER = /^\d{6,20}$/;
const HOLDER_NAME = /^[^\p{Cc}]{1,60}$/u;

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
    private readonly logger: Logger,
  ) {
    super();
  }

  async of(mids: readonly string[]): Promise<FoundAccounts> {
    if (mids.length === 0) return { accounts: new Map(), wrong: [] };
    const rows = await this.dataSource.manager.query<Row[]>(
      `SELECT mid, bank_code, account_sealed, holder_name FROM merchant_accounts WHERE mid IN (${places(mids)})`,
      [...mids],
    );
    const accounts = new Map<string, PayoutAccount>();
    const wrong: string[] = [];
    for (const row of rows) {
      const account = await this.opened(row);
      if (account === null) wrong.push(row.mid);
      else accounts.set(row.mid, account);
    }
    return { accounts, wrong };
  }

  /** One account that does not open keeps nobody else's money. */
  private async opened(row: Row): Promise<PayoutAccount | null> {
    const { mid, bank_code: bankCode, account_sealed: sealed, holder_name: holderName } = row;
    const context = { table: 'merchant_accounts', column: 'account_sealed', rowId: mid, mid };
    try {
      const accountNumber = (await this.sealer.open('pii', context, sealed)).toString('utf8');
      const isWhole =
        BANK_CODES.includes(bankCode) && ACCOUNT_NUMBER.test(accountNumber) && HOLDER_NAME.test(holderName);
      return isWhole ? { bankCode, accountNumber, holderName } : null;
    } catch (error) {
      this.logger.failure('settlement.payout-account', error, { mid });
      return null;
    }
  }
}
