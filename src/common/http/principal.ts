/** What an OAuth token or secret key may do. A secret key holds all of them. */
export const SCOPES = [
  'payments:read',
  'payments:write',
  'settlements:read',
  'webhooks:read',
  'webhooks:write',
  'keys:read',
  'keys:write',
] as const;
export type Scope = (typeof SCOPES)[number];

export const ROLES = ['OPERATOR', 'AGENCY', 'MERCHANT', 'BRANCH'] as const;
export type Role = (typeof ROLES)[number];

/** Of a member of a merchant or branch. An owner may also do what binds it: keys, branches, staff. */
export const POSITIONS = ['OWNER', 'STAFF'] as const;
export type Position = (typeof POSITIONS)[number];

/** A merchant's own system: a secret key or a client-credentials token. */
export interface MerchantPrincipal {
  readonly kind: 'MERCHANT_SYSTEM';
  readonly mid: string;
  readonly scopes: readonly Scope[];
  /** The API key or token that it came with, for audit rows; never the secret. */
  readonly credentialId: string;
}

/** A person who has logged in. */
export interface MemberPrincipal {
  readonly kind: 'MEMBER';
  readonly memberId: string;
  readonly role: Role;
  readonly sessionId: string;
  /** Set for MERCHANT and BRANCH. */
  readonly position: Position | null;
  /** Set for BRANCH, and for MERCHANT once its service application is approved. */
  readonly mid: string | null;
  /** Set for BRANCH. */
  readonly branchId: string | null;
  /** Set for AGENCY. */
  readonly agencyCode: string | null;
  /** Its branch or agency is suspended: it may look, and change nothing. */
  readonly readOnly?: boolean;
}

export type Principal = MerchantPrincipal | MemberPrincipal;

/** A short name for events and audit rows: who did it. */
export function actorOf(principal: Principal): string {
  return principal.kind === 'MEMBER' ? `member:${principal.memberId}` : `merchant:${principal.mid}`;
}
