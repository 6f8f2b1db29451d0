import { type BeforeApplicationShutdown, Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { BufferedWriter } from '../db/buffered-writer';
import { SqlPool } from '../db/pool';
import { JOURNAL_POOL } from '../db/tokens';
import { Logger } from '../logging/logger';
import type { LiveSpan, SpanStart } from './span.types';
import { inSpan, isTracing, keepTracesWith } from './spans';

const RULES = { batchMax: 100, everyMs: 200, waitingMax: 5_000 };
/** As long as anything is still done on account of a request: webhooks are tried for three days. */
const KEPT_DAYS = 7;

/**
 * In which trace a payment or a cancel was dealt with, so that the worker, which shares nothing with the API but the
 * database, goes on under the same id. Written in batches after the fact, and only where a trace is kept: no approval waits
 * for it, and what a killed process had not written begins a trace of its own.
 */
@Injectable()
export class TraceLinks implements OnModuleInit, BeforeApplicationShutdown {
  private readonly writer: BufferedWriter<readonly [subjectId: string, traceparent: string]>;

  constructor(
    @Inject(JOURNAL_POOL) private readonly pool: SqlPool,
    logger: Logger,
  ) {
    this.writer = new BufferedWriter(
      RULES,
      (links) => this.write(links),
      (count, why) => logger.failure('tracing.links-not-written', why, { count }),
    );
  }

  onModuleInit(): void {
    if (isTracing())
      keepTracesWith({ keep: (subjectId, traceparent) => this.writer.add([subjectId, traceparent]) });
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.writer.flush();
  }

  /**
   * Runs the work in a span that goes on in the trace of the request that dealt with the subject (`pay_…`, `can_…`); in one
   * of its own where none is known. Asks the database only where something is traced.
   */
  async continued<T>(subjectId: string, start: SpanStart, work: (span: LiveSpan) => Promise<T>): Promise<T> {
    if (!isTracing()) return inSpan(start, work);
    // A link that cannot be read must not keep the work itself.
    const continues = await this.find(subjectId).catch(() => undefined);
    return inSpan({ ...start, continues }, work);
  }

  /** Takes away at most so many that are older than a week; answers how many. */
  async purgeExpired(countMax: number): Promise<number> {
    const { affectedRows } = await this.pool.execute<{ affectedRows: number }>(
      `DELETE FROM trace_links WHERE kept_at < UTC_TIMESTAMP(3) - INTERVAL ${KEPT_DAYS} DAY
        ORDER BY kept_at LIMIT ${Math.trunc(countMax)}`,
    );
    return affectedRows;
  }

  private async find(subjectId: string): Promise<string | undefined> {
    const [row] = await this.pool.execute<{ traceparent: string }[]>(
      'SELECT traceparent FROM trace_links WHERE subject_id = ?',
      [subjectId],
    );
    return row?.traceparent;
  }

  private async write(links: readonly (readonly [string, string])[]): Promise<void> {
    const sql = `INSERT INTO trace_links (subject_id, traceparent) VALUES ${links.map(() => '(?, ?)').join(', ')}
       ON DUPLICATE KEY UPDATE traceparent = VALUES(traceparent), kept_at = UTC_TIMESTAMP(3)`;
    await this.pool.use((connection) => connection.query(sql, links.flat()));
  }
}
