import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isDuplicateKey } from '../../common/db/database-errors';
import { places } from '../../common/db/places';
import type { SqlValue } from '../../common/db/pool';
import { fault } from '../../common/errors/app-error';
import { databaseTime } from '../../common/time/korean-time';
import {
  type ApplicationStatus,
  EDITABLE_STATUSES,
  mayApplicationFollow,
  OPEN_STATUSES,
} from './application.state';
import { openKey } from './completeness.policy';
import { SERVICE_APPLICATION_ERRORS } from './service-applications.errors';
import type { Application } from './service-applications.types';

/** Who changes a state, when, and why. */
export interface Writer {
  readonly actor: string;
  readonly at: Date;
  readonly reason?: string;
  /** Fields that shall be changed. */
  readonly fields?: readonly string[];
}

export type Columns = Readonly<Record<string, SqlValue>>;

/** Every write of applications. A change is only from exactly the version that was seen, with its event. */
@Injectable()
export class ServiceApplicationsJournal {
  async insert(tx: EntityManager, columns: Columns, writer: Writer): Promise<void> {
    const names = Object.keys(columns);
    await tx.query(
      `INSERT INTO service_applications (${names.join(', ')}, status, version, created_at)
       VALUES (${places(names)}, 'DRAFT', 1, ?)`,
      [...Object.values(columns), databaseTime(writer.at)],
    );
    await this.event(tx, columns.id as string, [null, 'DRAFT'], writer);
  }

  /** What its applicant says otherwise now. Throws APPLICATION_STATE_CONFLICT, APPLICATION_CHANGED. */
  async edit(tx: EntityManager, seen: Application, columns: Columns): Promise<void> {
    if (!EDITABLE_STATUSES.includes(seen.status))
      throw fault(SERVICE_APPLICATION_ERRORS, 'APPLICATION_STATE_CONFLICT');
    await this.compareAndSet(tx, seen, columns);
  }

  /** Throws APPLICATION_STATE_CONFLICT, APPLICATION_CHANGED, APPLICATION_DUPLICATE: the transaction is given up then. */
  async move(
    tx: EntityManager,
    seen: Application,
    to: ApplicationStatus,
    { columns = {}, writer }: { columns?: Columns; writer: Writer },
  ): Promise<void> {
    if (!mayApplicationFollow(seen.status, to))
      throw fault(SERVICE_APPLICATION_ERRORS, 'APPLICATION_STATE_CONFLICT');
    const { fields = [] } = writer;
    const reason = writer.reason ?? null;
    const requested = fields.length === 0 ? null : fields.join(',');
    const open = OPEN_STATUSES.includes(to) ? openKey(seen) : null;
    try {
      await this.compareAndSet(tx, seen, {
        ...columns,
        status: to,
        reason,
        requested_fields: requested,
        open_key: open,
      });
    } catch (error) {
      if (isDuplicateKey(error)) throw fault(SERVICE_APPLICATION_ERRORS, 'APPLICATION_DUPLICATE');
      throw error;
    }
    await this.event(tx, seen.applicationId, [seen.status, to], writer);
  }

  /** The other applications of a member that has become a merchant's owner. */
  async adopt(tx: EntityManager, memberId: string, mid: string): Promise<void> {
    await tx.query('UPDATE service_applications SET mid = ? WHERE member_id = ? AND mid IS NULL', [
      mid,
      memberId,
    ]);
  }

  private async compareAndSet(
    tx: EntityManager,
    { applicationId, version, status }: Application,
    columns: Columns,
  ): Promise<void> {
    const sets = Object.keys(columns).map((name) => `${name} = ?, `);
    const { affectedRows } = await tx.query<{ affectedRows: number }>(
      `UPDATE service_applications SET ${sets.join('')}version = version + 1
        WHERE id = ? AND version = ? AND status = ?`,
      [...Object.values(columns), applicationId, version, status],
    );
    if (affectedRows !== 1) throw fault(SERVICE_APPLICATION_ERRORS, 'APPLICATION_CHANGED');
  }

  private async event(
    tx: EntityManager,
    applicationId: string,
    [from, to]: readonly [ApplicationStatus | null, ApplicationStatus],
    { actor, at, reason, fields = [] }: Writer,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO service_application_events (application_id, from_status, to_status, actor, reason, fields, occurred_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      [
        applicationId,
        from,
        to,
        actor,
        reason ?? null,
        fields.length === 0 ? null : fields.join(','),
        databaseTime(at),
      ],
    );
  }
}
