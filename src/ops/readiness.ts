import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SqlPool } from '../common/db/pool';
import { SESSION_SETTINGS } from '../common/db/session';
import { JOURNAL_POOL } from '../common/db/tokens';
import { Logger } from '../common/logging/logger';
import { Clock } from '../common/time/clock';

/** The names of what can keep a process from being ready. `shutdown`: it is ending and takes no more. */
export type ReadinessCheck = 'database' | 'migrations' | 'session' | 'durability' | 'shutdown';

export interface ReadinessReport {
  readonly status: 'ready' | 'unavailable';
  readonly checks: Readonly<Partial<Record<ReadinessCheck, 'ok' | 'failed'>>>;
}

/** Probes of several watchers within this time share one answer, so that asking costs the database nothing. */
const KEPT_MS = 500;

const SETTINGS = Object.keys(SESSION_SETTINGS) as (keyof typeof SESSION_SETTINGS)[];
const SETTINGS_SQL = `SELECT ${SETTINGS.map((name) => `@@SESSION.${name === 'transaction_isolation' ? 'tx_isolation' : name} AS ${name}`).join(', ')}`;

type Row = Readonly<Record<string, unknown>>;

/**
 * Whether this process may be given requests: the database answers (a Galera node: with a majority behind it), its
 * schema is the one that this build was made for, both pools' connections are set as SESSION_SETTINGS demands, and a
 * commit is on disk when it returns (innodb_flush_log_at_trx_commit = 1). The first check that fails ends the list. Why
 * it failed is in the log only.
 */
@Injectable()
export class Readiness {
  private ending = false;
  private kept: { readonly until: number; readonly report: Promise<ReadinessReport> } | undefined;

  constructor(
    private readonly source: DataSource,
    @Inject(JOURNAL_POOL) private readonly journal: SqlPool,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** From now on this process is given no more. */
  end(): void {
    this.ending = true;
  }

  get isEnding(): boolean {
    return this.ending;
  }

  report(): Promise<ReadinessReport> {
    if (this.ending) return Promise.resolve({ status: 'unavailable', checks: { shutdown: 'failed' } });
    const now = this.clock.monotonicMs();
    if (this.kept === undefined || this.kept.until < now) {
      this.kept = { until: now + KEPT_MS, report: this.examine() };
    }
    return this.kept.report;
  }

  private async examine(): Promise<ReadinessReport> {
    const checks: Partial<Record<ReadinessCheck, 'ok' | 'failed'>> = {};
    const steps: [ReadinessCheck, () => Promise<boolean>][] = [
      ['database', () => this.answers()],
      ['migrations', () => this.isMigrated()],
      ['session', () => this.isSet()],
      ['durability', () => this.isDurable()],
    ];
    for (const [name, check] of steps) {
      const passed = await check().catch((error: unknown) => {
        this.logger.failure('readiness.error', error, { operation: name });
        return false;
      });
      checks[name] = passed ? 'ok' : 'failed';
      if (passed) continue;
      this.logger.warn('readiness.failed', { operation: name });
      return { status: 'unavailable', checks };
    }
    return { status: 'ready', checks };
  }

  private async answers(): Promise<boolean> {
    const [general, journal] = await Promise.all([
      this.source.query<Row[]>('SELECT 1 AS alive'),
      this.journal.execute<Row[]>('SELECT 1 AS alive'),
    ]);
    return general.length === 1 && journal.length === 1 && this.isOfMajority();
  }

  /** A Galera node that has lost the others still answers what asks no table. A server without Galera may not know the variable. */
  private async isOfMajority(): Promise<boolean> {
    const [on] = await this.journal.query<Row[]>("SHOW VARIABLES LIKE 'wsrep_on'");
    if (on?.Value !== 'ON') return true;
    const [ready] = await this.journal.query<Row[]>("SHOW GLOBAL STATUS LIKE 'wsrep_ready'");
    return ready?.Value === 'ON';
  }

  /** Every migration of this build has run. More may have: during a roll-out the newer build migrates first. */
  private async isMigrated(): Promise<boolean> {
    const rows = await this.source.query<{ name: string }[]>('SELECT name FROM schema_migrations');
    const ran = new Set(rows.map(({ name }) => name));
    const { migrations } = this.source;
    return migrations.length > 0 && migrations.every(({ name }) => name !== undefined && ran.has(name));
  }

  private async isSet(): Promise<boolean> {
    const [general, journal] = await Promise.all([
      this.source.query<Row[]>(SETTINGS_SQL),
      this.journal.execute<Row[]>(SETTINGS_SQL),
    ]);
    return [...general, ...journal].every((row) =>
      SETTINGS.every((name) => asText(row[name]) === SESSION_SETTINGS[name]),
    );
  }

  private async isDurable(): Promise<boolean> {
    const rows = await this.journal.execute<Row[]>('SELECT @@GLOBAL.innodb_flush_log_at_trx_commit AS flush');
    return Number(rows[0]?.flush) === 1;
  }
}

/** A switch reads back as 1 or 0, everything else as it was set. */
function asText(value: unknown): string {
  if (value === 1 || value === '1') return 'ON';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
