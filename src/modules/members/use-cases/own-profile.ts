import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import { fault } from '../../../common/errors/app-error';
import type { Principal } from '../../../common/http/principal';
import { actorOf } from '../../../common/http/principal';
import { Clock } from '../../../common/time/clock';
import { databaseTime } from '../../../common/time/korean-time';
import { AuditFacade } from '../../audit/audit.facade';
import type { NotificationSettings } from '../member-notifications.types';
import type { MemberEntity } from '../member.entity';
import { MEMBERS_ERRORS } from '../members.errors';
import { MembersRepository } from '../members.repository';
import type { Consent, MemberView } from '../members.types';
import {
  keepsSecurityNotices,
  type NotificationChoice,
  settingsAfter,
} from '../notification-settings.policy';

export interface OwnProfile {
  readonly member: MemberView;
  readonly notifications: NotificationSettings;
  readonly consents: readonly Consent[];
}

/** What members see and set of themselves. */
@Injectable()
export class OwnProfiles {
  constructor(
    private readonly members: MembersRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditFacade,
    private readonly clock: Clock,
  ) {}

  /** Throws MEMBER_NOT_FOUND for a principal that is no member. */
  async show(principal: Principal): Promise<OwnProfile> {
    const row = await this.rowOf(principal);
    return {
      member: await this.members.viewOf(row),
      notifications: settingsAfter(await this.members.choicesOf(row.id)),
      consents: await this.members.consentsOf(row.id),
    };
  }

  /** The member's row; throws MEMBER_NOT_FOUND. */
  async rowOf(principal: Principal): Promise<MemberEntity> {
    const row = principal.kind === 'MEMBER' ? await this.members.byId(principal.memberId) : null;
    if (row === null) throw fault(MEMBERS_ERRORS, 'MEMBER_NOT_FOUND');
    return row;
  }

  async change(principal: Principal, wish: { readonly name?: string; readonly marketing?: boolean }) {
    const { id, mid } = await this.rowOf(principal);
    const { name, marketing } = wish;
    await this.unitOfWork.run('member.change', async (tx) => {
      if (name !== undefined) await tx.query('UPDATE members SET name = ? WHERE id = ?', [name, id]);
      if (marketing !== undefined) {
        await tx.query(
          `INSERT INTO member_consents (member_id, consent, given_at, agreed) VALUES (?, 'MARKETING', ?, ?)`,
          [id, databaseTime(this.clock.now()), marketing ? 1 : 0],
        );
      }
      await this.audit.record(tx, {
        ...{ actor: actorOf(principal), action: 'member.change', target: id, mid, outcome: 'SUCCESS' },
        details: { changed: Object.keys(wish).join(',') },
      });
    });
    return this.show(principal);
  }

  /** Sets these and leaves the others. Throws SECURITY_NOTICES_NEEDED. */
  async chooseNotifications(
    principal: Principal,
    choices: readonly NotificationChoice[],
  ): Promise<NotificationSettings> {
    const { id, mid } = await this.rowOf(principal);
    return this.unitOfWork.run('member.notifications', async (tx) => {
      // Two requests at once could each leave the other one's channel on.
      await tx.query('SELECT id FROM members WHERE id = ? FOR UPDATE', [id]);
      const settings = settingsAfter([...(await this.members.choicesOf(id, tx)), ...choices]);
      if (!keepsSecurityNotices(settings)) throw fault(MEMBERS_ERRORS, 'SECURITY_NOTICES_NEEDED');
      for (const { kind, channel, enabled } of choices) {
        await tx.query(
          `INSERT INTO member_notification_settings (member_id, kind, channel, enabled) VALUES (?, ?, ?, ?)
           ON DUPLICATE KEY UPDATE enabled = VALUES(enabled)`,
          [id, kind, channel, enabled ? 1 : 0],
        );
      }
      const changed = choices.map(
        ({ kind, channel, enabled }) => `${kind}.${channel}=${enabled ? 'on' : 'off'}`,
      );
      await this.audit.record(tx, {
        ...{ actor: actorOf(principal), action: 'member.notifications', target: id, mid, outcome: 'SUCCESS' },
        details: { changed: changed.join(',') },
      });
      return settings;
    });
  }
}
