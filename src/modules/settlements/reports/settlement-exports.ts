import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { ExportSlots } from '../../../common/export/export-slots';
import { exportHeaders, exportStream, primed } from '../../../common/export/export-stream';
import type { Batches, ExportFormat, ExportTable } from '../../../common/export/table';
import { fault } from '../../../common/errors/app-error';
import { actorOf, type Principal } from '../../../common/http/principal';
import { Clock } from '../../../common/time/clock';
import { AppConfig } from '../../../config/app-config';
import { AuditFacade } from '../../audit/audit.facade';
import { SETTLEMENT_ERRORS } from '../settlements.errors';

const BUSY_RETRY_SECONDS = 30;

export interface SettlementExport<Row> {
  readonly format: ExportFormat;
  readonly table: ExportTable<Row>;
  /** Without an ending: in Korean, and for where only ASCII is read. Days go after both. */
  readonly name: string;
  readonly plainName: string;
  /** Korean days, both included. */
  readonly from: string;
  readonly to: string;
  readonly mid: string | null;
  /** What it is called in the audit trail. */
  readonly action: string;
  readonly rows: () => AsyncGenerator<readonly Row[]>;
}

export interface ExportFile {
  readonly headers: Readonly<Record<string, string>>;
  readonly stream: Readable;
}

/** Files of settlement, row by row as they are taken, SETTLEMENT_EXPORTS_MAX at once; each is in the audit trail. */
@Injectable()
export class SettlementExports {
  private readonly slots = new ExportSlots();

  constructor(
    private readonly audit: AuditFacade,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /** Throws SETTLEMENT_EXPORTS_BUSY, and whatever reading the first rows throws. */
  async open<Row>(principal: Principal, wanted: SettlementExport<Row>): Promise<ExportFile> {
    const { format, table, name, plainName, from, to, mid, action, rows } = wanted;
    const busy = () =>
      fault(SETTLEMENT_ERRORS, 'SETTLEMENT_EXPORTS_BUSY', { retryAfterSeconds: BUSY_RETRY_SECONDS });
    const stream = await this.slots.take(this.config.settlement.exportsMax, busy, async (gone) => {
      const batches = await primed(untilGone(rows(), gone));
      await this.audit.recordAlone({
        ...{ actor: actorOf(principal), action, target: plainName, mid, outcome: 'SUCCESS' },
        details: { from, to, code: format },
      });
      return exportStream(format, table, batches, this.clock.now());
    });
    const days = `${from}_${to}`;
    const headers = exportHeaders(format, { name: `${name}_${days}`, plainName: `${plainName}_${days}` });
    return { headers, stream };
  }
}

async function* untilGone<Row>(rows: Batches<Row>, gone: AbortSignal): AsyncGenerator<readonly Row[]> {
  for await (const some of rows) {
    if (gone.aborted) return;
    yield some;
  }
}
