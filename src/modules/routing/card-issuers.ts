import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Logger } from '../../common/logging/logger';
import { Clock } from '../../common/time/clock';
import { databaseTime } from '../../common/time/korean-time';
import { BufferedWriter } from '../../common/db/buffered-writer';

const PREFIXES_MAX = 20_000;
const RELOAD_MS = 60_000;
const RULES = { batchMax: 100, everyMs: 500, waitingMax: 1_000 };

interface Prefix {
  readonly first6: string;
  readonly issuer: string;
}

/**
 * Which issuer a card is of, by its first six digits: the one that the last approval with them showed. No list of
 * prefixes is public, so the gateway learns them, and shares them between its processes by a table. What is not known
 * is null; looking up never waits.
 */
@Injectable()
export class CardIssuers implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly known = new Map<string, string>();
  private readonly writer: BufferedWriter<Prefix>;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {
    this.writer = new BufferedWriter(
      RULES,
      (prefixes) => this.write(prefixes),
      (count, why) => this.logger.failure('routing.prefixes-not-written', why, { count }),
    );
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.load();
    this.timer = setInterval(() => void this.load(), RELOAD_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.writer.flush();
  }

  of(first6: string | null): string | null {
    return first6 === null ? null : (this.known.get(first6) ?? null);
  }

  learn(first6: string | null, issuer: string): void {
    if (first6 === null || this.known.get(first6) === issuer || !ISSUER.test(issuer)) return;
    this.keep(first6, issuer);
    this.writer.add({ first6, issuer });
  }

  private keep(first6: string, issuer: string): void {
    if (this.known.size >= PREFIXES_MAX && !this.known.has(first6)) return;
    this.known.set(first6, issuer);
  }

  private async load(): Promise<void> {
    try {
      const rows = await this.dataSource.manager.query<Prefix[]>(
        `SELECT first6, issuer FROM card_prefixes ORDER BY seen_at DESC LIMIT ${PREFIXES_MAX}`,
      );
      for (const { first6, issuer } of rows) this.keep(first6, issuer);
    } catch (error) {
      this.logger.failure('routing.prefixes-not-read', error);
    }
  }

  private async write(prefixes: readonly Prefix[]): Promise<void> {
    const at = databaseTime(this.clock.now());
    await this.dataSource.manager.query(
      `INSERT INTO card_prefixes (first6, issuer, seen_at) VALUES ${prefixes.map(() => '(?, ?, ?)').join(', ')}
       ON DUPLICATE KEY UPDATE issuer = VALUES(issuer), seen_at = VALUES(seen_at)`,
      prefixes.flatMap(({ first6, issuer }) => [first6, issuer, at]),
    );
  }
}

const ISSUER = /^[A-Z0-9_]{1,30}$/;
