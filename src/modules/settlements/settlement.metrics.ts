import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { SqlPool } from '../../common/db/pool';
import { METRICS_POOL } from '../../common/db/tokens';
import { Metrics } from '../../common/metrics/metrics';
import { SettlementCasesRepository } from './run/settlement-cases.repository';
import { SettlementRunRepository } from './run/settlement-run.repository';

/** What the operator watches of settlement. */
@Injectable()
export class SettlementMetrics implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    @Inject(METRICS_POOL) private readonly pool: SqlPool,
  ) {}

  onModuleInit(): void {
    const cases = new SettlementCasesRepository(this.pool);
    this.metrics.fromDatabase(async () => ({ pg_settlement_cases: await cases.countOpen() }));
    const days = new SettlementRunRepository(this.pool);
    this.metrics.fromDatabase(async () => {
      const day = await days.firstUnsettledDay(await days.lastClosedDay());
      return { pg_settlement_oldest_unsettled_age_seconds: await this.secondsSince(day) };
    });
  }

  /** Since that Korean day was over, by the database's clock; 0 for none. */
  private async secondsSince(day: string | null): Promise<number> {
    if (day === null) return 0;
    const [row] = await this.pool.query<{ seconds: number | string }[]>(
      `SELECT TIMESTAMPDIFF(SECOND, '${day}' + INTERVAL 1 DAY - INTERVAL 9 HOUR, UTC_TIMESTAMP(3)) AS seconds`,
    );
    return Math.max(0, Number(row?.seconds ?? 0));
  }
}
