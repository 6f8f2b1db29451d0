import { Injectable } from '@nestjs/common';
import { Sealer } from '../../common/crypto/sealer';
import { UnitOfWork } from '../../common/db/unit-of-work';
import { fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import type { DataScope } from '../../common/http/data-scope';
import { cursorAfter, placeOf } from '../../common/pagination/cursor';
import { Clock } from '../../common/time/clock';
import { AuditFacade } from '../audit/audit.facade';
import { MembersFacade } from '../members/members.facade';
import { BranchChanges } from './branch-changes';
import { branchPhone } from './branch-phone';
import { type BranchStatus, mayBecome } from './branch.state';
import { BRANCHES_ERRORS } from './branches.errors';
import { type BranchFilter, BranchesRepository, type StoredBranch } from './branches.repository';
import type { BranchDetail, BranchView } from './branches.types';

export interface StatusCommand {
  readonly branchId: string;
  readonly to: BranchStatus;
  readonly reason: string;
  /** The one that the caller has read; null = whatever it is now. */
  readonly version: number | null;
}

/** What people do with branches: list them, look at one, suspend, reopen and close them. */
@Injectable()
export class BranchesService {
  constructor(
    private readonly branches: BranchesRepository,
    private readonly changes: BranchChanges,
    private readonly members: MembersFacade,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditFacade,
    private readonly sealer: Sealer,
    private readonly clock: Clock,
  ) {}

  /**
   * Throws VALIDATION_FAILED where no merchant is named and none can be told: an agency names one always, an operator
   * for a search by name or code. No index serves those lists over all merchants.
   */
  async list(
    filter: BranchFilter,
    { limit, cursor }: { readonly limit: number; readonly cursor?: string },
  ): Promise<{ readonly data: readonly BranchView[]; readonly nextCursor: string | null }> {
    const { scope, mid, namePrefix, code } = filter;
    const wide = scope.kind === 'ALL' && (namePrefix !== undefined || code !== undefined);
    if (mid === undefined && (scope.kind === 'AGENCY' || wide)) {
      throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors: [{ field: 'mid', code: 'REQUIRED' }] });
    }
    const after = cursor === undefined ? null : placeOf(cursor).id;
    const rows = await this.branches.page(filter, { limit: limit + 1, after });
    const data = rows.slice(0, limit);
    const last = data.at(-1);
    const more = rows.length > limit && last !== undefined;
    return { data, nextCursor: more ? cursorAfter({ at: last.createdAt, id: last.branchId }) : null };
  }

  /** Throws BRANCH_UNKNOWN. */
  async detail(scope: DataScope, branchId: string): Promise<BranchDetail> {
    const seen = await this.seen(scope, branchId);
    const { phoneSealed, ...view } = seen;
    const phone = phoneSealed === null ? null : await branchPhone(this.sealer).open(seen, phoneSealed);
    return { ...view, phone, events: await this.branches.events(branchId) };
  }

  /**
   * Changes the state, with its event and audit row; to the state that it has: nothing. CLOSED disables its members in
   * the same transaction. Throws BRANCH_UNKNOWN, BRANCH_STATUS_FINAL, BRANCH_CHANGED.
   */
  async changeStatus(scope: DataScope, command: StatusCommand, actor: string): Promise<BranchDetail> {
    const { branchId, to, reason, version } = command;
    const seen = await this.seen(scope, branchId);
    if (version !== null && version !== seen.version) throw fault(BRANCHES_ERRORS, 'BRANCH_CHANGED');
    if (seen.status === to) return this.detail(scope, branchId);
    if (!mayBecome(seen.status, to)) throw fault(BRANCHES_ERRORS, 'BRANCH_STATUS_FINAL');
    const at = this.clock.now();
    await this.unitOfWork.run('branch.status', async (tx) => {
      const moved = await this.branches.move(tx, seen, { from: seen.status, to, actor, reason, at });
      if (!moved) throw fault(BRANCHES_ERRORS, 'BRANCH_CHANGED');
      if (to === 'CLOSED') await this.members.disableOfBranch(tx, branchId, reason);
      await this.audit.record(tx, {
        ...{ actor, action: 'branch.status', target: branchId, mid: seen.mid, outcome: 'SUCCESS' },
        details: { from: seen.status, to, reason },
      });
    });
    this.changes.tell(seen.mid, branchId);
    return this.detail(scope, branchId);
  }

  private async seen(scope: DataScope, branchId: string): Promise<StoredBranch> {
    const found = /^brn_[0-9A-Z]{1,26}$/.test(branchId) ? await this.branches.find(scope, branchId) : null;
    if (found === null) throw fault(BRANCHES_ERRORS, 'BRANCH_UNKNOWN');
    return found;
  }
}
