import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Sealer } from '../../../common/crypto/sealer';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import { fault } from '../../../common/errors/app-error';
import { actorOf, type Principal } from '../../../common/http/principal';
import { Secret } from '../../../common/masking/secret';
import { AuditFacade } from '../../audit/audit.facade';
import type { FirstKeys } from '../../merchants/merchants.types';
import { keysContext } from '../application-row';
import { SERVICE_APPLICATION_ERRORS } from '../service-applications.errors';
import type { Application } from '../service-applications.types';

/** How long keys stay for the same Idempotency-Key once they were fetched: an answer may be lost on its way. */
const AGAIN_WITHIN_MS = 600_000;

interface Row {
  readonly mid: string | null;
  readonly sealed: Buffer | null;
  readonly taken_by: Buffer | null;
  readonly taken: number;
  readonly gone: number;
}

/** Gives a new merchant's first keys to its applicant, once. */
@Injectable()
export class TakeKeys {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly dataSource: DataSource,
    private readonly sealer: Sealer,
    private readonly audit: AuditFacade,
  ) {}

  /** `requestKey`: hash of the Idempotency-Key, if there is one. Throws APPLICATION_STATE_CONFLICT, KEYS_TAKEN. */
  async run(
    principal: Principal,
    { applicationId, status, kind }: Application,
    requestKey: Buffer | null,
  ): Promise<Secret<FirstKeys>> {
    if (status !== 'APPROVED' || kind !== 'NEW_MERCHANT')
      throw fault(SERVICE_APPLICATION_ERRORS, 'APPLICATION_STATE_CONFLICT');
    const { mid, sealed } = await this.unitOfWork.run('service-application.take-keys', async (tx) => {
      const [row] = await tx.query<Row[]>(
        `SELECT mid, keys_sealed AS sealed, keys_taken_by AS taken_by, keys_gone_at IS NOT NULL AS taken,
           keys_gone_at <= UTC_TIMESTAMP(3) AS gone FROM service_applications WHERE id = ? FOR UPDATE`,
        [applicationId],
      );
      if (row === undefined || row.sealed === null) throw fault(SERVICE_APPLICATION_ERRORS, 'KEYS_TAKEN');
      if (Number(row.taken) === 1) {
        const isAgain = requestKey !== null && row.taken_by?.equals(requestKey) === true;
        if (!isAgain || Number(row.gone) === 1) throw fault(SERVICE_APPLICATION_ERRORS, 'KEYS_TAKEN');
        return { mid: row.mid!, sealed: row.sealed };
      }
      await tx.query(
        `UPDATE service_applications SET keys_sealed = IF(?, keys_sealed, NULL), keys_taken_by = ?,
           keys_gone_at = UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND WHERE id = ?`,
        [requestKey === null ? 0 : 1, requestKey, AGAIN_WITHIN_MS, applicationId],
      );
      await this.audit.record(tx, {
        ...{ actor: actorOf(principal), action: 'service-application.take-keys', target: applicationId },
        ...{ mid: row.mid, outcome: 'SUCCESS' },
      });
      return { mid: row.mid!, sealed: row.sealed };
    });
    const keys = await this.sealer.open('merchant-secret', keysContext(applicationId, mid), sealed);
    return new Secret(JSON.parse(keys.toString('utf8')) as FirstKeys);
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
}
