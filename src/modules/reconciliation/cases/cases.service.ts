import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import { fault } from '../../../common/errors/app-error';
import { timeOfId } from '../../../common/ids/id';
import { cursorAfter, placeOf } from '../../../common/pagination/cursor';
import { Clock } from '../../../common/time/clock';
import { AuditFacade } from '../../audit/audit.facade';
import { MembersFacade } from '../../members/members.facade';
import { mayBecome, type Resolution } from '../case.state';
import { RECONCILIATION_ERRORS } from '../reconciliation.errors';
import type { CaseEvent, Page, PageWish, ReconciliationCase } from '../reconciliation.types';
import { type CaseFilter, type CaseMove, CasesRepository } from './cases.repository';

export interface CaseWithEvents {
  readonly found: ReconciliationCase;
  readonly events: readonly CaseEvent[];
}

/** What operators do with breaks. No money and no payment changes by any of it. */
@Injectable()
export class ReconciliationCases {
  constructor(
    private readonly cases: CasesRepository,
    private readonly members: MembersFacade,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditFacade,
    private readonly clock: Clock,
  ) {}

  /** The newest first. */
  async list(filter: CaseFilter, { limit, cursor }: PageWish): Promise<Page<ReconciliationCase>> {
    const before = cursor === undefined ? null : placeOf(cursor).id;
    const found = await this.cases.page(filter, before, limit + 1);
    const data = found.slice(0, limit);
    const last = found.length > limit ? data.at(-1) : undefined;
    const id = last?.caseId;
    return { data, nextCursor: id === undefined ? null : cursorAfter({ at: timeOfId(id), id }) };
  }

  /** Throws RECONCILIATION_CASE_NOT_FOUND. */
  async one(caseId: string): Promise<CaseWithEvents> {
    const found = await this.cases.find(caseId);
    if (found === null) throw fault(RECONCILIATION_ERRORS, 'RECONCILIATION_CASE_NOT_FOUND');
    return { found, events: await this.cases.events(caseId) };
  }

  /** Throws RECONCILIATION_CASE_NOT_FOUND, _CASE_STATE and _OWNER_UNKNOWN. */
  async assign(caseId: string, ownerId: string, actor: string): Promise<CaseWithEvents> {
    if ((await this.cases.find(caseId)) === null)
      throw fault(RECONCILIATION_ERRORS, 'RECONCILIATION_CASE_NOT_FOUND');
    // Before the transaction, which would otherwise hold its connection while it waits for another one.
    const owner = await this.members.findMember(ownerId);
    if (owner?.role !== 'OPERATOR' || owner.status !== 'ACTIVE')
      throw fault(RECONCILIATION_ERRORS, 'RECONCILIATION_OWNER_UNKNOWN');
    await this.move(caseId, 'reconciliation-case.assign', ({ resolution, note }) => {
      return { to: 'ASSIGNED', actor, ownerId, resolution, note, at: this.clock.now() };
    });
    return this.one(caseId);
  }

  /** Of a case with an owner. Throws RECONCILIATION_CASE_NOT_FOUND and _CASE_STATE. */
  async resolve(
    caseId: string,
    { resolution, note }: { readonly resolution: Resolution; readonly note: string },
    actor: string,
  ): Promise<CaseWithEvents> {
    await this.move(caseId, 'reconciliation-case.resolve', (was) => {
      if (was.ownerId === null) throw stateFault(was);
      const at = this.clock.now();
      return { to: 'RESOLVED', actor, ownerId: was.ownerId, resolution, note, at };
    });
    return this.one(caseId);
  }

  private async move(
    caseId: string,
    action: string,
    moveOf: (was: ReconciliationCase) => CaseMove,
  ): Promise<void> {
    await this.unitOfWork.run(action, async (tx) => {
      const was = await this.cases.find(caseId, tx);
      if (was === null) throw fault(RECONCILIATION_ERRORS, 'RECONCILIATION_CASE_NOT_FOUND');
      const move = moveOf(was);
      if (!mayBecome(was.status, move.to) || !(await this.cases.move(tx, was, move))) throw stateFault(was);
      const { mid, acquirer, contractId, paymentId, kind, status } = was;
      await this.audit.record(tx, {
        ...{ actor: move.actor, action, target: caseId, mid, outcome: 'SUCCESS' },
        details: {
          ...{ acquirer, contractId, paymentId, code: move.resolution ?? kind, memberId: move.ownerId },
          ...{ from: status, to: move.to, reason: move.note },
        },
      });
    });
  }
}

function stateFault({ status }: ReconciliationCase) {
  return fault(RECONCILIATION_ERRORS, 'RECONCILIATION_CASE_STATE', { members: { caseStatus: status } });
}
