import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditFacade } from '../../audit/audit.facade';
import { PayoutAccounts } from './payout-accounts';
import { PAYOUT_HEADING, payoutRow } from './payout-row.text';

const PAGE = 500;

export interface PayoutFile {
  readonly content: Readable;
  /** Merchants with something due that have no settlement account: what is theirs is not in the file. */
  readonly withoutAccount: readonly string[];
}

interface DueRow {
  readonly id: string;
  readonly mid: string;
  readonly day: string;
  readonly amount: string | number;
}

/** The bank's bulk-transfer file: everything that is CONFIRMED, due up to a day, and above 0 won. */
@Injectable()
export class PayoutFiles {
  constructor(
    private readonly dataSource: DataSource,
    private readonly accounts: PayoutAccounts,
    private readonly audit: AuditFacade,
  ) {}

  /** Audited before its first row is made, since account numbers leave with it. */
  async open(date: string, actor: string): Promise<PayoutFile> {
    const withoutAccount = await this.withoutAccount(date);
    const [total] = await this.dataSource.manager.query<{ n: string; amount: string }[]>(
      `SELECT COUNT(*) AS n, COALESCE(SUM(payout_amount), 0) AS amount FROM settlements
       WHERE status = 'CONFIRMED' AND payout_day <= ? AND payout_amount > 0`,
      [date],
    );
    await this.audit.recordAlone({
      ...{ actor, action: 'settlement.payout-file', target: `payout-file:${date}`, outcome: 'SUCCESS' },
      details: { count: Number(total!.n), amount: Number(total!.amount), to: date },
    });
    return { content: Readable.from(this.rows(date)), withoutAccount };
  }

  private async *rows(date: string): AsyncGenerator<string> {
    yield PAYOUT_HEADING;
    let after = { day: '1970-01-01', id: '' };
    for (;;) {
      const due = await this.dataSource.manager.query<DueRow[]>(
        `SELECT id, mid, CAST(payout_day AS CHAR) AS day, payout_amount AS amount FROM settlements
         WHERE status = 'CONFIRMED' AND payout_day BETWEEN ? AND ? AND (payout_day > ? OR id > ?) AND payout_amount > 0
         ORDER BY payout_day, id LIMIT ?`,
        [after.day, date, after.day, after.id, PAGE],
      );
      const accounts = await this.accounts.of([...new Set(due.map(({ mid }) => mid))]);
      yield due
        .map(({ id, mid, amount }) => {
          const account = accounts.get(mid);
          return account === undefined
            ? ''
            : payoutRow({ settlementId: id, mid, amount: Number(amount) }, account);
        })
        .join('');
      const last = due.at(-1);
      if (due.length < PAGE || last === undefined) return;
      after = last;
    }
  }

  private async withoutAccount(date: string): Promise<string[]> {
    const rows = await this.dataSource.manager.query<{ mid: string }[]>(
      `SELECT DISTINCT s.mid FROM settlements s LEFT JOIN merchant_accounts a ON a.mid = s.mid
       WHERE s.status = 'CONFIRMED' AND s.payout_day <= ? AND s.payout_amount > 0 AND a.mid IS NULL
       ORDER BY s.mid LIMIT 100`,
      [date],
    );
    return rows.map(({ mid }) => mid);
  }
}
