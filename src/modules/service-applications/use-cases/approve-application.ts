import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { crashPoint } from '../../../common/crash/crash-point';
import { Sealer } from '../../../common/crypto/sealer';
import { isDuplicateKey } from '../../../common/db/database-errors';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import { AppError, fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { actorOf, type Principal } from '../../../common/http/principal';
import { Secret } from '../../../common/masking/secret';
import { Clock } from '../../../common/time/clock';
import { databaseTime, koreanDay } from '../../../common/time/korean-time';
import { AuditFacade } from '../../audit/audit.facade';
import { FeesFacade } from '../../fees/fees.facade';
import { MemberNotificationsFacade } from '../../members/member-notifications.facade';
import type { PreparedNotification } from '../../members/member-notifications.types';
import { MembersFacade } from '../../members/members.facade';
import { MERCHANTS_ERRORS } from '../../merchants/merchants.errors';
import { MerchantsFacade } from '../../merchants/merchants.facade';
import type { MerchantOpening, PreparedOpening, WantedContract } from '../../merchants/merchants.types';
import { ApplicationNotices } from '../application-notices';
import { accountContext, keysContext } from '../application-row';
import { SERVICE_APPLICATION_ERRORS } from '../service-applications.errors';
import { type Columns, ServiceApplicationsJournal } from '../service-applications.journal';
import { ServiceApplicationsRepository } from '../service-applications.repository';
import type { Application } from '../service-applications.types';

export interface Approval {
  readonly contracts: readonly WantedContract[];
  /** undefined: the next free one. */
  readonly mid?: string;
}

interface Prepared {
  readonly opening: PreparedOpening;
  readonly keysSealed: Buffer | null;
  readonly notice: PreparedNotification;
}

/** Makes of an application what was applied for: all of it in one transaction, once. */
@Injectable()
export class ApproveApplication {
  constructor(
    private readonly applications: ServiceApplicationsRepository,
    private readonly journal: ServiceApplicationsJournal,
    private readonly merchants: MerchantsFacade,
    private readonly members: MembersFacade,
    private readonly fees: FeesFacade,
    private readonly sealer: Sealer,
    private readonly notices: ApplicationNotices,
    private readonly notifications: MemberNotificationsFacade,
    private readonly audit: AuditFacade,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Does nothing for one that is approved already. Throws VALIDATION_FAILED, APPLICATION_STATE_CONFLICT, MID_TAKEN,
   * CONTRACT_EXISTS, APPLICANT_HAS_MERCHANT.
   */
  async run(principal: Principal, seen: Application, approval: Approval): Promise<void> {
    if (seen.status === 'APPROVED') return;
    if (seen.status !== 'SUBMITTED') throw fault(SERVICE_APPLICATION_ERRORS, 'APPLICATION_STATE_CONFLICT');
    this.check(seen, approval);
    const mid = seen.kind === 'MORE_SERVICES' ? seen.mid! : await this.reserve(seen, approval.mid);
    crashPoint('service-applications.reserved');
    const prepared = await this.prepare(seen, mid, approval.contracts);
    try {
      await this.unitOfWork.run('service-application.approve', (tx) =>
        this.write(tx, seen, prepared, actorOf(principal)),
      );
    } catch (error) {
      if (await this.wasApproved(error, seen)) return;
      throw error;
    }
    this.merchants.forget(mid);
    await this.notifications.sendNow(prepared.notice);
  }

  private check({ kind, mid: ofMerchant }: Application, { contracts, mid }: Approval): void {
    if (kind === 'NEW_MERCHANT' && ofMerchant !== null)
      throw fault(SERVICE_APPLICATION_ERRORS, 'APPLICANT_HAS_MERCHANT');
    const errors = this.merchants.contractFaultsOf(contracts);
    if (kind === 'MORE_SERVICES' && mid !== undefined && mid !== ofMerchant)
      errors.push({ field: 'mid', code: 'NOT_ALLOWED' });
    if (errors.length > 0) throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors });
  }

  /** The mid of the merchant to be, whoever asks first: kept with the application before anything is sealed for it. */
  private async reserve({ applicationId }: Application, wanted: string | undefined): Promise<string> {
    if (wanted !== undefined && (await this.merchants.exists(wanted)))
      throw fault(MERCHANTS_ERRORS, 'MID_TAKEN');
    try {
      return await this.unitOfWork.run('service-application.reserve-mid', async (tx) => {
        const [row] = await tx.query<{ reserved: string | null }[]>(
          'SELECT reserved_mid AS reserved FROM service_applications WHERE id = ? FOR UPDATE',
          [applicationId],
        );
        const reserved = row!.reserved;
        if (reserved !== null && (wanted === undefined || wanted === reserved)) return reserved;
        const mid = wanted ?? (await this.merchants.nextMid(tx));
        await tx.query(
          `UPDATE service_applications SET reserved_mid = ? WHERE id = ? AND status = 'SUBMITTED'`,
          [mid, applicationId],
        );
        return mid;
      });
    } catch (error) {
      if (isDuplicateKey(error)) throw fault(MERCHANTS_ERRORS, 'MID_TAKEN');
      throw error;
    }
  }

  private async prepare(
    application: Application,
    mid: string,
    contracts: readonly WantedContract[],
  ): Promise<Prepared> {
    const { applicationId, services } = application;
    const opened = application.kind === 'NEW_MERCHANT' ? await this.opened(application, mid) : null;
    const opening = await this.merchants.prepareOpening({ mid, opened, contracts, services });
    const keys = opening.keys === null ? null : JSON.stringify(opening.keys.expose());
    const keysSealed =
      keys === null ? null : await this.sealer.seal('merchant-secret', keysContext(applicationId, mid), keys);
    return { opening, keysSealed, notice: await this.notices.prepare(application, 'APPROVED') };
  }

  /** A submitted application of a new merchant has all of these: see completeness.policy. */
  private async opened(application: Application, mid: string): Promise<MerchantOpening['opened']> {
    const { applicationId, account, holderCheck } = application;
    const number = await this.sealer.open('pii', accountContext(applicationId), account!.sealed);
    return {
      merchant: {
        mid,
        name: application.companyName!,
        businessNumber: application.businessNumber!,
        representative: application.representative!,
        address: application.address!,
        phone: application.phone!,
        status: 'ACTIVE',
        agencyCode: application.agencyCode,
        legacyEncryptionAllowed: false,
        routingStrategy: 'PRIORITY',
      },
      sellerCode: application.sellerCode,
      account: {
        bankCode: account!.bankCode,
        accountNumber: new Secret(number.toString('utf8')),
        holderName: account!.holderName,
        holderCheck: holderCheck ?? 'UNCHECKED',
      },
    };
  }

  /** Lock order: application, merchant, keys, member, audit chain. Others who approve wait at the first. */
  private async write(
    tx: EntityManager,
    seen: Application,
    { opening, keysSealed, notice }: Prepared,
    actor: string,
  ): Promise<void> {
    const { applicationId, memberId, kind, tier, status } = seen;
    const { mid } = opening;
    await tx.query('SELECT id FROM service_applications WHERE id = ? FOR UPDATE', [applicationId]);
    const now = await this.applications.find(applicationId, tx);
    if (now?.version !== seen.version) throw fault(SERVICE_APPLICATION_ERRORS, 'APPLICATION_CHANGED');
    await this.notifications.notify(tx, notice);
    await this.merchants.writeOpening(tx, opening, actor);
    const at = this.clock.now();
    const columns: Columns = { mid, keys_sealed: keysSealed, decided_at: databaseTime(at) };
    await this.journal.move(tx, seen, 'APPROVED', { columns, writer: { actor, at } });
    if (kind === 'NEW_MERCHANT') {
      if (!(await this.members.assignMerchant(tx, memberId, mid)))
        throw fault(SERVICE_APPLICATION_ERRORS, 'APPLICANT_HAS_MERCHANT');
      // Whatever else its applicant had asked for is the merchant's to see from now on.
      await this.journal.adopt(tx, memberId, mid);
      await this.fees.ensureMerchantPolicy(tx, { mid, tier: tier!, from: koreanDay(at), actor });
    }
    crashPoint('service-applications.approving');
    const details = { memberId, from: status, to: 'APPROVED', count: opening.contracts.length };
    const action = 'service-application.approve';
    await this.audit.record(tx, { actor, action, target: applicationId, mid, outcome: 'SUCCESS', details });
  }

  /** Somebody else was faster with the same: then it is done. */
  private async wasApproved(error: unknown, { applicationId }: Application): Promise<boolean> {
    if (!(error instanceof AppError)) return false;
    return (await this.applications.find(applicationId))?.status === 'APPROVED';
  }
}
