import { Injectable } from '@nestjs/common';
import { isToken, tokenHash } from '../../../common/crypto/link-token';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import { fault } from '../../../common/errors/app-error';
import { isId } from '../../../common/ids/id';
import { cursorAfter, placeOf } from '../../../common/pagination/cursor';
import { Clock } from '../../../common/time/clock';
import { DataSource } from 'typeorm';
import { AuditFacade } from '../../audit/audit.facade';
import { MerchantsFacade } from '../../merchants/merchants.facade';
import { MessagingFacade } from '../../messaging/messaging.facade';
import { BRANCH_INVITATION_ERRORS } from '../branch-invitations.errors';
import { BranchInvitationsRepository } from '../branch-invitations.repository';
import { InvitationMaker } from '../invitation-maker';
import { type InvitationStatus, isOpen, shownStatus } from '../invitation.state';
import type { Invitation, InvitationView } from '../invitation.types';

/** What the sign-up page needs. */
export interface OpenInvitation {
  readonly invitation: Invitation;
  readonly merchantName: string;
}

export interface ListInvitations {
  readonly mid: string;
  readonly status?: InvitationStatus;
  /** Digits. */
  readonly phone?: string;
  readonly limit: number;
  readonly cursor?: string;
}

/** Looks invitations up, for their merchant and for whoever has the link, and takes them back. */
@Injectable()
export class ManageInvitations {
  constructor(
    private readonly invitations: BranchInvitationsRepository,
    private readonly maker: InvitationMaker,
    private readonly merchants: MerchantsFacade,
    private readonly messaging: MessagingFacade,
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditFacade,
    private readonly clock: Clock,
  ) {}

  async list({ mid, status, phone, limit, cursor }: ListInvitations) {
    const phoneIndex = phone === undefined ? undefined : await this.messaging.recipientIndex(phone);
    const before = cursor === undefined ? null : placeOf(cursor).id;
    const rows = await this.invitations.page({ mid, status, phoneIndex }, { limit: limit + 1, before });
    const data = await Promise.all(rows.slice(0, limit).map((row) => this.view(row)));
    const last = data.at(-1);
    const more = rows.length > limit && last !== undefined;
    return { data, nextCursor: more ? cursorAfter({ at: last.createdAt, id: last.invitationId }) : null };
  }

  /** Throws INVITATION_NOT_FOUND. */
  async one(mid: string, invitationId: string): Promise<InvitationView> {
    const seen = isId('inv', invitationId) ? await this.invitations.find(mid, invitationId) : null;
    if (seen === null) throw fault(BRANCH_INVITATION_ERRORS, 'INVITATION_NOT_FOUND');
    return this.view(seen);
  }

  /**
   * All that have not signed up, or those that are named; answers how many. Each thousand is a transaction with its own
   * audit row, so that a long list keeps nobody waiting.
   */
  async deleteUnregistered(mid: string, ids: readonly string[] | null, actor: string): Promise<number> {
    let total = 0;
    for (;;) {
      const count = await this.unitOfWork.run('branch-invitation.delete', async (tx) => {
        const gone = await this.invitations.deleteUnregistered(tx, mid, ids, this.clock.now());
        if (gone > 0) {
          await this.audit.record(tx, {
            ...{ actor, action: 'branch-invitation.delete', target: mid, mid, outcome: 'SUCCESS' },
            details: { count: gone },
          });
        }
        return gone;
      });
      total += count;
      if (count === 0) return total;
    }
  }

  /** By the link: throws INVITATION_NOT_FOUND, the same for whatever is wrong with it. */
  async byToken(token: string): Promise<OpenInvitation> {
    const found = isToken(token) ? await this.invitations.findByToken(tokenHash(token)) : null;
    const merchant = found === null ? null : await this.merchants.findMerchant(found.mid);
    if (found === null || found.expiresAt <= this.clock.now() || merchant?.status !== 'ACTIVE') {
      throw fault(BRANCH_INVITATION_ERRORS, 'INVITATION_NOT_FOUND');
    }
    return { invitation: found, merchantName: merchant.name };
  }

  /** As `byToken`, and remembers that it was opened: written by the first who looks, and by nobody after. */
  async open(token: string): Promise<OpenInvitation> {
    const seen = await this.byToken(token);
    const { invitation } = seen;
    if (invitation.status !== 'OPENED' && isOpen(invitation.status)) {
      const at = this.clock.now();
      const dueInMs = Math.max(1, invitation.expiresAt.getTime() - at.getTime());
      await this.invitations.move(this.dataSource.manager, invitation, { to: 'OPENED', at, dueInMs });
    }
    return seen;
  }

  private async view(seen: Invitation): Promise<InvitationView> {
    const status = shownStatus(seen.status, seen.expiresAt, this.clock.now());
    return { ...seen, status, phone: await this.maker.phoneOf(seen) };
  }
}
