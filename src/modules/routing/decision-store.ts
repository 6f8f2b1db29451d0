import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Logger } from '../../common/logging/logger';
import { databaseTime, fromDatabaseTime } from '../../common/time/korean-time';
import type { RoutingStrategy } from '../merchants/merchants.types';
import { BufferedWriter } from '../../common/db/buffered-writer';
import type { KeptDecision, RoutingDecision, RoutingRecord } from './routing.types';

const RULES = { batchMax: 100, everyMs: 200, waitingMax: 5_000 };
/** So many candidates and so many left out fit the column. */
const CONTRACTS_MAX = 20;
const KEPT_DAYS = 90;

interface Row {
  readonly decided_at: string | Date;
  readonly strategy: RoutingStrategy;
  readonly decision: string;
}

/**
 * Why each payment went where it went. Written in batches after the fact, so that no approval waits for it: what a
 * killed process had not written is lost. The record explains; nothing reads it to decide.
 */
@Injectable()
export class DecisionStore implements BeforeApplicationShutdown {
  private readonly writer: BufferedWriter<readonly [string, RoutingDecision]>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly logger: Logger,
  ) {
    this.writer = new BufferedWriter(
      RULES,
      (decisions) => this.write(decisions),
      (count, why) => this.logger.failure('routing.decisions-not-written', why, { count }),
    );
  }

  keep(paymentId: string, decision: RoutingDecision): void {
    this.writer.add([paymentId, decision]);
  }

  /** The latest decision of a payment; null when there is none, or no more. */
  async find(paymentId: string): Promise<KeptDecision | null> {
    const [row] = await this.dataSource.manager.query<Row[]>(
      'SELECT decided_at, strategy, decision FROM routing_decisions WHERE payment_id = ?',
      [paymentId],
    );
    if (row === undefined) return null;
    const record = JSON.parse(row.decision) as RoutingRecord;
    return { ...record, paymentId, decidedAt: fromDatabaseTime(row.decided_at), strategy: row.strategy };
  }

  /** Takes away at most so many that are older than 90 days; answers how many. */
  async purgeExpired(countMax: number): Promise<number> {
    const { affectedRows } = await this.dataSource.manager.query<{ affectedRows: number }>(
      `DELETE FROM routing_decisions WHERE decided_at < UTC_TIMESTAMP(3) - INTERVAL ${KEPT_DAYS} DAY
        ORDER BY decided_at LIMIT ${Math.trunc(countMax)}`,
    );
    return affectedRows;
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.writer.flush();
  }

  private async write(decisions: readonly (readonly [string, RoutingDecision])[]): Promise<void> {
    await this.dataSource.manager.query(
      `INSERT INTO routing_decisions (payment_id, decided_at, strategy, decision)
       VALUES ${decisions.map(() => '(?, ?, ?, ?)').join(', ')}
       ON DUPLICATE KEY UPDATE decided_at = VALUES(decided_at), strategy = VALUES(strategy),
         decision = VALUES(decision)`,
      decisions.flatMap(([paymentId, decision]) => [
        paymentId,
        databaseTime(decision.decidedAt),
        decision.strategy,
        JSON.stringify(recordOf(decision)),
      ]),
    );
  }
}

/** A decision without what is secret of its contracts. */
export function recordOf({ method, amount, issuer, weighed, excluded }: RoutingDecision): RoutingRecord {
  return {
    method,
    amount,
    issuer,
    candidates: weighed.slice(0, CONTRACTS_MAX).map(({ contract, standing, effectiveWeight }) => ({
      contractId: contract.contractId,
      acquirer: contract.acquirer,
      priority: contract.priority,
      weight: contract.weight,
      standing,
      effectiveWeight: Math.round(effectiveWeight * 100) / 100,
    })),
    excluded: excluded.slice(0, CONTRACTS_MAX).map(({ contract, why }) => ({
      contractId: contract.contractId,
      acquirer: contract.acquirer,
      why,
    })),
  };
}
