import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SqlPool } from '../common/db/pool';
import { SESSION_SETTINGS } from '../common/db/session';
import { JOURNAL_POOL } from '../common/db/tokens';

export type DatabaseCheck = 'database' | 'migrations' | 'session' | 'durability';

const SETTINGS = Object.keys(SESSION_SETTINGS) as (keyof typeof SESSION_SETTINGS)[];
const SETTINGS_SQL = `SELECT ${SETTINGS.map((name) => `@@SESSION.${name === 'transaction_isolation' ? 'tx_isolation' : name} AS ${name}`).join(', ')}`;

type Row = Readonly<Record<string, unknown>>;

/**
 * What a process needs of its database: it answers (a Galera node: with a majority behind it), its schema is the one that
 * this build was made for, both pools' connections are set as SESSION_SETTINGS demands, and a commit is on disk when it
 * returns (innodb_flush_log_at_trx_commit = 1).
 */
@Injectable()
export class DatabaseChecks {
  constructor(
    private readonly source: DataSource,
    @Inject(JOURNAL_POOL) private readonly journal: SqlPool,
  ) {}

  /** In this order: a later one says nothing where an earlier one fails. */
  readonly steps: readonly (readonly [DatabaseCheck, () => Promise<boolean>])[] = [
    ['database', () => this.answers()],
    ['migrations', () => this.isMigrated()],
    ['session', () => this.isSet()],
    ['durability', () => this.isDurable()],
  ];

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
