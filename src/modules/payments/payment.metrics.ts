import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Metrics } from '../../common/metrics/metrics';
import { PaymentsRepository } from './payments.repository';
import { AccountCasesRepository } from './virtual-accounts/account-cases.repository';
import type { Operation } from './payments.types';

/** What the operator watches of payments. Names carry their units. */
@Injectable()
export class PaymentMetrics implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    private readonly payments: PaymentsRepository,
    private readonly cases: AccountCasesRepository,
  ) {}

  onModuleInit(): void {
    this.metrics.gauge(
      'pg_payments_unresolved',
      'Payments whose outcome at the acquirer is not known yet',
      () => this.payments.countUnresolved(),
    );
    this.metrics.gauge('pg_virtual_account_cases', 'Virtual accounts that only a person can put right', () =>
      this.cases.countOpen(),
    );
  }

  /** One exchange with an acquirer, by its outcome. */
  attempt(acquirer: string, operation: Operation, outcome: string, latencyMs: number): void {
    this.metrics.acquirerCall(acquirer, operation, outcome, latencyMs);
  }

  /** One approval that reached an end, as the caller was told. */
  approval(acquirer: string, outcome: string): void {
    this.metrics.approval(acquirer, outcome);
  }
}
