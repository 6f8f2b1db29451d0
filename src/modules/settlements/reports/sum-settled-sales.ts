import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { crashPoint } from '../../../common/crash/crash-point';
import { StatementSize } from '../../../common/db/statement-size';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import { ADD_TO_BRANCH_SUMS } from './branch-sums-sql';
import { addPartOfScopes, FORGET_CHANGE, NEXT_CHANGE, WORK_CHANGE_IN } from './scope-sales-sql';
import { HOLD_SUMS, LAST_OF_NEXT_MERCHANTS, NEXT_PART, PART_SUMMED, partValues } from './settled-sums-sql';

/** In one statement, at most: fewer where they take longer than DB_QUERY_TIMEOUT_MS. */
const MERCHANTS_AT_ONCE = 500;

interface PartRow {
  readonly day: string;
  readonly part: number | string;
  readonly first_mid: string;
  readonly last_mid: string;
}

/**
 * Adds settled parts of runs to the sums of all merchants, of agencies and of branches, and merchants that joined or left an
 * agency to its sums. A part, or such a merchant, is one transaction: killed between two of them nothing is lost.
 */
@Injectable()
export class SumSettledSales {
  private readonly merchants = new StatementSize(MERCHANTS_AT_ONCE);

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The next part, and where there is none the next change; false when all is summed up, or another process is at it. */
  advance(): Promise<boolean> {
    return this.merchants.run((count) =>
      this.unitOfWork.run('settlement.sums', async (tx) => {
        if ((await tx.query<unknown[]>(HOLD_SUMS)).length === 0) return false;
        const [part] = await tx.query<PartRow[]>(NEXT_PART);
        if (part === undefined) return this.workChangeIn(tx);
        await this.addPart(tx, part, count);
        return true;
      }),
    );
  }

  private async addPart(tx: EntityManager, row: PartRow, merchantsAtOnce: number): Promise<void> {
    const { day, first_mid: firstMid, last_mid: lastMid } = row;
    const part = Number(row.part);
    for (let afterMid = ''; afterMid < lastMid;) {
      const rest = { day, part, firstMid, afterMid, lastMid };
      const [last] = await tx.query<{ mid: string }[]>(LAST_OF_NEXT_MERCHANTS, [
        ...[...partValues(rest), merchantsAtOnce - 1],
      ]);
      const range = { ...rest, lastMid: last?.mid ?? lastMid };
      await tx.query(ADD_TO_BRANCH_SUMS, partValues(range));
      const { sql, values } = addPartOfScopes(range);
      await tx.query(sql, values);
      afterMid = range.lastMid;
    }
    await tx.query(PART_SUMMED, [day, part]);
    crashPoint('settlement.sums-before-commit');
  }

  private async workChangeIn(tx: EntityManager): Promise<boolean> {
    const [change] = await tx.query<{ scope: string; mid: string }[]>(NEXT_CHANGE);
    if (change === undefined) return false;
    const { scope, mid } = change;
    await tx.query(WORK_CHANGE_IN, [scope, mid, scope, mid]);
    await tx.query(FORGET_CHANGE, [scope, mid]);
    return true;
  }
}
