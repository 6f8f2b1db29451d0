import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Sealer } from '../../common/crypto/sealer';
import { isDuplicateKey } from '../../common/db/database-errors';
import { places } from '../../common/db/places';
import { fault } from '../../common/errors/app-error';
import { newId } from '../../common/ids/id';
import { Clock } from '../../common/time/clock';
import { databaseTime } from '../../common/time/korean-time';
import { MessagingFacade } from '../messaging/messaging.facade';
import { canonicalEmail, canonicalPhone, phoneContext } from './member-contacts';
import { MEMBERS_ERRORS } from './members.errors';
import type { NewMember, PreparedMember } from './members.types';
import { Passwords } from './passwords';

/** Makes members: by sign-up, by their merchant's owner, or by another module's invitation. */
@Injectable()
export class NewMembers {
  constructor(
    private readonly passwords: Passwords,
    private readonly sealer: Sealer,
    private readonly messaging: MessagingFacade,
    private readonly clock: Clock,
  ) {}

  /**
   * Checks and hashes the password and seals the phone; before the transaction. Throws VALIDATION_FAILED for a bad
   * password and SERVICE_UNAVAILABLE when too many passwords are being hashed.
   */
  async prepare(wanted: NewMember): Promise<PreparedMember> {
    const memberId = newId('mem');
    const loginId = wanted.loginId.toLowerCase();
    const email = wanted.email === null ? null : canonicalEmail(wanted.email);
    if (wanted.password !== null) this.passwords.check('password', wanted.password, { loginId, email });
    const phone = wanted.phone === null ? null : canonicalPhone(wanted.phone.expose());
    const { role, position, mid, branchId, agencyCode, name, consents } = wanted;
    const row = {
      id: memberId,
      login_id: loginId,
      password_hash: wanted.password === null ? null : await this.passwords.hash(wanted.password),
      name,
      email,
      phone_sealed: phone === null ? null : await this.sealer.seal('pii', phoneContext(memberId), phone),
      phone_index: phone === null ? null : await this.messaging.recipientIndex(phone),
      role,
      position,
      mid,
      branch_id: branchId,
      agency_code: agencyCode,
      status: 'ACTIVE',
    };
    return { memberId, loginId, email, row, consents };
  }

  /** Throws LOGIN_ID_TAKEN or EMAIL_TAKEN (409): the transaction is to be given up then. */
  async add(tx: EntityManager, { memberId, loginId, email, row, consents }: PreparedMember): Promise<void> {
    const columns = Object.keys(row);
    try {
      await tx.query(
        `INSERT INTO members (${columns.join(', ')}) VALUES (${places(columns)})`,
        Object.values(row),
      );
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      const [named] = await tx.query<object[]>('SELECT id FROM members WHERE login_id = ?', [loginId]);
      if (named !== undefined || email === null) throw fault(MEMBERS_ERRORS, 'LOGIN_ID_TAKEN');
      throw fault(MEMBERS_ERRORS, 'EMAIL_TAKEN');
    }
    const givenAt = databaseTime(this.clock.now());
    for (const { consent, agreed } of consents) {
      await tx.query(
        'INSERT INTO member_consents (member_id, consent, given_at, agreed) VALUES (?, ?, ?, ?)',
        [memberId, consent, givenAt, agreed ? 1 : 0],
      );
    }
  }
}
