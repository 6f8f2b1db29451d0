import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditFacade } from '../../audit/audit.facade';
import { PayoutAccounts } from './payout-accounts';
import { PAYOUT_HEADING, payoutRow } from './payout-row.text';

const PAGE = 500;

export interface PayoutFile {
  readonly content: Readable;
  readonly leftOut: LeftOut;
}

/** Merchants with something due that is not in the file, as there is nowhere to send it. */
export interface LeftOut {
  /** They have no settlement account. */
  readonly withoutAccount: readonly string[];
  /** Theirs does not open, or no bank would take it. */
  readonly wrongAccount: readonly string[];
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

  /**
   * Audited before its first row is made, since account numbers leave with it. Every account is opened once before that,
   * so that who is left out is told with the file.
   */
  async open(date: string, actor: string): Promise<PayoutFile> {
    const leftOut = await this.leftOut(date);
    const [total] = await this.dataSource.manager.query<{ n: string; amount: string }[]>(
      `SELECT COUNT(*) AS n, COALESCE(SUM(payout_amount), 0) AS amount FROM settlements
       WHERE status = 'CONFIRMED' AND payout_day <= ? AND payout_amount > 0`,
      [date],
    );
    await this.audit.recordAlone({
      ...{ actor, action: 'settlement.payout-file', target: `payout-file:${date}`, outcome: 'SUCCESS' },
      details: {
        ...{ count: Number(total!.n), amount: Number(total!.amount), to: date },
        leftOut: [...leftOut.withoutAccount, ...leftOut.wrongAccount].length,
      },
    });
    return { content: Readable.from(this.rows(date)), leftOut };
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
      const { accounts } = await this.accounts.of([...new Set(due.map(({ mid }) => mid))]);
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

  private async leftOut(date: string): Promise<LeftOut> {
    const withoutAccount: string[] = [];
    const wrongAccount: string[] = [];
    for (let after = ''; ;) {
      const rows = await this.dataSource.manager.query<{ mid: string }[]>(
        `SELECT DISTINCT mid FROM settlements
         WHERE status = 'CONFIRMED' AND payout_day <= ? AND payout_amount > 0 AND mid > ? ORDER BY mid LIMIT ?`,
        [date, after, PAGE],
      );
      const mids = rows.map(({ mid }) => mid);
      const { accounts, wrong } = await this.accounts.of(mids);
      wrongAccount.push(...wrong);
      withoutAccount.push(...mids.filter((mid) => !accounts.has(mid) && !wrong.includes(mid)));
      const last = mids.at(-1);
      if (mids.length < PAGE || last === undefined) return { withoutAccount, wrongAccount };
      after = last;
    }
  }
}
