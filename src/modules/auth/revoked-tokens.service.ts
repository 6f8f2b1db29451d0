import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppConfig } from '../../config/app-config';
import { Clock } from '../../common/time/clock';
import { databaseTime } from '../../common/time/korean-time';
import { RevokedTokenEntity } from './revoked-token.entity';
import { Snapshot } from './snapshot';

/** Merchant systems' access tokens that are refused before their time: few, since a token lives ten minutes at most. */
@Injectable()
export class RevokedTokens {
  private readonly revoked: Snapshot<ReadonlySet<string>>;

  constructor(
    private readonly dataSource: DataSource,
    config: AppConfig,
    clock: Clock,
  ) {
    this.revoked = new Snapshot(
      () => this.load(),
      config.cacheTtlMs,
      () => clock.monotonicMs(),
    );
  }

  /** This process refuses the token at once, the others within CACHE_TTL_MS. */
  async add(jti: string, expiresAt: Date): Promise<void> {
    await this.dataSource.query('INSERT IGNORE INTO revoked_tokens (jti, expires_at) VALUES (?, ?)', [
      jti,
      databaseTime(expiresAt),
    ]);
    this.revoked.forget();
  }

  /** undefined: has to be waited for by `isRevoked`. */
  peek(jti: string): boolean | undefined {
    return this.revoked.peek()?.has(jti);
  }

  async isRevoked(jti: string): Promise<boolean> {
    return (await this.revoked.get()).has(jti);
  }

  async purgeExpired(limit: number): Promise<number> {
    const { affectedRows } = await this.dataSource.query<{ affectedRows: number }>(
      'DELETE FROM revoked_tokens WHERE expires_at < UTC_TIMESTAMP(3) - INTERVAL 1 MINUTE LIMIT ?',
      [limit],
    );
    return affectedRows;
  }

  private async load(): Promise<ReadonlySet<string>> {
    const rows = await this.dataSource.manager
      .createQueryBuilder(RevokedTokenEntity, 't')
      .select('t.jti', 'jti')
      .where('t.expiresAt > UTC_TIMESTAMP(3) - INTERVAL 1 MINUTE')
      .getRawMany<{ jti: string }>();
    return new Set(rows.map(({ jti }) => jti));
  }
}
