import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Position, Role } from '../../common/http/principal';
import type { MemberStatus, StatusSetter } from './members.types';

const KEY = { charset: 'ascii', collation: 'ascii_bin' } as const;

/** A person who can log in. */
@Entity({ name: 'members' })
@Index('uq_members_login_id', ['loginId'], { unique: true })
@Index('uq_members_email', ['email'], { unique: true })
@Index('ix_members_mid', ['mid', 'id'])
@Index('ix_members_branch_id', ['branchId', 'id'])
@Index('ix_members_agency_code', ['agencyCode', 'id'])
@Index('ix_members_phone', ['phoneIndex', 'id'])
@Index('ix_members_role', ['role', 'id'])
@Index('ix_members_status', ['status', 'id'])
@Index('ix_members_role_status', ['role', 'status', 'id'])
@Index('ix_members_role_login', ['role', 'loginId'])
@Index('ix_members_status_login', ['status', 'loginId'])
@Index('ix_members_role_status_login', ['role', 'status', 'loginId'])
@Index('ix_members_mid_login', ['mid', 'loginId'])
@Index('ix_members_mid_role_position', ['mid', 'role', 'position', 'id'])
@Index('ix_members_mid_role', ['mid', 'role', 'id'])
@Index('ix_members_mid_status', ['mid', 'status', 'id'])
@Index('ix_members_mid_role_status', ['mid', 'role', 'status', 'id'])
@Index('ix_members_mid_role_login', ['mid', 'role', 'loginId'])
@Index('ix_members_mid_status_login', ['mid', 'status', 'loginId'])
@Index('ix_members_mid_role_status_login', ['mid', 'role', 'status', 'loginId'])
@Index('ix_members_mid_position', ['mid', 'position', 'id'])
@Index('ix_members_branch_position', ['branchId', 'position', 'id'])
export class MemberEntity {
  @PrimaryColumn({ type: 'varchar', length: 30, ...KEY })
  id: string;

  /** Lower case. */
  @Column({ name: 'login_id', type: 'varchar', length: 40, ...KEY })
  loginId: string;

  /** argon2id in the PHC string form; null until an invited member has set a password. */
  @Column({ name: 'password_hash', type: 'varchar', length: 200, nullable: true, ...KEY })
  passwordHash: string | null;

  @Column({ type: 'varchar', length: 60 })
  name: string;

  /** Lower case. */
  @Column({ type: 'varchar', length: 254, nullable: true, ...KEY })
  email: string | null;

  /** Sealed for purpose `pii`. */
  @Column({ name: 'phone_sealed', type: 'varbinary', length: 100, nullable: true })
  phoneSealed: Buffer | null;

  /** By what a member is found by its number; of the same index as the recipients of messages. */
  @Column({ name: 'phone_index', type: 'binary', length: 32, nullable: true })
  phoneIndex: Buffer | null;

  @Column({ type: 'varchar', length: 10, ...KEY })
  role: Role;

  /** Set for MERCHANT and BRANCH. */
  @Column({ type: 'varchar', length: 10, nullable: true, ...KEY })
  position: Position | null;

  @Column({ type: 'varchar', length: 16, nullable: true, ...KEY })
  mid: string | null;

  @Column({ name: 'branch_id', type: 'varchar', length: 30, nullable: true, ...KEY })
  branchId: string | null;

  @Column({ name: 'agency_code', type: 'varchar', length: 20, nullable: true, ...KEY })
  agencyCode: string | null;

  @Column({ type: 'varchar', length: 10, ...KEY })
  status: MemberStatus;

  /** Why it was last locked, disabled or made active again. */
  @Column({ name: 'status_reason', type: 'varchar', length: 200, nullable: true })
  statusReason: string | null;

  /** An owner does not undo what an operator has set. */
  @Column({ name: 'status_set_by', type: 'varchar', length: 10, nullable: true, ...KEY })
  statusSetBy: StatusSetter | null;

  @Column({ name: 'session_epoch', type: 'int', unsigned: true, default: 0 })
  sessionEpoch: number;

  @Column({ name: 'last_login_at', type: 'datetime', precision: 3, nullable: true })
  lastLoginAt: Date | null;

  @Column({ name: 'created_at', type: 'datetime', precision: 3, default: () => 'UTC_TIMESTAMP(3)' })
  createdAt: Date;
}
