import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Principal } from '../../common/http/principal';
import type { Secret } from '../../common/masking/secret';
import { isDuplicateKey } from '../../common/db/database-errors';
import { MemberEntity } from './member.entity';
import { memberOf } from './member-view';
import type {
  Contact,
  DemoMember,
  Member,
  NewMember,
  PreparedMember,
  PreparedPassword,
  SentCode,
} from './members.types';
import { NewMembers } from './new-members';
import { OneTimeCodes } from './codes/one-time-codes';
import { CodeSends } from './codes/code-sends';
import { PasswordHasher } from './password-hasher';
import { Passwords } from './passwords';
import { ChangeContact } from './use-cases/change-contact';

/** What other modules may ask of members. A password hash never leaves this module. */
@Injectable()
export class MembersFacade implements OnApplicationBootstrap {
  constructor(
    private readonly dataSource: DataSource,
    private readonly passwords: PasswordHasher,
    private readonly newPasswords: Passwords,
    private readonly newMembers: NewMembers,
    private readonly contacts: ChangeContact,
    private readonly codes: OneTimeCodes,
    private readonly sends: CodeSends,
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
    if (!matches || row?.status !== 'ACTIVE') return null;
    await this.rehash(row, password);
    return memberOf(row);
  }

  /** Before the transaction of `addMember`. Throws VALIDATION_FAILED for a bad password, and SERVICE_UNAVAILABLE. */
  prepareMember(wanted: NewMember): Promise<PreparedMember> {
    return this.newMembers.prepare(wanted);
  }

  /** Throws LOGIN_ID_TAKEN or EMAIL_TAKEN (409): the transaction is to be given up then. */
  addMember(tx: EntityManager, prepared: PreparedMember): Promise<void> {
    return this.newMembers.add(tx, prepared);
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

  /** Before the transaction of `changePassword`. Throws VALIDATION_FAILED that names `field`. */
  preparePassword(member: Member, field: string, password: Secret<string>): Promise<PreparedPassword> {
    return this.newPasswords.prepare(member, field, password);
  }

  /**
   * Sets it, writes the notice, and ends all of the member's sessions. Answers the new session epoch; null, and nothing
   * is changed, when the member is not active any more or its epoch is another by now.
   */
  changePassword(tx: EntityManager, prepared: PreparedPassword, epoch: number): Promise<number | null> {
    return this.newPasswords.change(tx, prepared, epoch);
  }

  /**
   * Sends a code to a new contact of the caller, whose password was just proven. Throws EMAIL_TAKEN and
   * MEMBER_CODE_TOO_OFTEN. `address` is the client's.
   */
  askContact(principal: Principal, contact: Contact, address: string): Promise<SentCode> {
    return this.contacts.ask(principal, contact, address);
  }

  /** Deletes one-time codes and counts that have expired, at most `limit` rows of each; returns how many went. */
  async purgeExpired(limit: number): Promise<number> {
    return (await this.codes.purgeExpired(limit)) + (await this.sends.purgeExpired(limit));
  }

  async recordLogin(tx: EntityManager, memberId: string): Promise<void> {
    await tx.query('UPDATE members SET last_login_at = UTC_TIMESTAMP(3) WHERE id = ?', [memberId]);
  }

  /**
   * A branch is closed for good: nobody of it logs in any more, and their sessions are over when the transaction
   * commits. Answers how many they were.
   */
  disableOfBranch(tx: EntityManager, branchId: string, reason: string): Promise<number> {
    return disableOf(tx, 'branch_id', branchId, reason);
  }

  /** The same for an agency. */
  disableOfAgency(tx: EntityManager, agencyCode: string, reason: string): Promise<number> {
    return disableOf(tx, 'agency_code', agencyCode, reason);
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

  /** A password that was just proven is kept under the present parameters. */
  private async rehash({ id, passwordHash }: MemberEntity, password: string): Promise<void> {
    if (passwordHash === null || !this.passwords.needsRehash(passwordHash)) return;
    await this.dataSource.query('UPDATE members SET password_hash = ? WHERE id = ? AND password_hash = ?', [
      await this.passwords.hash(password),
      id,
      passwordHash,
    ]);
  }

  private rowOf(loginId: string): Promise<MemberEntity | null> {
    return this.dataSource.manager.findOneBy(MemberEntity, { loginId: askableLoginId(loginId) });
  }
}

/**
 * The database answers with an error, not with nothing, when an ASCII column is asked for another text. Such a login id is
 * asked for as one that nobody has: by the same statement.
 */
function askableLoginId(loginId: string): string {
  return /^[\x21-\x7e]{1,100}$/.test(loginId) ? loginId.toLowerCase() : '';
}

async function disableOf(
  tx: EntityManager,
  column: 'branch_id' | 'agency_code',
  value: string,
  reason: string,
): Promise<number> {
  const { affectedRows } = await tx.query<{ affectedRows: number }>(
    `UPDATE members SET status = 'DISABLED', status_reason = ?, session_epoch = session_epoch + 1
      WHERE ${column} = ? AND status <> 'DISABLED'`,
    [reason, value],
  );
  return affectedRows;
}
