import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { LoginAttempts } from './login-attempts.service';
import { RevokedTokens } from './revoked-tokens.service';
import { SigningKeys } from './signing-keys.service';

const TOKENS_PER_SESSION = 10;

/** What other modules and the operator's commands may ask of auth. */
@Injectable()
export class AuthFacade {
  constructor(
    private readonly dataSource: DataSource,
    private readonly signingKeys: SigningKeys,
    private readonly attempts: LoginAttempts,
    private readonly revoked: RevokedTokens,
  ) {}

  /** The next key begins to sign access tokens; those that are out stay good. Returns its `kid`. */
  rotateSigningKeys(actor: string): Promise<string> {
    return this.signingKeys.rotate(actor);
  }

  /**
   * Deletes what has had no meaning for a day: sessions with their refresh tokens, counted logins, refused tokens, and
   * retired signing keys. At most about `limit` rows of each; returns how many rows went, 0 = nothing is left to do.
   */
  async purgeExpired(limit: number): Promise<number> {
    let gone = await this.purgeSessions(limit);
    gone += await this.attempts.purgeExpired(limit);
    gone += await this.revoked.purgeExpired(limit);
    return gone + (await this.signingKeys.purgeRetired(limit));
  }

  private async purgeSessions(limit: number): Promise<number> {
    const ended = await this.dataSource.query<{ id: string }[]>(
      'SELECT id FROM sessions WHERE expires_at < UTC_TIMESTAMP(3) - INTERVAL 1 DAY ORDER BY expires_at, id LIMIT ?',
      [limit],
    );
    if (ended.length === 0) return 0;
    const ids = ended.map(({ id }) => id);
    const tokens = await this.dataSource.query<{ affectedRows: number }>(
      'DELETE FROM refresh_tokens WHERE session_id IN (?) LIMIT ?',
      [ids, limit * TOKENS_PER_SESSION],
    );
    // A session whose many tokens are not all gone yet waits for the next call.
    const sessions = await this.dataSource.query<{ affectedRows: number }>(
      `DELETE FROM sessions WHERE id IN (?)
          AND NOT EXISTS (SELECT 1 FROM refresh_tokens t WHERE t.session_id = sessions.id)`,
      [ids],
    );
    return tokens.affectedRows + sessions.affectedRows;
  }
}
