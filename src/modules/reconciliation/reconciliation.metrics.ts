import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Metrics } from '../../common/metrics/metrics';
import { CasesRepository } from './cases/cases.repository';
import { CASE_KINDS } from './reconciliation.types';

/** What the operator watches of reconciliation. */
@Injectable()
export class ReconciliationMetrics implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    private readonly cases: CasesRepository,
  ) {}

  onModuleInit(): void {
    this.metrics.gaugeBy(
      { name: 'pg_reconciliation_cases', help: 'Breaks that nobody has resolved', label: 'kind' },
      async () => {
        const counts = await this.cases.countOpen();
        return new Map(CASE_KINDS.map((kind) => [kind, counts.get(kind) ?? 0]));
      },
    );
    this.metrics.gauge(
      'pg_reconciliation_oldest_case_seconds',
      'Age of the oldest break that nobody has resolved',
      () => this.cases.oldestAgeSeconds(),
    );
  }
}
