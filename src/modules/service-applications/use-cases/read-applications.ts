import { Inject, Injectable } from '@nestjs/common';
import {
  ACQUIRERS,
  type AcquirerRegistry,
  RECEIPT_PROVIDERS,
  type ReceiptProviderRegistry,
} from '../../../acquirers/port/acquirer.port';
import { fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import type { MemberPrincipal, Principal } from '../../../common/http/principal';
import { isId } from '../../../common/ids/id';
import { cursorAfter } from '../../../common/pagination/cursor';
import { FilesFacade } from '../../files/files.facade';
import { MerchantsFacade } from '../../merchants/merchants.facade';
import { missingFor } from '../readiness.policy';
import { SERVICE_APPLICATION_ERRORS } from '../service-applications.errors';
import { ServiceApplicationsRepository } from '../service-applications.repository';
import type {
  Application,
  ApplicationDetail,
  ApplicationPageQuery,
  ApplicationScope,
  MissingForService,
} from '../service-applications.types';

/** Looks applications up: a member's own, its merchant's, or all for an operator. */
@Injectable()
export class ReadApplications {
  constructor(
    private readonly applications: ServiceApplicationsRepository,
    private readonly files: FilesFacade,
    private readonly merchants: MerchantsFacade,
    @Inject(ACQUIRERS) private readonly acquirers: AcquirerRegistry,
    @Inject(RECEIPT_PROVIDERS) private readonly receiptProviders: ReceiptProviderRegistry,
  ) {}

  /** Throws APPLICATION_NOT_FOUND. */
  async inScope(principal: Principal, applicationId: string): Promise<Application> {
    const found = isId('app', applicationId) ? await this.applications.find(applicationId) : null;
    if (found === null || !isWithin(scopeOf(principal), found))
      throw fault(SERVICE_APPLICATION_ERRORS, 'APPLICATION_NOT_FOUND');
    return found;
  }

  /** Whether a caller may read an application, and so its papers. */
  async mayRead(principal: Principal | null, applicationId: string): Promise<boolean> {
    if (principal?.kind !== 'MEMBER' || !['MERCHANT', 'OPERATOR'].includes(principal.role)) return false;
    // An operator reads everybody's papers all the same, and that is audited.
    if (principal.role === 'OPERATOR') return false;
    const found = await this.applications.find(applicationId);
    return found !== null && isWithin(scopeOf(principal), found);
  }

  async page(
    principal: Principal,
    query: ApplicationPageQuery,
  ): Promise<{ data: Application[]; nextCursor: string | null }> {
    const found = await this.applications.page(scopeOf(principal), query);
    const data = found.slice(0, query.limit);
    const last = data.at(-1);
    const more = found.length > query.limit && last !== undefined;
    return { data, nextCursor: more ? cursorAfter({ at: last.createdAt, id: last.applicationId }) : null };
  }

  /** Throws APPLICATION_NOT_FOUND. */
  async detail(principal: Principal, applicationId: string): Promise<ApplicationDetail> {
    const application = await this.inScope(principal, applicationId);
    return {
      application,
      files: await this.files.filesOf({ kind: 'SERVICE_APPLICATION', id: applicationId }),
      events: await this.applications.eventsOf(applicationId),
      missing: await this.missing(application),
    };
  }

  private async missing({ status, mid, services }: Application): Promise<MissingForService[]> {
    if (status !== 'APPROVED' || mid === null) return [];
    const { contracts } = await this.merchants.contractsNow(mid);
    const powers = contracts.map(({ acquirer, methods, enabled }) => {
      const can = this.acquirers.get(acquirer)?.capabilities;
      return {
        methods,
        enabled,
        keyIn: can?.keyIn ?? false,
        window: can?.window ?? false,
        billing: can?.billing ?? false,
        virtualAccount: can?.virtualAccount ?? false,
        cashReceipt: this.receiptProviders.has(acquirer),
      };
    });
    return missingFor(services, powers);
  }
}

function scopeOf(principal: Principal): ApplicationScope {
  const { role, memberId, mid } = memberOf(principal);
  if (role === 'OPERATOR') return 'ALL';
  return mid === null ? { memberId } : { mid, memberId };
}

function isWithin(scope: ApplicationScope, { memberId, mid }: Application): boolean {
  return scope === 'ALL' || memberId === scope.memberId || ('mid' in scope && mid === scope.mid);
}

/** Applications are people's matter: throws FORBIDDEN for a merchant's system. */
export function memberOf(principal: Principal): MemberPrincipal {
  if (principal.kind !== 'MEMBER') throw fault(COMMON_ERRORS, 'FORBIDDEN');
  return principal;
}
