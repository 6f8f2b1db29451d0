import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Sealer } from '../../../common/crypto/sealer';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import { fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { actorOf, type MemberPrincipal, type Principal } from '../../../common/http/principal';
import { Secret } from '../../../common/masking/secret';
import { Clock } from '../../../common/time/clock';
import { databaseTime } from '../../../common/time/korean-time';
import { AuditFacade } from '../../audit/audit.facade';
import { MemberNotificationsFacade } from '../../members/member-notifications.facade';
import { FeesFacade } from '../../fees/fees.facade';
import { MerchantsFacade } from '../../merchants/merchants.facade';
import type { HolderCheck } from '../../merchants/merchants.types';
import { ACCOUNT_HOLDERS, type AccountHolderPort } from '../account-holder.port';
import { ApplicationNotices } from '../application-notices';
import { accountContext } from '../application-row';
import { mayApplicationFollow } from '../application.state';
import { missingFields } from '../completeness.policy';
import { SERVICE_APPLICATION_ERRORS } from '../service-applications.errors';
import { ServiceApplicationsJournal } from '../service-applications.journal';
import type { Application, ApplicationContent } from '../service-applications.types';
import { ServiceCodes } from '../service-codes.service';
import { EditApplication } from './edit-application';

/** Writes what an operation writes, in one transaction with what goes before it. */
type Before = (tx: EntityManager) => Promise<void>;

/** Hands an application in: a new one at once, a draft, or again after changes were asked for. */
@Injectable()
export class SubmitApplication {
  constructor(
    private readonly editing: EditApplication,
    private readonly journal: ServiceApplicationsJournal,
    private readonly codes: ServiceCodes,
    private readonly fees: FeesFacade,
    private readonly merchants: MerchantsFacade,
    @Inject(ACCOUNT_HOLDERS) private readonly holders: AccountHolderPort,
    private readonly sealer: Sealer,
    private readonly notices: ApplicationNotices,
    private readonly notifications: MemberNotificationsFacade,
    private readonly audit: AuditFacade,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * The id of a new application that is submitted; when anything is refused there is none. Throws VALIDATION_FAILED
   * that names all that is wrong or wanting, APPLICATION_LIMIT, SERVICE_ALREADY_APPROVED, APPLICATION_DUPLICATE.
   */
  async create(principal: MemberPrincipal, content: ApplicationContent): Promise<string> {
    const { application, insert } = await this.editing.prepare(principal, content, { whole: true });
    await this.handIn(principal, application, insert);
    return application.applicationId;
  }

  /**
   * Throws VALIDATION_FAILED that names all that is wanting, SERVICE_ALREADY_APPROVED, APPLICATION_DUPLICATE,
   * APPLICATION_STATE_CONFLICT, APPLICATION_CHANGED.
   */
  async run(principal: Principal, seen: Application): Promise<void> {
    if (!mayApplicationFollow(seen.status, 'SUBMITTED'))
      throw fault(SERVICE_APPLICATION_ERRORS, 'APPLICATION_STATE_CONFLICT');
    const errors = missingFields(seen, await this.codes.today());
    if (errors.length > 0) throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors });
    await this.handIn(principal, seen);
  }

  private async handIn(principal: Principal, seen: Application, before?: Before): Promise<void> {
    await this.refuseApproved(seen);
    const tier =
      seen.expectedYearlySales === null ? null : (await this.fees.tierOf(seen.expectedYearlySales)).tier;
    const holderCheck = await this.checkHolder(seen);
    const { applicationId, mid } = seen;
    const [actor, at] = [actorOf(principal), this.clock.now()];
    const columns = { tier, holder_check: holderCheck, submitted_at: databaseTime(at) };
    const notice = await this.notices.prepare(seen, 'SUBMITTED');
    await this.unitOfWork.run('service-application.submit', async (tx) => {
      await before?.(tx);
      await this.journal.move(tx, seen, 'SUBMITTED', { columns, writer: { actor, at } });
      await this.notifications.notify(tx, notice);
      await this.audit.record(tx, {
        ...{ actor, action: 'service-application.submit', target: applicationId, mid, outcome: 'SUCCESS' },
        details: { from: seen.status, to: 'SUBMITTED' },
      });
    });
    await this.notifications.sendNow(notice);
  }

  private async refuseApproved({ kind, mid, services }: Application): Promise<void> {
    if (kind !== 'MORE_SERVICES' || mid === null) return;
    const there = new Set(await this.merchants.servicesOf(mid));
    if (services.some((code) => there.has(code)))
      throw fault(SERVICE_APPLICATION_ERRORS, 'SERVICE_ALREADY_APPROVED');
  }

  private async checkHolder({ applicationId, account }: Application): Promise<HolderCheck | null> {
    if (account === null) return null;
    const number = await this.sealer.open('pii', accountContext(applicationId), account.sealed);
    const { bankCode, holderName } = account;
    return this.holders.check({ bankCode, holderName, accountNumber: new Secret(number.toString('utf8')) });
  }
}
