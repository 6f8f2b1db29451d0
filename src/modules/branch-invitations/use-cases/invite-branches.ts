import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import { fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { Clock } from '../../../common/time/clock';
import { koreanDay } from '../../../common/time/korean-time';
import { AppConfig } from '../../../config/app-config';
import { AuditFacade } from '../../audit/audit.facade';
import { MerchantsFacade } from '../../merchants/merchants.facade';
import { MessagingFacade } from '../../messaging/messaging.facade';
import { BRANCH_INVITATION_ERRORS } from '../branch-invitations.errors';
import { BranchInvitationsRepository, type InvitationWriter } from '../branch-invitations.repository';
import { InvitationMaker } from '../invitation-maker';
import { judgeInvite, lookPauseMs, sentOn } from '../invitation.policy';
import { isOpen, shownStatus } from '../invitation.state';
import type { InvitedRow, NewInvitation, Recipient } from '../invitation.types';

type Judged = Omit<InvitedRow, 'invitationId'> & { readonly made: NewInvitation };

/** Invites people to register a branch, by SMS. What is sent is counted with what is written, in one transaction. */
@Injectable()
export class InviteBranches {
  constructor(
    private readonly invitations: BranchInvitationsRepository,
    private readonly maker: InvitationMaker,
    private readonly merchants: MerchantsFacade,
    private readonly messaging: MessagingFacade,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditFacade,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  /** Tells of each recipient what became of it; one that is not invited keeps nobody else from it. The worker sends. */
  async invite(mid: string, recipients: readonly Recipient[], actor: string): Promise<readonly InvitedRow[]> {
    const { merchantName, writer } = await this.terms(mid, actor);
    const made: NewInvitation[] = [];
    for (const recipient of recipients) {
      made.push(await this.maker.make(recipient, { mid, merchantName, expiresAt: writer.expiresAt }));
    }
    const judged = await this.unitOfWork.run('branch-invitation.create', async (tx) => {
      const today = koreanDay(writer.at);
      const phones = [
        ...new Map(made.map(({ phoneIndex }) => [phoneIndex.toString('hex'), phoneIndex])).values(),
      ];
      const byMerchant = await this.invitations.lockMerchantSends(tx, mid, today);
      const byPhone = await this.invitations.lockPhoneSends(tx, phones, today);
      const open = await this.invitations.openAmong(tx, mid, phones, writer.at);
      const rows = this.judge(made, { open, byPhone, today, merchantSends: sentOn(today, byMerchant) });
      const invited = rows.flatMap((row) => (row.result === 'INVITED' ? [row.made] : []));
      if (invited.length === 0) return rows;
      await this.invitations.insert(tx, invited, writer);
      for (const { message } of invited) await this.messaging.enqueue(tx, message);
      const numbers = invited.map(({ phoneIndex }) => phoneIndex);
      await this.invitations.countSends(tx, mid, numbers, today);
      await this.audit.record(tx, {
        ...{ actor, action: 'branch-invitation.create', target: mid, mid, outcome: 'SUCCESS' },
        details: { count: invited.length },
      });
      return rows;
    });
    return judged.map(({ index, result, recipient, made: { invitationId } }) => ({
      ...{ index, result, recipient },
      invitationId: result === 'INVITED' ? invitationId : null,
    }));
  }

  /**
   * Sends a new link in place of the one before, good for as long as a first one. Throws INVITATION_NOT_FOUND,
   * INVITATION_CLOSED, INVITATION_LIMIT_REACHED, INVITATION_CHANGED.
   */
  async resend(mid: string, invitationId: string, actor: string): Promise<void> {
    const seen = await this.invitations.find(mid, invitationId);
    if (seen === null) throw fault(BRANCH_INVITATION_ERRORS, 'INVITATION_NOT_FOUND');
    const { merchantName, writer } = await this.terms(mid, actor);
    if (!isOpen(shownStatus(seen.status, seen.expiresAt, writer.at))) {
      throw fault(BRANCH_INVITATION_ERRORS, 'INVITATION_CLOSED');
    }
    const recipient = { name: seen.name, phone: await this.maker.phoneOf(seen) };
    const { expiresAt } = writer;
    const made = await this.maker.make(recipient, { mid, merchantName, expiresAt }, invitationId);
    const today = koreanDay(writer.at);
    await this.unitOfWork.run('branch-invitation.resend', async (tx) => {
      const byMerchant = sentOn(today, await this.invitations.lockMerchantSends(tx, mid, today));
      const byPhone = await this.invitations.lockPhoneSends(tx, [made.phoneIndex], today);
      const seenSends = {
        ...{ inListBefore: false, hasOpen: false, merchantSends: byMerchant },
        phoneSends: sentOn(today, byPhone.get(made.phoneIndex.toString('hex'))),
      };
      if (judgeInvite(seenSends, this.config.invitation) !== 'INVITED') {
        throw fault(BRANCH_INVITATION_ERRORS, 'INVITATION_LIMIT_REACHED');
      }
      if (!(await this.invitations.resend(tx, seen, made, writer))) {
        throw fault(BRANCH_INVITATION_ERRORS, 'INVITATION_CHANGED');
      }
      await this.messaging.enqueue(tx, made.message);
      await this.invitations.countSends(tx, mid, [made.phoneIndex], today);
      await this.audit.record(tx, {
        ...{ actor, action: 'branch-invitation.resend', target: invitationId, mid, outcome: 'SUCCESS' },
      });
    });
    await this.messaging.sendNow(made.message.messageId);
  }

  /** A merchant that may not sell invites nobody. */
  private async terms(
    mid: string,
    actor: string,
  ): Promise<{ readonly merchantName: string; readonly writer: InvitationWriter }> {
    const merchant = await this.merchants.findMerchant(mid);
    if (merchant?.status !== 'ACTIVE') throw fault(COMMON_ERRORS, 'FORBIDDEN');
    const at = this.clock.now();
    const expiresAt = new Date(at.getTime() + this.config.invitation.lifetimeMs);
    const dueInMs = Math.max(1, Math.round(lookPauseMs(0) * this.config.timeScale));
    return { merchantName: merchant.name, writer: { mid, actor, at, expiresAt, dueInMs } };
  }

  private judge(
    made: readonly NewInvitation[],
    known: {
      readonly open: ReadonlySet<string>;
      readonly byPhone: ReadonlyMap<string, { readonly day: string; readonly sends: number }>;
      readonly today: string;
      readonly merchantSends: number;
    },
  ): readonly Judged[] {
    const before = new Set<string>();
    let { merchantSends } = known;
    return made.map((each, index) => {
      const phone = each.phoneIndex.toString('hex');
      const seen = {
        inListBefore: before.has(phone),
        hasOpen: known.open.has(phone),
        phoneSends: sentOn(known.today, known.byPhone.get(phone)),
        merchantSends,
      };
      const result = judgeInvite(seen, this.config.invitation);
      before.add(phone);
      if (result === 'INVITED') merchantSends += 1;
      return { index, result, recipient: each.recipient, made: each };
    });
  }
}
