import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { placeOf } from '../../common/pagination/cursor';
import { applicationFromRow, eventFromRow, type Row } from './application-row';
import type {
  Application,
  ApplicationEvent,
  ApplicationPageQuery,
  ApplicationScope,
} from './service-applications.types';

const EVENTS_MAX = 200;
const BUSINESS_NUMBER = /^\d{10}$/;

/** Reads of applications. Writes are the journal's. */
@Injectable()
export class ServiceApplicationsRepository {
  constructor(private readonly dataSource: DataSource) {}

  async find(
    applicationId: string,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<Application | null> {
    const [row] = await manager.query<Row[]>('SELECT * FROM service_applications WHERE id = ?', [
      applicationId,
    ]);
    return row === undefined ? null : applicationFromRow(row);
  }

  async eventsOf(applicationId: string): Promise<ApplicationEvent[]> {
    const rows = await this.dataSource.query<Row[]>(
      `SELECT * FROM service_application_events WHERE application_id = ? ORDER BY seq LIMIT ${EVENTS_MAX}`,
      [applicationId],
    );
    return rows.map(eventFromRow);
  }

  /** Drafts and whatever else of a member is not decided. */
  async countUndecided(memberId: string): Promise<number> {
    const [row] = await this.dataSource.query<[{ count: string }]>(
      `SELECT COUNT(*) AS count FROM service_applications
        WHERE member_id = ? AND status IN ('DRAFT', 'SUBMITTED', 'CHANGES_REQUESTED')`,
      [memberId],
    );
    return Number(row.count);
  }

  /**
   * One more than `limit`, newest first; by company name, and then newest first, where a name is looked for. Every
   * combination of filters walks one index and stops.
   */
  async page(scope: ApplicationScope, query: ApplicationPageQuery): Promise<Application[]> {
    const { sql, values } = await this.pageStatement(scope, query);
    const rows = await this.dataSource.query<Row[]>(sql, values);
    return rows.map(applicationFromRow);
  }

  /** The statement of a page, for the test of its plan as well. */
  async pageStatement(
    scope: ApplicationScope,
    { limit, cursor, status, agencyCode, query }: ApplicationPageQuery,
  ): Promise<{ sql: string; values: (string | number)[] }> {
    const conditions: string[] = ['TRUE'];
    const values: (string | number)[] = [];
    const where = (condition: string, ...given: string[]) => {
      conditions.push(condition);
      values.push(...given);
    };
    if (scope !== 'ALL' && 'mid' in scope) where('mid = ?', scope.mid);
    else if (scope !== 'ALL') where('member_id = ?', scope.memberId);
    if (status !== undefined) where('status = ?', status);
    if (agencyCode !== undefined) where('agency_code = ?', agencyCode);
    const byName = query !== undefined && !BUSINESS_NUMBER.test(query);
    if (byName) where('company_name LIKE ?', `${query.replace(/[%_\\]/g, '\\$&')}%`);
    else if (query !== undefined) where('business_number = ?', query);
    if (cursor !== undefined) {
      const { id } = placeOf(cursor);
      if (byName) {
        const name = await this.nameOf(id);
        where('company_name <= ? AND (company_name < ? OR id < ?)', name, name, id);
      } else where('id < ?', id);
    }
    const order = byName ? 'company_name DESC, id DESC' : 'id DESC';
    const index = indexFor(scope, { status, agencyCode, query, byName });
    const sql = `SELECT * FROM service_applications FORCE INDEX (${index}) WHERE ${conditions.join(' AND ')} ORDER BY ${order} LIMIT ?`;
    return { sql, values: [...values, limit + 1] };
  }

  private async nameOf(applicationId: string): Promise<string> {
    const found = await this.find(applicationId);
    if (found === null || found.companyName === null)
      throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors: [{ field: 'cursor', code: 'BAD_FORMAT' }] });
    return found.companyName;
  }
}

/**
 * The one index that a page walks. The optimiser is not left to choose: by its guess of how many rows fit it would
 * rather read and sort them all.
 */
function indexFor(
  scope: ApplicationScope,
  { status, agencyCode, query, byName }: Omit<ApplicationPageQuery, 'limit'> & { byName: boolean },
): string {
  const ofStatus = status === undefined ? '' : '_status';
  // What one merchant or member has applied for is little, whatever else is asked of it.
  if (scope !== 'ALL') return `ix_service_applications_${'mid' in scope ? 'mid' : 'member'}${ofStatus}`;
  if (query !== undefined && !byName) return 'ix_service_applications_business';
  const parts = `${agencyCode === undefined ? '' : '_agency'}${ofStatus}${byName ? '_name' : ''}`;
  return parts === '' ? 'PRIMARY' : `ix_service_applications${parts}`;
}
