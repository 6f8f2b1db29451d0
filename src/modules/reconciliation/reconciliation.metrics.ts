import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { SqlPool } from '../../common/db/pool';
import { METRICS_POOL } from '../../common/db/tokens';
import { Metrics } from '../../common/metrics/metrics';
import { CASE_KINDS } from './reconciliation.types';

const OPEN = `SELECT kind, COUNT(*) AS n, TIMESTAMPDIFF(SECOND, MIN(opened_at), UTC_TIMESTAMP(3)) AS age
  FROM reconciliation_cases FORCE INDEX (ix_reconciliation_cases_open)
  WHERE status IN ('OPEN', 'ASSIGNED') GROUP BY kind`;

/** What the operator watches of reconciliation. */
@Injectable()
export class ReconciliationMetrics implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    @Inject(METRICS_POOL) private readonly pool: SqlPool,
  ) {}

  onModuleInit(): void {
    this.metrics.fromDatabase(async () => {
      const rows = await this.pool.query<{ kind: string; n: number | string; age: number | string }[]>(OPEN);
      const counts = new Map(rows.map(({ kind, n }) => [kind, Number(n)]));
      return {
        pg_reconciliation_cases: CASE_KINDS.map((kind) => ({
          labels: { kind },
          value: counts.get(kind) ?? 0,
        })),
        pg_reconciliation_oldest_case_seconds: Math.max(0, ...rows.map(({ age }) => Number(age))),
      };
    });
  }
}
