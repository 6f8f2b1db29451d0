import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { StatementSize } from '../../../common/db/statement-size';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import {
  ADD_DAYS_OF_AGENCY,
  ADD_DAYS_OF_ALL,
  ADD_SCOPES,
  ALL_MERCHANTS,
  CLAIM_SCOPE,
  NEXT_DAYS,
  NEXT_SCOPE,
} from './scope-sales-sql';

/** In one statement, at most: fewer where they take longer than DB_QUERY_TIMEOUT_MS. */
const DAYS_AT_ONCE = 10;

interface ScopeRow {
  readonly scope: string;
  readonly summed_through: string | null;
}

/** Sums up settled days over all merchants, and over each agency's. */
@Injectable()
export class SumScopes {
  /** Scopes have their turn, one after the other, by their names. */
  private last = '~';
  private readonly size = new StatementSize(DAYS_AT_ONCE);

  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** The next days of a scope that is behind; false when none is, or another process is at it. */
  async advance(): Promise<boolean> {
    const [next] = await this.dataSource.manager.query<ScopeRow[]>(NEXT_SCOPE, [this.last]);
    if (next === undefined) return this.addScopes();
    this.last = next.scope;
    return this.size.run((count) => this.addDays(next, count));
  }

  private addDays({ scope, summed_through: before }: ScopeRow, count: number): Promise<boolean> {
    return this.unitOfWork.run('settlement.scope-days', async (tx) => {
      const days = await tx.query<{ day: string }[]>(NEXT_DAYS, [before, count]);
      // Whoever moves a merchant holds the scope until the move is done: what it has is not read before.
      const claimed = await tx.query<unknown[]>(CLAIM_SCOPE, [scope, before]);
      if (claimed.length === 0 || days.length === 0) return false;
      if (before === null) await tx.query('DELETE FROM daily_scope_sales WHERE scope = ?', [scope]);
      const given = [days[0]!.day, days.at(-1)!.day];
      const isAll = scope === ALL_MERCHANTS;
      for (const add of isAll ? ADD_DAYS_OF_ALL : ADD_DAYS_OF_AGENCY) {
        await tx.query(add, isAll ? given : [...given, scope]);
      }
      await tx.query('UPDATE sales_scopes SET summed_through = ? WHERE scope = ?', [given[1], scope]);
      return true;
    });
  }

  /** Whether there was an agency that has never been summed up. */
  private async addScopes(): Promise<boolean> {
    const { affectedRows } = await this.dataSource.manager.query<{ affectedRows: number }>(ADD_SCOPES);
    return affectedRows > 0;
  }
}
