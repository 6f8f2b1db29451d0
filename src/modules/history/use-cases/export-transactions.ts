import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { fault } from '../../../common/errors/app-error';
import { ExportSlots } from '../../../common/export/export-slots';
import { exportHeaders, exportStream, primed } from '../../../common/export/export-stream';
import { dataScope } from '../../../common/http/data-scope';
import { actorOf, type Principal } from '../../../common/http/principal';
import { Clock } from '../../../common/time/clock';
import { addDays, koreanDay } from '../../../common/time/korean-time';
import { AppConfig } from '../../../config/app-config';
import { AuditFacade } from '../../audit/audit.facade';
import type { ExportTransactionsQuery } from '../dto/transaction.query';
import { tooBroad } from '../history-faults';
import { HISTORY_ERRORS } from '../history.errors';
import { HistoryRepository } from '../history.repository';
import type { HistoryRow, Position, SearchCriteria } from '../history.types';
import { TRANSACTION_TABLE } from '../transaction.table';
import { SearchTransactions } from './search-transactions';

const BATCH_ROWS = 1_000;
const BUSY_RETRY_SECONDS = 30;

export interface ExportFile {
  readonly headers: Readonly<Record<string, string>>;
  readonly stream: Readable;
}

/** The list as a file, row by row: a slow reader holds back the reading, and one who goes away ends it. */
@Injectable()
export class ExportTransactions {
  private readonly slots = new ExportSlots();

  constructor(
    private readonly search: SearchTransactions,
    private readonly history: HistoryRepository,
    private readonly audit: AuditFacade,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /** Throws EXPORTS_BUSY, VALIDATION_FAILED, SEARCH_TOO_BROAD; who exports what is in the audit trail. */
  async run(principal: Principal, query: ExportTransactionsQuery): Promise<ExportFile> {
    const scope = dataScope(principal);
    const criteria = this.search.criteriaOf(scope, query);
    const { format } = query;
    const busy = () => fault(HISTORY_ERRORS, 'EXPORTS_BUSY', { retryAfterSeconds: BUSY_RETRY_SECONDS });
    const stream = await this.slots.take(this.config.history.exportsMax, busy, async (gone) => {
      const batches = await primed(this.batches(criteria, gone));
      await this.audited(principal, criteria, format);
      return exportStream(format, TRANSACTION_TABLE, batches, this.clock.now());
    });
    const days = `${koreanDay(criteria.from)}_${addDays(koreanDay(criteria.before), -1)}`;
    const headers = exportHeaders(format, { name: `거래내역_${days}`, plainName: `transactions_${days}` });
    return { headers, stream };
  }

  private async *batches(criteria: SearchCriteria, gone: AbortSignal): AsyncGenerator<readonly HistoryRow[]> {
    const { scanBudgetMs: budgetMs } = this.config.history;
    let after: Position | undefined;
    while (!gone.aborted) {
      const request = { limit: BATCH_ROWS, after, budgetMs, shape: { accounts: false } };
      const { rows, next } = await tooBroad(this.history.page(criteria, request));
      yield rows;
      if (next === null) return;
      after = next;
    }
  }

  private audited(principal: Principal, criteria: SearchCriteria, format: string): Promise<void> {
    return this.audit.recordAlone({
      actor: actorOf(principal),
      action: 'transactions.export',
      target: 'transactions',
      mid: principal.mid ?? criteria.mid ?? null,
      outcome: 'SUCCESS',
      details: {
        from: koreanDay(criteria.from),
        to: addDays(koreanDay(criteria.before), -1),
        code: format,
      },
    });
  }
}
