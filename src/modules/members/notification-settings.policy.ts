import {
  NOTIFICATION_CHANNELS,
  NOTIFICATION_KINDS,
  type NotificationChannel,
  type NotificationKind,
  type NotificationSettings,
} from './member-notifications.types';

/** One setting that a member has made. */
export interface NotificationChoice {
  readonly kind: NotificationKind;
  readonly channel: NotificationChannel;
  readonly enabled: boolean;
}

/** The channels that messages really leave by. */
export type SentChannel = 'SMS' | 'EMAIL';

/** What holds after these choices; whatever was never chosen is on. */
export function settingsAfter(choices: readonly NotificationChoice[]): NotificationSettings {
  const settings = Object.fromEntries(
    NOTIFICATION_KINDS.map((kind) => [
      kind,
      Object.fromEntries(NOTIFICATION_CHANNELS.map((channel) => [channel, true])),
    ]),
  ) as Record<NotificationKind, Record<NotificationChannel, boolean>>;
  for (const { kind, channel, enabled } of choices) settings[kind][channel] = enabled;
  return settings;
}

/** A member must hear by SMS or e-mail that somebody has changed a password or contact. */
export function keepsSecurityNotices({ SECURITY }: NotificationSettings): boolean {
  return SECURITY.SMS || SECURITY.EMAIL;
}

/**
 * By which of the channels that a member has an address for it is told. What concerns its security goes to whatever
 * address there is when the wanted one is missing.
 */
export function channelsFor(
  kind: NotificationKind,
  settings: NotificationSettings,
  reachable: readonly SentChannel[],
): readonly SentChannel[] {
  const wanted = reachable.filter((channel) => settings[kind][channel]);
  return wanted.length === 0 && kind === 'SECURITY' ? reachable : wanted;
}
