import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type FieldError, fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { cursorAfter, placeOf } from '../../common/pagination/cursor';
import { databaseTime, fromDatabaseTime } from '../../common/time/korean-time';
import { AuditFacade } from './audit.facade';
import {
  type AuditSearch,
  CLOCKS_DIFFER_MS,
  leadCondition,
  leadsTooMany,
  searchIndex,
} from './audit-search.policy';
import type { AuditOutcome, AuditRow } from './audit.types';

type Row = Readonly<Record<string, string | number | Date | null>>;

interface Range {
  readonly first: number;
  readonly last: number;
}

const TOO_MANY = {
  ko: 'actor, target, mid, requestId, action 가운데 하나만 쓸 수 있습니다.',
  en: 'Only one of actor, target, mid, requestId and action may be given.',
};

const TURNED = { ko: 'from보다 이를 수 없습니다.', en: 'Must not be before from.' };

/**
 * Searches the audit trail, newest first. Every search is one range of one index, which ends in the number of the row:
 * the lead (or none), with the outcome where it is given, between the numbers that the times come to.
 */
@Injectable()
export class AuditSearchService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditFacade,
  ) {}

  /** The first page of a search leaves an audit row of its own, with the names of what was asked for. */
  async search(
    search: AuditSearch,
    page: { readonly limit: number; readonly cursor?: string },
    actor: string,
  ): Promise<{ readonly data: readonly AuditRow[]; readonly nextCursor: string | null }> {
    const errors = leadsTooMany(search).map<FieldError>((field) => ({
      ...{ field, code: 'NOT_ALLOWED', message: TOO_MANY },
    }));
    const { from, to } = search;
    if (from !== undefined && to !== undefined && to <= from) {
      errors.push({ field: 'to', code: 'OUT_OF_RANGE', message: TURNED });
    }
    if (errors.length > 0) throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors });
    const { limit, cursor } = page;
    const before = cursor === undefined ? null : seqOf(cursor);
    const range = await this.rangeOf(search);
    const { sql, values } = this.pageSql(search, range, before);
    const rows = await this.dataSource.query<Row[]>(`${sql} LIMIT ?`, [...values, limit + 1]);
    if (cursor === undefined) {
      const asked = Object.entries(search).flatMap(([name, value]) => (value === undefined ? [] : [name]));
      await this.audit.recordAlone({
        ...{ actor, action: 'audit-log.search', target: 'audit-logs', outcome: 'SUCCESS' },
        details: { reason: asked.join(',') || 'all' },
      });
    }
    const data = rows.slice(0, limit).map(fromRow);
    const last = data.at(-1);
    const more = rows.length > limit && last !== undefined;
    return { data, nextCursor: more ? cursorAfter({ at: last.at, id: String(last.seq) }) : null };
  }

  /** The statement of a page without its limit. */
  pageSql(search: AuditSearch, { first, last }: Range, before: number | null) {
    const conditions = ['seq BETWEEN ? AND ?'];
    const values: unknown[] = [first, before === null ? last : Math.min(last, before - 1)];
    const also = (condition: string, value: unknown) => {
      conditions.push(condition);
      values.push(value);
    };
    const lead = leadCondition(search);
    const index = searchIndex(search);
    if (lead !== null) also(`${lead.column} = ?`, lead.value);
    if (search.outcome !== undefined) also('outcome = ?', search.outcome);
    if (search.from !== undefined) also('at >= ?', databaseTime(search.from));
    if (search.to !== undefined) also('at < ?', databaseTime(search.to));
    const sql = `SELECT * FROM audit_logs FORCE INDEX (${index}) WHERE ${conditions.join(' AND ')} ORDER BY seq DESC`;
    return { sql, values };
  }

  /** The numbers between which everything of these times is; a little wider, since clocks differ. */
  private async rangeOf({ from, to }: AuditSearch): Promise<Range> {
    const first =
      from === undefined
        ? 0
        : await this.seqAt('at >= ? ORDER BY at, seq', new Date(from.getTime() - CLOCKS_DIFFER_MS));
    const last =
      to === undefined
        ? Number.MAX_SAFE_INTEGER
        : await this.seqAt('at < ? ORDER BY at DESC, seq DESC', new Date(to.getTime() + CLOCKS_DIFFER_MS));
    // Nothing as late, or nothing as early: an empty range.
    return { first: first ?? Number.MAX_SAFE_INTEGER, last: last ?? 0 };
  }

  private async seqAt(condition: string, at: Date): Promise<number | null> {
    const [row] = await this.dataSource.query<Row[]>(
      `SELECT seq FROM audit_logs WHERE ${condition} LIMIT 1`,
      [databaseTime(at)],
    );
    return row === undefined ? null : Number(row.seq);
  }
}

function seqOf(cursor: string): number {
  const { id } = placeOf(cursor);
  if (/^\d{1,15}$/.test(id)) return Number(id);
  throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors: [{ field: 'cursor', code: 'BAD_FORMAT' }] });
}

function fromRow(row: Row): AuditRow {
  return {
    seq: Number(row.seq),
    auditId: row.id as string,
    at: fromDatabaseTime(row.at as string),
    actor: row.actor as string,
    action: row.action as string,
    target: row.target as string,
    mid: row.mid as string | null,
    outcome: row.outcome as AuditOutcome,
    requestId: row.request_id as string | null,
    clientAddress: row.client_address as string | null,
    details: JSON.parse(row.details as string) as AuditRow['details'],
  };
}
