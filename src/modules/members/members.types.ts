import type { Secret } from '../../common/masking/secret';
import type { Position, Role } from '../../common/http/principal';

/** LOCKED: by an operator; DISABLED: has left. A lock after failed logins is not a status: it belongs to auth and ends by itself. */
export type MemberStatus = 'ACTIVE' | 'LOCKED' | 'DISABLED';

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

/** Who signs a branch up. */
export interface NewBranchOwner {
  readonly mid: string;
  readonly branchId: string;
  /** Case does not matter. */
  readonly loginId: string;
  readonly password: string;
  readonly name: string;
}

/** Checked and hashed, ready to be written in the transaction of what it comes from. */
export interface PreparedMember extends Omit<NewBranchOwner, 'password'> {
  readonly memberId: string;
  readonly passwordHash: Secret<string>;
}
