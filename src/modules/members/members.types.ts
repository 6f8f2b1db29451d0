import type { EntityManager } from 'typeorm';
import type { PreparedNotification } from './member-notifications.types';
import type { Secret } from '../../common/masking/secret';
import type { Position, Role } from '../../common/http/principal';

/** LOCKED: by an operator; DISABLED: has left. A lock after failed logins is not a status: it belongs to auth and ends by itself. */
export const MEMBER_STATUSES = ['ACTIVE', 'LOCKED', 'DISABLED'] as const;
export type MemberStatus = (typeof MEMBER_STATUSES)[number];

export type StatusSetter = 'OPERATOR' | 'OWNER';

/** TERMS and PRIVACY are needed to become a member. */
export const CONSENT_KINDS = ['TERMS', 'PRIVACY', 'MARKETING'] as const;
export type ConsentKind = (typeof CONSENT_KINDS)[number];

/** What a member has agreed to, or no longer does. The latest of a kind counts. */
export interface Consent {
  readonly consent: ConsentKind;
  readonly agreed: boolean;
  readonly givenAt: Date;
}

/** Where a member belongs; the combinations are the database's to check. */
export interface Place {
  readonly role: Role;
  readonly position: Position | null;
  readonly mid: string | null;
  readonly branchId: string | null;
  readonly agencyCode: string | null;
}

/** A phone in digits, or an e-mail address in lower case. */
export interface Contact {
  readonly channel: 'SMS' | 'EMAIL';
  readonly value: string;
}

/** A code that was sent. */
export interface SentCode {
  /** Masked. */
  readonly sentTo: string;
  readonly expiresAt: Date;
}

/** Somebody who is to become a member. */
export interface NewMember extends Place {
  /** Any case; 3 to 40 of `[A-Za-z0-9._-]`. */
  readonly loginId: string;
  /** null: an invited member, who sets one by a code. */
  readonly password: Secret<string> | null;
  readonly name: string;
  readonly email: string | null;
  /** With or without hyphens. */
  readonly phone: Secret<string> | null;
  readonly consents: readonly Omit<Consent, 'givenAt'>[];
}

/** Hashed and sealed, ready to be written in the transaction of what makes the member. */
export interface PreparedMember {
  readonly memberId: string;
  readonly loginId: string;
  readonly email: string | null;
  readonly row: Readonly<Record<string, string | Buffer | null>>;
  readonly consents: NewMember['consents'];
}

/** A member without anything secret. */
export interface Member {
  readonly memberId: string;
  /** Lower case. */
  readonly loginId: string;
  readonly name: string;
  readonly email: string | null;
  readonly role: Role;
  /** Set for MERCHANT and BRANCH. */
  readonly position: Position | null;
  /** Set for BRANCH, and for MERCHANT once its service application is approved. */
  readonly mid: string | null;
  /** Set for BRANCH. */
  readonly branchId: string | null;
  /** Set for AGENCY. */
  readonly agencyCode: string | null;
  readonly status: MemberStatus;
  /** Raised by whatever must end all of a member's sessions, e.g. a new password. */
  readonly sessionEpoch: number;
  readonly lastLoginAt: Date | null;
}

/** A member as an owner of its merchant or an operator sees it. */
export interface MemberView extends Member {
  /** Masked. */
  readonly phone: string | null;
  readonly statusReason: string | null;
  readonly createdAt: Date;
}

/** A page of members, and the cursor of the next. */
export interface MemberPage {
  readonly data: readonly MemberView[];
  readonly nextCursor: string | null;
}

/** A new password that was proven to be allowed, hashed, with the notice of its change. */
export interface PreparedPassword {
  readonly memberId: string;
  readonly mid: string | null;
  readonly passwordHash: string;
  readonly notice: PreparedNotification;
  /** Voids a code for a new password that is still out. */
  readonly voidCode: (tx: EntityManager) => Promise<void>;
}

export interface DemoMember {
  /** Always the same, so that the row is known again whatever became of the rest of it. */
  readonly memberId: string;
  readonly loginId: string;
  readonly password: string;
  readonly role: Role;
  readonly name: string;
  readonly mid?: string | null;
  readonly branchId?: string | null;
  readonly agencyCode?: string | null;
}
