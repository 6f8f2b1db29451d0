import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { maskAccountNumber } from '../../../common/banks/bank-account';
import { Sealer } from '../../../common/crypto/sealer';
import type { SqlValue } from '../../../common/db/pool';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import { type FieldError, fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { actorOf, type MemberPrincipal } from '../../../common/http/principal';
import { newId } from '../../../common/ids/id';
import { Clock } from '../../../common/time/clock';
import { FilesFacade } from '../../files/files.facade';
import { MerchantsFacade } from '../../merchants/merchants.facade';
import { accountContext, draftFromColumns } from '../application-row';
import { EDITABLE_STATUSES } from '../application.state';
import { missingFields, strangerFaults } from '../completeness.policy';
import { Referrers } from '../referrers';
import { SERVICE_APPLICATION_ERRORS } from '../service-applications.errors';
import { type Columns, ServiceApplicationsJournal } from '../service-applications.journal';
import { ServiceApplicationsRepository } from '../service-applications.repository';
import type { Application, ApplicationContent, ApplicationKind } from '../service-applications.types';
import { ServiceCodes } from '../service-codes.service';

/** Undecided applications of one member; more is no work but a flood. */
const UNDECIDED_MAX = 20;

interface Target {
  readonly applicationId: string;
  readonly kind: ApplicationKind;
  readonly memberId: string;
}

/** A new draft that is checked, and how it is written. */
export interface PreparedDraft {
  readonly application: Application;
  readonly insert: (tx: EntityManager) => Promise<void>;
}

/** Makes and edits drafts. What is said must be right; what is not said yet may be missing until it is submitted. */
@Injectable()
export class EditApplication {
  constructor(
    private readonly applications: ServiceApplicationsRepository,
    private readonly journal: ServiceApplicationsJournal,
    private readonly codes: ServiceCodes,
    private readonly referrers: Referrers,
    private readonly files: FilesFacade,
    private readonly merchants: MerchantsFacade,
    private readonly sealer: Sealer,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** The id of the new draft. Throws VALIDATION_FAILED, APPLICATION_LIMIT. */
  async create(principal: MemberPrincipal, content: ApplicationContent): Promise<string> {
    const draft = await this.prepare(principal, content);
    await this.unitOfWork.run('service-application.create', (tx) => draft.insert(tx));
    return draft.application.applicationId;
  }

  /**
   * Checks a new draft and makes it ready to be inserted; writes nothing. `whole`: it shall be submitted at once, so
   * what is wanting is named along with what is wrong. Throws VALIDATION_FAILED, APPLICATION_LIMIT.
   */
  async prepare(
    principal: MemberPrincipal,
    content: ApplicationContent,
    { whole = false } = {},
  ): Promise<PreparedDraft> {
    const { memberId, mid } = principal;
    const applicationId = newId('app');
    const target: Target = { applicationId, kind: mid === null ? 'NEW_MERCHANT' : 'MORE_SERVICES', memberId };
    const known = mid === null ? {} : await this.knownOf(mid);
    const said = await this.columns(applicationId, content);
    const identity = { id: applicationId, member_id: memberId, kind: target.kind, mid };
    const columns = { services: '', documents: '[]', ...known, ...said, ...identity };
    const writer = { actor: actorOf(principal), at: this.clock.now() };
    const application = draftFromColumns(columns, writer.at);
    const errors = await this.faults(target, content);
    // A service that there is not is named among the faults already, by its place.
    if (whole)
      errors.push(
        ...missingFields(application, await this.codes.today()).filter(({ code }) => code === 'REQUIRED'),
      );
    if (errors.length > 0) throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors });
    if ((await this.applications.countUndecided(memberId)) >= UNDECIDED_MAX)
      throw fault(SERVICE_APPLICATION_ERRORS, 'APPLICATION_LIMIT');
    const insert = async (tx: EntityManager) => {
      await this.journal.insert(tx, columns, writer);
      if (content.documents !== undefined) await this.files.replaceFiles(tx, claimOf(target, content));
    };
    return { application, insert };
  }

  /** Throws VALIDATION_FAILED, APPLICATION_STATE_CONFLICT, APPLICATION_CHANGED. */
  async edit(principal: MemberPrincipal, seen: Application, content: ApplicationContent): Promise<void> {
    if (!EDITABLE_STATUSES.includes(seen.status))
      throw fault(SERVICE_APPLICATION_ERRORS, 'APPLICATION_STATE_CONFLICT');
    const target: Target = { ...seen, memberId: principal.memberId };
    const errors = await this.faults(target, content);
    if (errors.length > 0) throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors });
    const columns = await this.columns(seen.applicationId, content);
    if (Object.keys(columns).length === 0) return;
    await this.unitOfWork.run('service-application.edit', async (tx) => {
      await this.journal.edit(tx, seen, columns);
      if (content.documents !== undefined) await this.files.replaceFiles(tx, claimOf(target, content));
    });
  }

  private async faults(target: Target, content: ApplicationContent): Promise<FieldError[]> {
    const errors: FieldError[] = [...strangerFaults(target.kind, content)];
    errors.push(...(await this.serviceFaults(content)));
    errors.push(...(await this.referrers.faultsOf(content)));
    const lost = new Set(await this.files.unclaimable(claimOf(target, content)));
    (content.documents ?? []).forEach(({ fileId }, index) => {
      if (lost.has(fileId)) errors.push({ field: `documents.${index}.fileId`, code: 'NOT_ALLOWED' });
    });
    return errors;
  }

  private async serviceFaults({ services = [] }: ApplicationContent): Promise<FieldError[]> {
    if (services.length === 0) return [];
    const known = new Set((await this.codes.today()).map(({ code }) => code));
    return services.flatMap((code, index) =>
      known.has(code) ? [] : [{ field: `services.${index}`, code: 'NOT_ALLOWED' }],
    );
  }

  /** A merchant's own facts, so that an application for more of it can be found by them. */
  private async knownOf(mid: string): Promise<Columns> {
    const merchant = await this.merchants.findMerchant(mid);
    if (merchant === null) throw fault(COMMON_ERRORS, 'NOT_FOUND');
    const { businessNumber, name, representative, address, phone, agencyCode } = merchant;
    return {
      ...{ business_number: businessNumber, company_name: name, representative, address, phone },
      agency_code: agencyCode,
    };
  }

  /** Only of what is said. */
  private async columns(applicationId: string, content: ApplicationContent): Promise<Columns> {
    const { services, documents, settlementAccount: account } = content;
    const said: Record<string, SqlValue | undefined> = {
      services: services && [...services].sort().join(','),
      business_number: content.businessNumber,
      corporate_number: content.corporateNumber,
      company_name: content.companyName,
      representative: content.representative,
      address: content.address,
      phone: content.phone,
      email: content.email,
      yearly_sales: content.expectedYearlySales,
      agency_code: content.agencyCode,
      seller_code: content.sellerCode,
      documents: documents && JSON.stringify(documents.map(({ kind, fileId }) => ({ kind, fileId }))),
    };
    if (account !== undefined) {
      const number = account.accountNumber.expose();
      said.bank_code = account.bankCode;
      said.account_sealed = await this.sealer.seal('pii', accountContext(applicationId), number);
      said.account_masked = maskAccountNumber(number);
      said.holder_name = account.holderName;
      // Asked again when it is submitted.
      said.holder_check = null;
    }
    const entries = Object.entries(said).filter(
      (entry): entry is [string, SqlValue] => entry[1] !== undefined,
    );
    return Object.fromEntries(entries);
  }
}

const claimOf = ({ applicationId, memberId }: Target, { documents = [] }: ApplicationContent) => ({
  owner: { kind: 'SERVICE_APPLICATION' as const, id: applicationId },
  fileIds: documents.map(({ fileId }) => fileId),
  memberId,
});
