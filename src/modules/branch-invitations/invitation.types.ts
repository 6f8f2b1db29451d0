import type { PreparedMessage } from '../messaging/messaging.types';
import type { InviteResult } from './invitation.policy';
import type { InvitationStatus } from './invitation.state';

export interface Invitation {
  readonly invitationId: string;
  readonly mid: string;
  readonly name: string;
  readonly phoneSealed: Buffer;
  readonly phoneIndex: Buffer;
  readonly status: InvitationStatus;
  readonly version: number;
  readonly messageId: string;
  readonly failureCode: string | null;
  readonly sends: number;
  readonly looks: number;
  readonly branchId: string | null;
  readonly createdAt: Date;
  readonly sentAt: Date;
  readonly openedAt: Date | null;
  readonly endedAt: Date | null;
  readonly expiresAt: Date;
}

/** Who is to be invited. */
export interface Recipient {
  readonly name: string;
  /** Digits. */
  readonly phone: string;
}

/** An invitation with its message, sealed and ready to be written. */
export interface NewInvitation {
  readonly invitationId: string;
  readonly recipient: Recipient;
  readonly phoneSealed: Buffer;
  readonly phoneIndex: Buffer;
  readonly tokenHash: Buffer;
  readonly message: PreparedMessage;
}

export interface InvitedRow {
  /** Which row of the list, from 0. */
  readonly index: number;
  readonly result: InviteResult;
  /** null when nobody was invited. */
  readonly invitationId: string | null;
  readonly recipient: Recipient;
}

/** An invitation as its merchant sees it. */
export interface InvitationView extends Invitation {
  /** Digits. */
  readonly phone: string;
}
