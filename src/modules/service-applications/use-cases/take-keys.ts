import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Sealer } from '../../../common/crypto/sealer';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import { fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { actorOf, type Principal } from '../../../common/http/principal';
import { Secret } from '../../../common/masking/secret';
import { AuditFacade } from '../../audit/audit.facade';
import type { FirstKeys } from '../../merchants/merchants.types';
import { keysContext } from '../application-row';
import { SERVICE_APPLICATION_ERRORS } from '../service-applications.errors';
import type { Application } from '../service-applications.types';
import { memberOf } from './read-applications';

/** How long keys stay for the same Idempotency-Key once they were fetched: an answer may be lost on its way. */
const AGAIN_WITHIN_MS = 600_000;

interface Row {
  readonly mid: string | null;
  readonly there: number;
  readonly taken_by: Buffer | null;
  readonly taken: number;
  readonly gone: number;
}

/** Gives a new merchant's first keys to its applicant, once. Every time that they are shown is kept. */
@Injectable()
export class TakeKeys {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly dataSource: DataSource,
    private readonly sealer: Sealer,
    private readonly audit: AuditFacade,
  ) {}

  /**
   * `requestKey`: hash of the Idempotency-Key, if there is one. Throws FORBIDDEN for whoever else may read the
   * application, APPLICATION_STATE_CONFLICT, KEYS_TAKEN.
   */
  async run(
    principal: Principal,
    { applicationId, memberId, status, kind }: Application,
    requestKey: Buffer | null,
  ): Promise<Secret<FirstKeys>> {
    if (memberOf(principal).memberId !== memberId) throw fault(COMMON_ERRORS, 'FORBIDDEN');
    if (status !== 'APPROVED' || kind !== 'NEW_MERCHANT')
      throw fault(SERVICE_APPLICATION_ERRORS, 'APPLICATION_STATE_CONFLICT');
    // Opened first: keys that cannot be opened just now are not taken.
    const keys = await this.opened(applicationId);
    await this.unitOfWork.run('service-application.take-keys', async (tx) => {
      const [row] = await tx.query<Row[]>(
        `SELECT mid, keys_sealed IS NOT NULL AS there, keys_taken_by AS taken_by, keys_gone_at IS NOT NULL AS taken,
           keys_gone_at <= UTC_TIMESTAMP(3) AS gone FROM service_applications WHERE id = ? FOR UPDATE`,
        [applicationId],
      );
      if (Number(row?.there) !== 1) throw fault(SERVICE_APPLICATION_ERRORS, 'KEYS_TAKEN');
      const { mid, taken_by: takenBy, taken, gone } = row!;
      if (Number(taken) === 0) await this.markTaken(tx, applicationId, requestKey);
      else if (Number(gone) === 1 || requestKey === null || takenBy?.equals(requestKey) !== true)
        throw fault(SERVICE_APPLICATION_ERRORS, 'KEYS_TAKEN');
      await this.audit.record(tx, {
        ...{ actor: actorOf(principal), action: 'service-application.take-keys', target: applicationId },
        ...{ mid, outcome: 'SUCCESS' },
      });
    });
    return keys;
  }

  /** Removes keys that were fetched and whose time is over; answers how many. */
  async forget(limit: number): Promise<number> {
    const { affectedRows } = await this.dataSource.query<{ affectedRows: number }>(
      `UPDATE service_applications SET keys_sealed = NULL, keys_gone_at = NULL
        WHERE keys_gone_at <= UTC_TIMESTAMP(3) LIMIT ?`,
      [limit],
    );
    return affectedRows;
  }

  private async opened(applicationId: string): Promise<Secret<FirstKeys>> {
    const [row] = await this.dataSource.query<{ mid: string; sealed: Buffer | null }[]>(
      'SELECT mid, keys_sealed AS sealed FROM service_applications WHERE id = ?',
      [applicationId],
    );
    if (row === undefined || row.sealed === null) throw fault(SERVICE_APPLICATION_ERRORS, 'KEYS_TAKEN');
    const keys = await this.sealer.open('merchant-secret', keysContext(applicationId, row.mid), row.sealed);
    return new Secret(JSON.parse(keys.toString('utf8')) as FirstKeys);
  }

  /** Without a key to ask again by, nobody can have them again: they go at once. */
  private async markTaken(
    tx: EntityManager,
    applicationId: string,
    requestKey: Buffer | null,
  ): Promise<void> {
    await tx.query(
      `UPDATE service_applications SET keys_sealed = IF(?, keys_sealed, NULL), keys_taken_by = ?,
         keys_gone_at = UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND WHERE id = ?`,
      [requestKey === null ? 0 : 1, requestKey, AGAIN_WITHIN_MS, applicationId],
    );
  }
}
