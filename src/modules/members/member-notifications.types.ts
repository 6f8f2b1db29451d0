import type { Secret } from '../../common/masking/secret';
import type { MessageContent, PreparedMessage } from '../messaging/messaging.types';

/** What a member can be told of. */
export const NOTIFICATION_KINDS = [
  'SERVICE_APPLICATION',
  'PAYMENT',
  'SETTLEMENT',
  'BRANCH',
  'NOTICE',
  'SECURITY',
  'WEBHOOK',
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** PUSH is only kept: there is nobody yet who sends it. */
export const NOTIFICATION_CHANNELS = ['SMS', 'EMAIL', 'PUSH'] as const;
export type NotificationChannel = (typeof NOTIFICATION_CHANNELS)[number];

/** Which channels are on for each kind. */
export type NotificationSettings = Readonly<
  Record<NotificationKind, Readonly<Record<NotificationChannel, boolean>>>
>;

/** One member, or the owners of a merchant or of a branch. Only active members are told anything. */
export type NotificationAudience =
  { readonly memberId: string } | { readonly ownersOfMerchant: string } | { readonly ownersOfBranch: string };

/** What is said and to whom; how each of them hears of it is the member's own setting. */
export interface MemberNotification {
  readonly to: NotificationAudience;
  readonly kind: NotificationKind;
  /** `text` is the whole SMS as well as the e-mail's body; `subject` the title of the latter. */
  readonly content: Secret<MessageContent>;
  /** What it is for, e.g. `service-application.approved`. */
  readonly purpose: string;
  /** The id of what it is about. */
  readonly subjectId: string;
  /** From then on it is not sent any more. */
  readonly expiresAt: Date;
}

/** Sealed messages, one for each member and channel; none when nobody wants it. */
export interface PreparedNotification {
  readonly messages: readonly PreparedMessage[];
}
