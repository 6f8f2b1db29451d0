import { Test, type TestingModule } from '@nestjs/testing';
import { AcquirersModule } from '../../src/acquirers/acquirers.module';
import { CommonModule } from '../../src/common/common.module';
import { CryptoModule } from '../../src/common/crypto/crypto.module';
import { DatabaseModule } from '../../src/common/db/database.module';
import { SqlPool, type SqlValue } from '../../src/common/db/pool';
import { newId } from '../../src/common/ids/id';
import { AppConfig, loadConfig } from '../../src/config/app-config';
import { ConfigModule } from '../../src/config/config.module';
import { SettlementsModule } from '../../src/modules/settlements/settlements.module';
import { checkDatabase } from '../../src/verify/database-checks';
import { WAITING_NOTES } from '../../src/verify/settlement-checks';
import { createTestDatabase, type TestDatabase, testEnvironment } from './test-database';

export interface Moved {
  readonly paymentId: string;
  readonly left: number;
  readonly mid: string;
}

interface Policy {
  readonly from: string;
  readonly ratePpm?: number;
  readonly method?: string;
  readonly agencyPpm?: number;
  readonly sellerPpm?: number;
}

/** The settlements module over a real database, with merchants and movements that are put there by hand. */
export class SettlementWorld {
  private constructor(
    private readonly database: TestDatabase,
    readonly module: TestingModule,
    readonly pool: SqlPool,
  ) {}

  static async start(name: string): Promise<SettlementWorld> {
    const database = await createTestDatabase(name);
    const testing = Test.createTestingModule({
      imports: [ConfigModule, CommonModule, DatabaseModule, CryptoModule, AcquirersModule, SettlementsModule],
    });
    const config = loadConfig(
      testEnvironment(database.url, { ROLL_UP_GRACE_MS: '5', ROLL_UP_EVERY_MS: '1' }),
    );
    const module = await testing.overrideProvider(AppConfig).useValue(config).compile();
    await module.init();
    const limits = { connectionsMax: 4, waitMs: 10_000, queryTimeoutMs: 60_000 };
    return new SettlementWorld(database, module, new SqlPool(database.url, limits));
  }

  async end(): Promise<void> {
    await this.module.close();
    await this.pool.close();
    await this.database.drop();
  }

  rows<T = Readonly<Record<string, string | number | null>>>(
    sql: string,
    values: SqlValue[] = [],
  ): Promise<T[]> {
    return this.pool.execute<T[]>(sql, values);
  }

  /** With a contract `ctr_<mid>`. */
  async merchant(mid: string, agencyCode: string | null = null): Promise<void> {
    await this.rows(
      `INSERT INTO merchants (mid, name, business_number, representative, address, phone, status, agency_code)
       VALUES (?, '가나상사', '2208162517', '김대표', '서울', '025550100', 'ACTIVE', ?)`,
      [mid, agencyCode],
    );
    await this.rows(
      `INSERT INTO acquirer_contracts (id, mid, acquirer, acquirer_merchant_id, credentials_sealed, methods, priority,
         weight, amount_min, amount_max, enabled)
       VALUES (?, ?, 'toss', ?, UNHEX(SHA2(?, 256)), 'CARD', 1, 100, 100, 10000000, 0)`,
      [`ctr_${mid}`, mid, mid, mid],
    );
  }

  /** A row as the fees module would write it, on any day. */
  async policy(mid: string, { from, ratePpm = 30_000, method, agencyPpm, sellerPpm }: Policy): Promise<void> {
    await this.rows(
      `INSERT INTO fee_policies (id, mid, scope, method, effective_from, ended, rate_ppm, fixed_fee, minimum_fee,
         acquirer_cost_ppm, agency_commission_ppm, seller_commission_ppm, reason, created_by, created_at)
       VALUES (?, ?, ?, ?, ?, 0, ?, 0, 0, 20000, ?, ?, 'test', 'test', UTC_TIMESTAMP(3))`,
      [
        ...[newId('fpl'), mid, `*|*|*|*|${method ?? '*'}|*|*`, method ?? null, from, ratePpm],
        ...[agencyPpm ?? null, sellerPpm ?? null],
      ],
    );
  }

