import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import { fault } from '../../../common/errors/app-error';
import { actorOf, type MemberPrincipal } from '../../../common/http/principal';
import { AuditFacade } from '../../audit/audit.facade';
import type { MemberEntity } from '../member.entity';
import { mayBecome } from '../member.state';
import { MEMBERS_ERRORS } from '../members.errors';
import type { MemberStatus, StatusSetter } from '../members.types';

/** Locks and disables members, and makes them active again. */
@Injectable()
export class ChangeStatus {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditFacade,
  ) {}

  /**
   * Whoever stops being active is out at once, and does not come back into an old session (INV-21). The status that is
   * there already changes nothing. Throws MEMBER_STATUS_CONFLICT, and MEMBER_CHANGED when another change came between.
   */
  async run(
    principal: MemberPrincipal,
    { id, mid, status: from, statusSetBy }: MemberEntity,
    { status: to, reason }: { readonly status: MemberStatus; readonly reason: string },
  ): Promise<void> {
    const by: StatusSetter = principal.role === 'OPERATOR' ? 'OPERATOR' : 'OWNER';
    const isUndone = by === 'OWNER' && from !== 'ACTIVE' && statusSetBy === 'OPERATOR';
    if (id === principal.memberId || (isUndone && from !== to)) {
      throw fault(MEMBERS_ERRORS, 'MEMBER_STATUS_CONFLICT');
    }
    if (from === to) return;
    if (!mayBecome(from, to)) throw fault(MEMBERS_ERRORS, 'MEMBER_STATUS_CONFLICT');
    await this.unitOfWork.run('member.status', async (tx) => {
      const { affectedRows } = await tx.query<{ affectedRows: number }>(
        `UPDATE members SET status = ?, status_reason = ?, status_set_by = ?, session_epoch = session_epoch + 1
          WHERE id = ? AND status = ?`,
        [to, reason, by, id, from],
      );
      if (affectedRows !== 1) throw fault(MEMBERS_ERRORS, 'MEMBER_CHANGED');
      await this.audit.record(tx, {
        ...{ actor: actorOf(principal), action: 'member.status', target: id, mid, outcome: 'SUCCESS' },
        details: { memberId: id, from, to, reason },
      });
    });
  }
}
