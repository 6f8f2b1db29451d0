import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { isDuplicateKey } from '../../common/db/database-errors';
import { MemberEntity } from './member.entity';
import type { DemoMember, Member } from './members.types';
import { PasswordHasher } from './password-hasher';

/** What other modules may ask of members. A password hash never leaves this module. */
@Injectable()
export class MembersFacade implements OnApplicationBootstrap {
  constructor(
    private readonly dataSource: DataSource,
    private readonly passwords: PasswordHasher,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.passwords.dummyHash();
  }

  /** Of any status; null when there is none. */
  async findMember(memberId: string): Promise<Member | null> {
    const row = await this.dataSource.manager.findOneBy(MemberEntity, { id: memberId });
    return row === null ? null : memberOf(row);
  }

  /** Case of the login id does not matter. Of any status; null when there is none. */
  async findByLoginId(loginId: string): Promise<Member | null> {
    const row = await this.rowOf(loginId);
    return row === null ? null : memberOf(row);
  }

  /**
   * The active member whose password this is. null for an unknown login id, a wrong password and a member that is not
   * active: the same in answer, statements and hashing time. Throws SERVICE_UNAVAILABLE when too many passwords are
   * being checked.
   */
  async checkPassword(loginId: string, password: string): Promise<Member | null> {
    const row = await this.rowOf(loginId);
    const matches = await this.passwords.verify(row?.passwordHash ?? null, password);
    return matches && row?.status === 'ACTIVE' ? memberOf(row) : null;
  }

  /** Gives an owner without a merchant its own; false when it has another one, or is no such member. */
  async assignMerchant(tx: EntityManager, memberId: string, mid: string): Promise<boolean> {
    const { affectedRows } = await tx.query<{ affectedRows: number }>(
      `UPDATE members SET mid = ? WHERE id = ? AND role = 'MERCHANT' AND (mid IS NULL OR mid = ?)`,
      [mid, memberId, mid],
    );
    if (affectedRows === 1) return true;
    const [row] = await tx.query<{ mid: string | null }[]>('SELECT mid FROM members WHERE id = ?', [
      memberId,
    ]);
    return row?.mid === mid;
  }

  async recordLogin(tx: EntityManager, memberId: string): Promise<void> {
    await tx.query('UPDATE members SET last_login_at = UTC_TIMESTAMP(3) WHERE id = ?', [memberId]);
  }

  /** Makes the member if there is none with this login id; true when it was made. An existing one stays as it is. */
  async ensureDemoMember(wanted: DemoMember): Promise<boolean> {
    const loginId = wanted.loginId.toLowerCase();
    if ((await this.rowOf(loginId)) !== null) return false;
    const passwordHash = await this.passwords.hash(wanted.password);
    const { role, name, mid = null, branchId = null, agencyCode = null } = wanted;
    try {
      await this.dataSource.manager
        .createQueryBuilder()
        .insert()
        .into(MemberEntity)
        .values({
          id: wanted.memberId,
          loginId,
          passwordHash,
          name,
          role,
          position: role === 'MERCHANT' || role === 'BRANCH' ? 'OWNER' : null,
          mid,
          branchId,
          agencyCode,
          status: 'ACTIVE',
        })
        .updateEntity(false)
        .execute();
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  /** The login ids of those that are demo members: by their row, or since they can log in as everybody knows. */
  async demoLoginsAmong(demo: readonly DemoMember[]): Promise<string[]> {
    const found: string[] = [];
    for (const { memberId, loginId, password } of demo) {
      const row = await this.dataSource.manager.findOneBy(MemberEntity, { id: memberId });
      const named = await this.rowOf(loginId);
      const isKnown = named !== null && (await this.passwords.verify(named.passwordHash, password));
      if (row !== null || isKnown) found.push(loginId);
    }
    return found;
  }

  private rowOf(loginId: string): Promise<MemberEntity | null> {
    return this.dataSource.manager.findOneBy(MemberEntity, { loginId: loginId.toLowerCase() });
  }
}

function memberOf(row: MemberEntity): Member {
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