  async agency(code: string, above: readonly string[], ratePpm: number): Promise<void> {
    await this.rows(
      `INSERT INTO agencies (code, parent_code, name, representative, phone) VALUES (?, ?, '대리점', '김', '0200000000')`,
      [code, above[0] ?? null],
    );
    for (const [distance, ancestor] of [code, ...above].entries()) {
      await this.rows(
        `INSERT INTO agency_paths (ancestor_code, agency_code, agency_seq, agency_name, distance)
         SELECT ?, code, seq, name, ? FROM agencies WHERE code = ?`,
        [ancestor, distance, code],
      );
    }
    await this.rate(code, ratePpm, '2026-01-01');
  }

  async rate(agencyCode: string, ratePpm: number, from: string): Promise<void> {
    await this.rows(
      `INSERT INTO commission_rates (id, agency_code, effective_from, rate_ppm, reason, created_by, created_at)
       VALUES (?, ?, ?, ?, 'test', 'test', UTC_TIMESTAMP(3))`,
      [newId('cmr'), agencyCode, from, ratePpm],
    );
  }

  /** An approval captured on a Korean day, with its payment and its ledger transfer. */
  async approve(mid: string, amount: number, day: string): Promise<Moved> {
    const paymentId = newId('pay');
    await this.move({ paymentId, mid, left: 0 }, { kind: 'APPROVAL', sourceId: paymentId, amount, day });
    return { paymentId, mid, left: amount };
  }

  /** A cancel of so much of it, captured on a later day or the same. */
  async cancel(of: Moved, amount: number, day: string): Promise<Moved> {
    await this.move(of, { kind: 'CANCEL', sourceId: newId('pcn'), amount: -amount, day });
    return { ...of, left: of.left - amount };
  }

  /** What the settlement's and the ledger's checks of npm run verify find. Payments are not among what was put there. */
  async broken(): Promise<string[]> {
    const found = await checkDatabase(this.pool, 'FORBIDDEN');
    return found
      .filter(({ what }) => what !== 'movements do not sum to what is left of their payment')
      .map(({ invariant, id, what }) => `${invariant} ${id} ${what}`);
  }

  async notes(): Promise<string[]> {
    return (await this.rows<{ note: string }>(WAITING_NOTES)).map(({ note }) => note);
  }

  private async move(
    { paymentId, mid, left }: Moved,
    {
      kind,
      sourceId,
      amount,
      day,
    }: {
      readonly kind: 'APPROVAL' | 'CANCEL';
      readonly sourceId: string;
      readonly amount: number;
      readonly day: string;
    },
  ): Promise<void> {
    await this.rows(
      `INSERT INTO transactions (kind, source_id, payment_id, mid, contract_id, acquirer, method, card_type, amount,
         settled_amount, left_before, left_after, captured_day, occurred_at)
       VALUES (?, ?, ?, ?, ?, 'toss', 'CARD', 'CREDIT', ?, ?, ?, ?, ?, ?)`,
      [
        ...[kind, sourceId, paymentId, mid, `ctr_${mid}`, amount, amount, left, left + amount],
        ...[day, `${day} 03:00:00.000`],
      ],
    );
    const accounts = ['ACQUIRER_RECEIVABLE', 'MERCHANT_PAYABLE'];
    await this.rows(
      `INSERT INTO ledger_transfers (kind, source_id, mid, debit_account, credit_account, amount) VALUES (?, ?, ?, ?, ?, ?)`,
      [kind, sourceId, mid, ...(amount > 0 ? accounts : accounts.reverse()), Math.abs(amount)],
    );
  }
}
