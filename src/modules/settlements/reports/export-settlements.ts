import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { places } from '../../../common/db/places';
import { type DataScope, dataScope } from '../../../common/http/data-scope';
import type { Principal } from '../../../common/http/principal';
import { wonFromDatabase } from '../../../common/money/won';
import { type SettlementFilter, SettlementsRepository } from '../settlements.repository';
import type { Settlement } from '../settlements.types';
import type { ExportSettlementsQuery } from './dto/export.request';
import { checkPeriod } from './sales.service';
import { type ExportFile, SettlementExports } from './settlement-exports';
import { lineOf } from './settlement-reports.service';
import { type ExportedLine, LINE_TABLE, SETTLEMENT_TABLE } from './settlement.table';

const SETTLEMENTS_AT_ONCE = 200;
const LINES_AT_ONCE = 1_000;

type Row = Readonly<Record<string, string | number | null>>;

/** Settlements of a period of payout, or all lines of them, as a file. A branch gets its own part of each. */
@Injectable()
export class ExportSettlements {
  constructor(
    private readonly dataSource: DataSource,
    private readonly settlements: SettlementsRepository,
    private readonly exports: SettlementExports,
  ) {}

  /** Throws VALIDATION_FAILED and SETTLEMENT_EXPORTS_BUSY; audited. */
  run(principal: Principal, query: ExportSettlementsQuery): Promise<ExportFile> {
    checkPeriod(query);
    const { format, level = 'settlements', from, to, status, mid } = query;
    const filter = { scope: dataScope(principal), from, to, status, mid };
    const common = { format, from, to, mid: principal.mid ?? mid ?? null };
    if (level === 'lines') {
      return this.exports.open(principal, {
        ...{ ...common, table: LINE_TABLE, action: 'settlement-lines.export' },
        ...{ name: '정산상세', plainName: 'settlement-lines', rows: () => this.lines(filter) },
      });
    }
    return this.exports.open(principal, {
      ...{ ...common, table: SETTLEMENT_TABLE, action: 'settlements.export' },
      ...{ name: '정산내역', plainName: 'settlements', rows: () => this.rows(filter) },
    });
  }

  /** Latest payout day first, as in the list. */
  private async *rows(filter: SettlementFilter): AsyncGenerator<readonly Settlement[]> {
    for await (const found of this.pages(filter)) yield await this.settlements.partsOf(filter.scope, found);
  }

  private async *lines(filter: SettlementFilter): AsyncGenerator<readonly ExportedLine[]> {
    for await (const found of this.pages(filter)) {
      const byId = new Map(found.map((settlement) => [settlement.settlementId, settlement]));
      let after = { id: '', seq: 0 };
      for (;;) {
        const rows = await this.linesAfter([...byId.keys()], after, filter.scope);
        yield rows.map((row): ExportedLine => {
          const { payoutDay, mid } = byId.get(row.settlement_id as string)!;
          return { ...lineOf(row), payoutDay, mid, ratePpm: wonFromDatabase(row.rate_ppm!) };
        });
        const last = rows.at(-1);
        if (rows.length < LINES_AT_ONCE || last === undefined) break;
        after = { id: last.settlement_id as string, seq: wonFromDatabase(last.transaction_seq!) };
      }
    }
  }

  private async *pages(filter: SettlementFilter): AsyncGenerator<readonly Settlement[]> {
    let after: { readonly day: string; readonly id: string } | null = null;
    for (;;) {
      const found: Settlement[] = await this.settlements.page(filter, after, SETTLEMENTS_AT_ONCE);
      yield found;
      const last = found.at(-1);
      if (found.length < SETTLEMENTS_AT_ONCE || last === undefined) return;
      after = { day: last.payoutDay, id: last.settlementId };
    }
  }

  /** By settlement, and within one in the order in which the movements were made. */
  private async linesAfter(
    settlementIds: readonly string[],
    after: { readonly id: string; readonly seq: number },
    scope: DataScope,
  ): Promise<Row[]> {
    if (settlementIds.length === 0) return [];
    const left = settlementIds.filter((id) => id >= after.id).sort();
    const branch = scope.kind === 'BRANCH' ? 'AND l.branch_id = ?' : '';
    return this.dataSource.manager.query<Row[]>(
      `SELECT l.*, CAST(l.captured_day AS CHAR) AS day
       FROM settlement_lines l FORCE INDEX (ix_settlement_lines_settlement)
       WHERE l.settlement_id IN (${places(left)}) AND (l.settlement_id > ? OR l.transaction_seq > ?) ${branch}
       ORDER BY l.settlement_id, l.transaction_seq LIMIT ?`,
      [
        ...[...left, after.id, after.seq],
        ...(scope.kind === 'BRANCH' ? [scope.branchId] : []),
        LINES_AT_ONCE,
      ],
    );
  }
}
