import type { SqlValue } from '../../common/db/pool';
import type { Secret } from '../../common/masking/secret';

export type Channel = 'SMS' | 'EMAIL';

/** QUEUED: the provider does not have it yet. SENT: it has. The rest is the end. */
export type MessageStatus = 'QUEUED' | 'SENT' | 'DELIVERED' | 'FAILED';

/** What people read; it may hold a link or a code. */
export interface MessageContent {
  /** Title of an e-mail; a long SMS shows it too. */
  readonly subject: string;
  readonly text: string;
}

/** A message that somebody is to get. */
export interface NewMessage {
  readonly channel: Channel;
  /** Whose it is; null for what concerns a member alone. */
  readonly mid: string | null;
  /** Digits of a telephone number, or an e-mail address. */
  readonly to: Secret<string>;
  readonly content: Secret<MessageContent>;
  /** What it is for, e.g. `sms-payment.code`. */
  readonly purpose: string;
  /** The id of what it is about. */
  readonly subjectId: string;
  /** From then on it is not sent any more. */
  readonly expiresAt: Date;
}

/** Sealed and ready to be written in the transaction of what it tells. */
export interface PreparedMessage {
  readonly messageId: string;
  readonly row: Readonly<Record<string, string | number | Buffer | null>>;
}

export interface MessageState {
  readonly messageId: string;
  readonly channel: Channel;
  readonly purpose: string;
  readonly status: MessageStatus;
  /** The provider's own code of why it did not arrive. */
  readonly failureCode: string | null;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
}

/** The transaction that a message is written in: of the journal's pool or of TypeORM. */
export interface MessageTransaction {
  query<T>(sql: string, values?: SqlValue[]): Promise<T>;
}
