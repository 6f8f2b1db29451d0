import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import { Clock } from '../../../common/time/clock';
import { AppConfig } from '../../../config/app-config';
import { MessagingFacade } from '../../messaging/messaging.facade';
import { BranchInvitationsRepository } from '../branch-invitations.repository';
import { lookPauseMs } from '../invitation.policy';
import { isOpen } from '../invitation.state';
import type { Invitation } from '../invitation.types';

const CLAIM_MAX = 50;

/** The worker's part: tells what became of the messages, and ends what was not used in time. */
@Injectable()
export class FollowInvitations {
  constructor(
    private readonly invitations: BranchInvitationsRepository,
    private readonly messaging: MessagingFacade,
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  /** One sweep; answers how many it took. One that fails is thrown when all have had their turn. */
  async sweep(): Promise<number> {
    const due = await this.unitOfWork.run('branch-invitation.claim', (tx) =>
      this.invitations.claimDue(tx, CLAIM_MAX, this.config.worker.leaseMs),
    );
    const failures: unknown[] = [];
    for (const invitation of due) {
      await this.follow(invitation).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
    return due.length;
  }

  private async follow(seen: Invitation): Promise<void> {
    const at = this.clock.now();
    const leftMs = seen.expiresAt.getTime() - at.getTime();
    if (!isOpen(seen.status)) return;
    const { manager } = this.dataSource;
    if (leftMs <= 0) {
      await this.invitations.move(manager, seen, { to: 'EXPIRED', at, dueInMs: null });
      return;
    }
    const ended = seen.status === 'SENT' ? await this.endOf(seen) : null;
    if (ended !== null) {
      const { to, failureCode } = ended;
      await this.invitations.move(manager, seen, { to, failureCode, at, dueInMs: leftMs });
      return;
    }
    const pauseMs = Math.max(1, Math.round(lookPauseMs(seen.looks) * this.config.timeScale));
    await this.invitations.postpone(seen, seen.status === 'SENT' ? Math.min(pauseMs, leftMs) : leftMs);
  }

  private async endOf({ invitationId, messageId }: Invitation) {
    const states = await this.messaging.statesOf(invitationId);
    const state = states.find((each) => each.messageId === messageId);
    if (state?.status === 'DELIVERED') return { to: 'DELIVERED', failureCode: null } as const;
    return state?.status === 'FAILED' ? ({ to: 'FAILED', failureCode: state.failureCode } as const) : null;
  }
}
