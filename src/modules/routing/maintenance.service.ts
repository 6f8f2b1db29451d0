import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ACQUIRERS, type AcquirerRegistry } from '../../acquirers/port/acquirer.port';
import { AppConfig } from '../../config/app-config';
import { UnitOfWork } from '../../common/db/unit-of-work';
import { type FieldError, fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { isId, newId } from '../../common/ids/id';
import { Logger } from '../../common/logging/logger';
import { Clock } from '../../common/time/clock';
import { databaseTime, fromDatabaseTime, koreanTime } from '../../common/time/korean-time';
import { AuditFacade } from '../audit/audit.facade';
import type { PaymentMethod } from '../merchants/merchants.types';
import type { MaintenanceWindow, NewMaintenanceWindow } from './routing.types';

const WINDOWS_MAX = 1_000;

interface Row {
  readonly id: string;
  readonly acquirer: string;
  readonly method: PaymentMethod | null;
  readonly starts_at: string | Date;
  readonly ends_at: string | Date;
  readonly reason: string;
}

const COLUMNS = 'id, acquirer, method, starts_at, ends_at, reason';

/** Planned interruptions of acquirers. Routing reads them from memory, CACHE_TTL_MS old at most. */
@Injectable()
export class MaintenanceCalendar {
  private snapshot: { readonly windows: readonly MaintenanceWindow[]; readonly atMs: number } | undefined;
  private loading: Promise<readonly MaintenanceWindow[]> | undefined;
  /** Grows with every change of this process. */
  private generation = 0;

  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditFacade,
    @Inject(ACQUIRERS) private readonly acquirers: AcquirerRegistry,
    private readonly config: AppConfig,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Those that have not ended, as they are in memory; undefined = ask `upcoming`. */
  peek(): readonly MaintenanceWindow[] | undefined {
    const { snapshot } = this;
    if (snapshot === undefined || this.clock.monotonicMs() - snapshot.atMs > this.config.cacheTtlMs)
      return undefined;
    return snapshot.windows;
  }

  upcoming(): Promise<readonly MaintenanceWindow[]> {
    const fresh = this.peek();
    if (fresh !== undefined) return Promise.resolve(fresh);
    this.loading ??= this.load();
    return this.loading;
  }

  /** The latest first. */
  async list(limit: number, before: string | undefined): Promise<readonly MaintenanceWindow[]> {
    const rows = await this.dataSource.manager.query<Row[]>(
      `SELECT ${COLUMNS} FROM acquirer_maintenance WHERE ? IS NULL OR id < ? ORDER BY id DESC LIMIT ?`,
      [before ?? null, before ?? null, limit],
    );
    return rows.map(windowOf);
  }

  /** This process heeds it at once, the others within CACHE_TTL_MS. Throws VALIDATION_FAILED. */
  async add(wanted: NewMaintenanceWindow, actor: string): Promise<MaintenanceWindow> {
    this.check(wanted);
    const window = { ...wanted, id: newId('mnt') };
    const { id, acquirer, method, from, to, reason } = window;
    await this.unitOfWork.run('maintenance.create', async (tx) => {
      await tx.query(
        `INSERT INTO acquirer_maintenance (${COLUMNS}, created_by) VALUES (?, ?, ?, ?, ?, ?, ?)`,
        [id, acquirer, method, databaseTime(from), databaseTime(to), reason, actor],
      );
      await this.audit.record(tx, { ...entry(window, reason), actor, action: 'maintenance.create' });
    });
    this.forget();
    return window;
  }

  /** Throws NOT_FOUND. */
  async remove(id: string, reason: string | undefined, actor: string): Promise<void> {
    if (!isId('mnt', id)) throw fault(COMMON_ERRORS, 'NOT_FOUND');
    await this.unitOfWork.run('maintenance.delete', async (tx) => {
      const [row] = await tx.query<Row[]>(
        `SELECT ${COLUMNS} FROM acquirer_maintenance WHERE id = ? FOR UPDATE`,
        [id],
      );
      if (row === undefined) throw fault(COMMON_ERRORS, 'NOT_FOUND');
      await tx.query('DELETE FROM acquirer_maintenance WHERE id = ?', [id]);
      await this.audit.record(tx, { ...entry(windowOf(row), reason), actor, action: 'maintenance.delete' });
    });
    this.forget();
  }

  private check({ acquirer, from, to }: NewMaintenanceWindow): void {
    const errors: FieldError[] = [];
    if (!this.acquirers.has(acquirer)) errors.push({ field: 'acquirer', code: 'NOT_ALLOWED' });
    if (to <= from || to <= this.clock.now()) errors.push({ field: 'to', code: 'OUT_OF_RANGE' });
    if (errors.length > 0) throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors });
  }

  private forget(): void {
    this.generation += 1;
    this.snapshot = undefined;
    this.loading = undefined;
  }

  /** What is not to be had is taken as it was: a payment must not fail for want of the calendar alone. */
  private async load(): Promise<readonly MaintenanceWindow[]> {
    const atMs = this.clock.monotonicMs();
    const old = this.snapshot?.windows ?? [];
    const { generation } = this;
    const windows = await this.read().catch((error: unknown) => {
      this.logger.failure('routing.maintenance-not-read', error);
      return old;
    });
    // Changed meanwhile: what was read may lack the change, and is not kept.
    if (generation !== this.generation) return windows;
    this.snapshot = { windows, atMs };
    this.loading = undefined;
    return windows;
  }

  private async read(): Promise<readonly MaintenanceWindow[]> {
    const rows = await this.dataSource.manager.query<Row[]>(
      `SELECT ${COLUMNS} FROM acquirer_maintenance WHERE ends_at > UTC_TIMESTAMP(3) ORDER BY starts_at LIMIT ${WINDOWS_MAX}`,
    );
    return rows.map(windowOf);
  }
}

function windowOf({ id, acquirer, method, starts_at, ends_at, reason }: Row): MaintenanceWindow {
  return {
    id,
    acquirer,
    method,
    from: fromDatabaseTime(starts_at),
    to: fromDatabaseTime(ends_at),
    reason,
  };
}

function entry({ id, acquirer, method, from, to }: MaintenanceWindow, reason: string | undefined) {
  const details = { acquirer, code: method ?? 'ALL', from: koreanTime(from), to: koreanTime(to), reason };
  return { target: id, mid: null, outcome: 'SUCCESS', details } as const;
}
