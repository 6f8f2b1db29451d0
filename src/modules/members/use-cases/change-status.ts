import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import { fault } from '../../../common/errors/app-error';
import { actorOf, type MemberPrincipal } from '../../../common/http/principal';
import { AuditFacade } from '../../audit/audit.facade';
import { LoginLocksFacade } from '../login-locks.facade';
import type { MemberEntity } from '../member.entity';
import { mayBecome } from '../member.state';
import { MEMBERS_ERRORS } from '../members.errors';
import type { MemberStatus, StatusSetter } from '../members.types';

/** Locks and disables members, and makes them active again. */
@Injectable()
export class ChangeStatus {
  constructor(
    private readonly locks: LoginLocksFacade,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditFacade,
  ) {}

  /**
   * Whoever stops being active is out at once, and does not come back into an old session (INV-21). The status that is
   * there already changes nothing, but that an operator makes an owner's lock its own, which the owner cannot undo any
   * more. Whoever is made active again is not kept out by logins that failed meanwhile. Throws MEMBER_STATUS_CONFLICT, and
   * MEMBER_CHANGED when another change came between.
   */
  async run(
    principal: MemberPrincipal,
    { id, mid, loginId, status: from, statusSetBy }: MemberEntity,
    { status: to, reason }: { readonly status: MemberStatus; readonly reason: string },
  ): Promise<void> {
    const by: StatusSetter = principal.role === 'OPERATOR' ? 'OPERATOR' : 'OWNER';
    const isUndone = by === 'OWNER' && from !== 'ACTIVE' && statusSetBy === 'OPERATOR';
    if (id === principal.memberId || (isUndone && from !== to)) {
      throw fault(MEMBERS_ERRORS, 'MEMBER_STATUS_CONFLICT');
    }
    const isTakenOver = by === 'OPERATOR' && from !== 'ACTIVE' && statusSetBy !== 'OPERATOR';
    if (from === to && !isTakenOver) return;
    if (from !== to && !mayBecome(from, to)) throw fault(MEMBERS_ERRORS, 'MEMBER_STATUS_CONFLICT');
    const lift = to === 'ACTIVE' ? await this.locks.lifting(loginId, null) : null;
    await this.unitOfWork.run('member.status', async (tx) => {
      const { affectedRows } = await tx.query<{ affectedRows: number }>(
        `UPDATE members SET status = ?, status_reason = ?, status_set_by = ?, session_epoch = session_epoch + 1
          WHERE id = ? AND status = ? AND status_set_by <=> ?`,
        [to, reason, by, id, from, statusSetBy],
      );
      if (affectedRows !== 1) throw fault(MEMBERS_ERRORS, 'MEMBER_CHANGED');
      await lift?.(tx);
      await this.audit.record(tx, {
        ...{ actor: actorOf(principal), action: 'member.status', target: id, mid, outcome: 'SUCCESS' },
        details: { memberId: id, from, to, reason },
      });
    });
  }
}
