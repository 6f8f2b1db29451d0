import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Sealer } from '../../common/crypto/sealer';
import { Secret } from '../../common/masking/secret';
import { MessagingFacade } from '../messaging/messaging.facade';
import type { MessageTransaction, PreparedMessage } from '../messaging/messaging.types';
import { phoneContext } from './member-contacts';
import type {
  MemberNotification,
  NotificationAudience,
  NotificationKind,
  NotificationSettings,
  PreparedNotification,
} from './member-notifications.types';
import { channelsFor, type NotificationChoice, settingsAfter } from './notification-settings.policy';

/** A merchant with more owners than this is told through its first ones. */
const OWNERS_MAX = 20;

interface RecipientRow {
  readonly id: string;
  readonly mid: string | null;
  readonly email: string | null;
  readonly phone_sealed: Buffer | null;
}

/**
 * Tells members of what has happened, by the channels that each of them has on. Callers say what and to whom:
 * `prepare` before the transaction of what has happened, `notify` inside it, `sendNow` after its commit.
 */
@Injectable()
export class MemberNotificationsFacade {
  constructor(
    private readonly dataSource: DataSource,
    private readonly messaging: MessagingFacade,
    private readonly sealer: Sealer,
  ) {}

  /** Finds the recipients and seals their messages. Before the transaction is opened: sealing may make a key. */
  async prepare(notification: MemberNotification): Promise<PreparedNotification> {
    const recipients = await this.recipients(notification.to);
    const settings = await this.settingsOf(recipients, notification.kind);
    const messages: PreparedMessage[] = [];
    for (const recipient of recipients) {
      messages.push(...(await this.messagesFor(recipient, settings(recipient.id), notification)));
    }
    return { messages };
  }

  /** In the transaction of what it tells: both are kept, or neither. */
  async notify(tx: MessageTransaction, { messages }: PreparedNotification): Promise<void> {
    for (const message of messages) await this.messaging.enqueue(tx, message);
  }

  /** After the commit. Never throws; what cannot be sent now is the worker's. */
  async sendNow({ messages }: PreparedNotification): Promise<void> {
    await Promise.all(messages.map(({ messageId }) => this.messaging.sendNow(messageId)));
  }

  private async messagesFor(
    { id, mid, email, phone_sealed: phoneSealed }: RecipientRow,
    settings: NotificationSettings,
    { kind, content, purpose, subjectId, expiresAt }: MemberNotification,
  ): Promise<PreparedMessage[]> {
    const reachable = [
      ...(phoneSealed === null ? [] : (['SMS'] as const)),
      ...(email === null ? [] : (['EMAIL'] as const)),
    ];
    const messages: PreparedMessage[] = [];
    for (const channel of channelsFor(kind, settings, reachable)) {
      const to =
        channel === 'EMAIL'
          ? email!
          : (await this.sealer.open('pii', phoneContext(id), phoneSealed!)).toString('utf8');
      const message = { channel, mid, to: new Secret(to), content, purpose, subjectId, expiresAt };
      messages.push(await this.messaging.prepare(message));
    }
    return messages;
  }

  private recipients(to: NotificationAudience): Promise<RecipientRow[]> {
    const [condition, value] = audienceCondition(to);
    return this.dataSource.query<RecipientRow[]>(
      `SELECT id, mid, email, phone_sealed FROM members WHERE ${condition} AND status = 'ACTIVE' ORDER BY id LIMIT ?`,
      [value, OWNERS_MAX],
    );
  }

  /** The settings of one kind, of several members. */
  private async settingsOf(
    recipients: readonly RecipientRow[],
    kind: NotificationKind,
  ): Promise<(memberId: string) => NotificationSettings> {
    if (recipients.length === 0) return () => settingsAfter([]);
    const rows = await this.dataSource.query<
      { member_id: string; channel: NotificationChoice['channel']; enabled: number }[]
    >(
      `SELECT member_id, channel, enabled FROM member_notification_settings WHERE member_id IN (?) AND kind = ?`,
      [recipients.map(({ id }) => id), kind],
    );
    return (memberId) =>
      settingsAfter(
        rows
          .filter((row) => row.member_id === memberId)
          .map(({ channel, enabled }) => ({ kind, channel, enabled: Number(enabled) === 1 })),
      );
  }
}

function audienceCondition(to: NotificationAudience): readonly [string, string] {
  if ('memberId' in to) return ['id = ?', to.memberId];
  if ('ownersOfMerchant' in to) {
    return [`mid = ? AND role = 'MERCHANT' AND position = 'OWNER'`, to.ownersOfMerchant];
  }
  return [`branch_id = ? AND position = 'OWNER'`, to.ownersOfBranch];
}
