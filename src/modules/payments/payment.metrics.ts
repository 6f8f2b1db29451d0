import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { SqlPool } from '../../common/db/pool';
import { METRICS_POOL } from '../../common/db/tokens';
import { Metrics } from '../../common/metrics/metrics';
import { waitingIn } from '../../common/metrics/waiting';
import { AccountCasesRepository } from './virtual-accounts/account-cases.repository';

/** Each reads a few thousand rows by primary key: too much for every reading of the metrics. */
const LEDGER_LOOK_MS = 60_000;
const LATEST = 5_000;
/** A payment is approved and its movement written in one transaction; both are looked at in one statement. */
const BREAKS = `SELECT
  (SELECT COUNT(*) FROM (SELECT * FROM payments ORDER BY id DESC LIMIT ${LATEST}) p
     LEFT JOIN transactions t ON t.source_id = p.id AND t.kind = 'APPROVAL'
   WHERE p.approved_at IS NOT NULL AND p.status IN ('APPROVED','PARTIALLY_CANCELLED','CANCELLED')
     AND (t.seq IS NULL OR t.amount <> p.amount OR t.settled_amount <> p.amount - p.point_amount))
  + (SELECT COUNT(*) FROM (SELECT * FROM transactions ORDER BY seq DESC LIMIT ${LATEST}) t
     LEFT JOIN ledger_transfers l ON l.source_id = t.source_id AND l.kind = t.kind
   WHERE COALESCE(IF(l.debit_account = 'ACQUIRER_RECEIVABLE', l.amount, -l.amount), 0) <> t.settled_amount)
  AS breaks`;

/** What the operator watches of payments. */
@Injectable()
export class PaymentMetrics implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    @Inject(METRICS_POOL) private readonly pool: SqlPool,
    private readonly cases: AccountCasesRepository,
  ) {}

  onModuleInit(): void {
    this.metrics.fromDatabase(async () => {
      // An approval under way has its due time before it; one that is past it was left behind by its process.
      const unresolved = `payments WHERE due_at IS NOT NULL
        AND (status = 'REVERSING' OR (status = 'IN_PROGRESS' AND due_at < UTC_TIMESTAMP(3)))`;
      const { count, oldestSeconds } = await waitingIn(
        this.pool,
        unresolved,
        'COALESCE(unknown_since, created_at)',
      );
      return {
        pg_payments_unresolved: count,
        pg_payments_unresolved_oldest_age_seconds: oldestSeconds,
      };
    });
    this.metrics.fromDatabase(async () => {
      const unresolved = `payment_cancels WHERE due_at < UTC_TIMESTAMP(3) OR (due_at IS NOT NULL AND tries > 0)`;
      const { count, oldestSeconds } = await waitingIn(this.pool, unresolved, 'requested_at');
      return { pg_cancels_unresolved: count, pg_cancels_unresolved_oldest_age_seconds: oldestSeconds };
    });
    this.metrics.fromDatabase(async () => {
      const waiting = 'inbound_webhooks WHERE due_at IS NOT NULL';
      const { count, oldestSeconds } = await waitingIn(this.pool, waiting, 'received_at');
      return { pg_inbound_webhooks_waiting: count, pg_inbound_webhooks_oldest_age_seconds: oldestSeconds };
    });
    this.metrics.fromDatabase(async () => ({ pg_virtual_account_cases: await this.cases.countOpen() }));
    this.metrics.fromDatabase(async () => {
      const [row] = await this.pool.query<{ breaks: number | string }[]>(BREAKS);
      return { pg_ledger_breaks: Number(row?.breaks ?? 0) };
    }, LEDGER_LOOK_MS);
  }

  /** One approval that reached an end, as the caller was told. */
  approval(acquirer: string, outcome: string): void {
    this.metrics.approval(acquirer, outcome);
  }
}
