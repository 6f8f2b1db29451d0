import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import { type FieldError, fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import type { SqlTransaction } from '../../../common/outbox/outbox';
import { Clock } from '../../../common/time/clock';
import { databaseTime, fromDatabaseTime, koreanDay } from '../../../common/time/korean-time';
import { AuditFacade } from '../../audit/audit.facade';
import { SETTLEMENT_ERRORS } from '../settlements.errors';
import type { HolidayEntry, HolidayKind } from '../settlements.types';
import { HolidayBook, type HolidayView } from './holiday-book';
import { changeFaults, type WantedHoliday, yearFaults } from './holiday-year.policy';
import { LIBRARY_HOLIDAYS } from './library-holidays';

const HISTORY_MAX = 500;

export interface HolidaysChange {
  /** `2028` */
  readonly year: string;
  /** Each day once. Days that are not named stay as they are. */
  readonly holidays: readonly WantedHoliday[];
  readonly yearComplete: boolean;
  readonly reason: string;
}

export interface HolidayYear {
  readonly year: string;
  readonly completeBy: 'LIBRARY' | 'OPERATOR' | null;
  /** Last Korean day that is settled; null before the first. */
  readonly closedThrough: string | null;
  readonly days: readonly HolidayView[];
  /** Newest first, at most HISTORY_MAX. */
  readonly history: readonly HolidayEntry[];
}

interface Row {
  readonly seq: string | number;
  readonly day: string;
  readonly kind: HolidayKind;
  readonly name: string;
  readonly reason: string;
  readonly created_by: string;
  readonly created_at: string | Date;
}

const COLUMNS = `seq, DATE_FORMAT(day, '%Y-%m-%d') AS day, kind, name, reason, created_by, created_at`;

/**
 * The operator's holidays over the library's. They are read anew each time, never from memory: a payout day must not
 * depend on which process reckons it. What is past, or settled, is never changed.
 */
@Injectable()
export class Holidays {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditFacade,
    private readonly clock: Clock,
  ) {}

  /** Two statements, whatever the number of days that are then asked for. */
  async book(tx: SqlTransaction = this.dataSource.manager): Promise<HolidayBook> {
    const rows = (await tx.query(
      `SELECT ${COLUMNS} FROM holidays WHERE seq IN (SELECT MAX(seq) FROM holidays GROUP BY day)`,
      [],
    )) as Row[];
    const released = (await tx.query('SELECT year FROM holiday_years', [])) as { year: string }[];
    return new HolidayBook(LIBRARY_HOLIDAYS, rows.map(entryOf), new Set(released.map(({ year }) => year)));
  }

  /** Of this year unless one is named. */
  async list(year = koreanDay(this.clock.now()).slice(0, 4)): Promise<HolidayYear> {
    const { manager } = this.dataSource;
    const book = await this.book();
    const rows = await manager.query<Row[]>(
      `SELECT ${COLUMNS} FROM holidays WHERE day BETWEEN ? AND ? ORDER BY seq DESC LIMIT ${HISTORY_MAX}`,
      [`${year}-01-01`, `${year}-12-31`],
    );
    return {
      year,
      completeBy: book.completeBy(year),
      closedThrough: await closedThrough(manager),
      days: book.view(year),
      history: rows.map(entryOf),
    };
  }

  /**
   * Throws VALIDATION_FAILED (also for a past day of a year that is known, since payouts were reckoned with it) and
   * CALENDAR_DAY_CLOSED. Saying again what holds already adds nothing.
   */
  async change(wanted: HolidaysChange, actor: string): Promise<HolidayYear> {
    await this.unitOfWork.run('holidays.change', (tx) => this.write(tx, wanted, actor));
    return this.list(wanted.year);
  }

  /** Nothing up to this Korean day may be changed any more. Never goes back. */
  async closeThrough(tx: SqlTransaction, day: string): Promise<void> {
    await tx.query(
      'UPDATE settlement_calendar SET closed_through = GREATEST(COALESCE(closed_through, ?), ?) WHERE id = 1',
      [day, day],
    );
  }

  private async write(tx: EntityManager, wanted: HolidaysChange, actor: string): Promise<void> {
    const { year, holidays, reason } = wanted;
    const closed = await closedThrough(tx, 'FOR UPDATE');
    const before = await this.book(tx);
    const isKnown = before.completeBy(year) !== null;
    const now = this.clock.now();
    refuse(changeFaults(year, holidays, isKnown ? koreanDay(now) : null));
    if (closed !== null && holidays.some(({ day }) => day <= closed)) {
      throw fault(SETTLEMENT_ERRORS, 'CALENDAR_DAY_CLOSED', { members: { closedThrough: closed } });
    }
    const changed = newsAmong(holidays, before.view(year));
    const releases = wanted.yearComplete && !isKnown;
    refuse(yearFaults(viewWith(before.view(year), changed), { complete: releases }));
    if (changed.length === 0 && !releases) return;
    for (const { day, kind, name } of changed) {
      await tx.query(
        'INSERT INTO holidays (day, kind, name, reason, created_by, created_at) VALUES (?, ?, ?, ?, ?, ?)',
        [day, kind, name, reason, actor, databaseTime(now)],
      );
    }
    if (releases) {
      await tx.query('INSERT INTO holiday_years (year, reason, created_by, created_at) VALUES (?, ?, ?, ?)', [
        ...[year, reason, actor, databaseTime(now)],
      ]);
    }
    const days = changed.map(({ day }) => day).sort();
    await this.audit.record(tx, {
      actor,
      action: 'holidays.change',
      target: `holidays:${year}`,
      outcome: 'SUCCESS',
      details: {
        count: changed.length,
        from: days.at(0) ?? null,
        to: days.at(-1) ?? null,
        code: releases ? 'YEAR_COMPLETE' : null,
        reason,
      },
    });
  }
}

function refuse(errors: readonly FieldError[]): void {
  if (errors.length > 0) throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors });
}

/** What is not said already. */
function newsAmong(wanted: readonly WantedHoliday[], views: readonly HolidayView[]): WantedHoliday[] {
  const known = new Map(views.map((view) => [view.day, view]));
  return wanted.filter(({ day, kind, name }) => {
    const view = known.get(day);
    return view === undefined || view.holiday !== (kind === 'ADD') || view.name !== name;
  });
}

function viewWith(views: readonly HolidayView[], changed: readonly WantedHoliday[]) {
  const days = new Map(views.map(({ day, holiday }) => [day, { day, holiday }]));
  for (const { day, kind } of changed) days.set(day, { day, holiday: kind === 'ADD' });
  return [...days.values()];
}

async function closedThrough(tx: SqlTransaction, lock: 'FOR UPDATE' | '' = ''): Promise<string | null> {
  const rows = (await tx.query(
    `SELECT DATE_FORMAT(closed_through, '%Y-%m-%d') AS day FROM settlement_calendar WHERE id = 1 ${lock}`,
    [],
  )) as { day: string | null }[];
  const [row] = rows;
  if (row === undefined) throw new Error('the settlement calendar has no row: its table was emptied');
  return row.day;
}

function entryOf(row: Row): HolidayEntry {
  return {
    seq: Number(row.seq),
    day: row.day,
    kind: row.kind,
    name: row.name,
    reason: row.reason,
    createdBy: row.created_by,
    createdAt: fromDatabaseTime(row.created_at),
  };
}
