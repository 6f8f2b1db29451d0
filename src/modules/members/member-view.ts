import type { MemberEntity } from './member.entity';
import type { Member, MemberView } from './members.types';

/** A member without anything secret. */
export function memberOf(row: MemberEntity): Member {
  const {
    id,
    loginId,
    name,
    email,
    role,
    position,
    mid,
    branchId,
    agencyCode,
    status,
    sessionEpoch,
    lastLoginAt,
  } = row;
  return {
    memberId: id,
    loginId,
    name,
    email,
    role,
    position,
    mid,
    branchId,
    agencyCode,
    status,
    sessionEpoch,
    lastLoginAt,
  };
}

/** As owners and operators see it; the phone is masked already. */
export function memberView(row: MemberEntity, phone: string | null): MemberView {
  return { ...memberOf(row), phone, statusReason: row.statusReason, createdAt: row.createdAt };
}
