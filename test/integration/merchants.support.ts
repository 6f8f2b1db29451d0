import { randomBytes } from 'node:crypto';
import { Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { CompactEncrypt, type JWEHeaderParameters } from 'jose';
import { AcquirersModule } from '../../src/acquirers/acquirers.module';
import { CommonModule } from '../../src/common/common.module';
import { CryptoModule } from '../../src/common/crypto/crypto.module';
import { DatabaseModule } from '../../src/common/db/database.module';
import { AppConfig, loadConfig } from '../../src/config/app-config';
import { ConfigModule } from '../../src/config/config.module';
import { DemoSeeder } from '../../src/demo/demo-seeder';
import { DemoModule } from '../../src/demo/demo.module';
import { createTestDatabase, type TestDatabase, testEnvironment } from '../support/test-database';

@Module({ imports: [ConfigModule, CommonModule, DatabaseModule, CryptoModule, AcquirersModule, DemoModule] })
class MerchantsApp {}

const CACHE_TTL_MS = 400;

/** Processes of the merchants' modules, without HTTP, on one fresh database with the demo data. */
export class MerchantProcesses {
  private readonly rootKeys = `v1:${randomBytes(32).toString('base64')}`;
  private readonly started: TestingModule[] = [];

  private constructor(private readonly database: TestDatabase) {}

  static async on(name: string): Promise<MerchantProcesses> {
    const processes = await MerchantProcesses.without(name);
    await processes.first.get(DemoSeeder).seed();
    return processes;
  }

  /** On a database without the demo data. */
  static async without(name: string): Promise<MerchantProcesses> {
    const processes = new MerchantProcesses(await createTestDatabase(name));
    await processes.start();
    return processes;
  }

  /** The first one again. */
  get first(): TestingModule {
    return this.started[0]!;
  }

  async start(): Promise<TestingModule> {
    return (await this.compile()).init();
  }

  /** Not yet started. */
  async compile(changes: Partial<AppConfig> = {}): Promise<TestingModule> {
    const settings = { ROOT_KEYS: this.rootKeys, CACHE_TTL_MS: String(CACHE_TTL_MS) };
    const config = Object.assign(loadConfig(testEnvironment(this.database.url, settings)), changes);
    const testing = Test.createTestingModule({ imports: [MerchantsApp] });
    const module = await testing.overrideProvider(AppConfig).useValue(config).compile();
    this.started.push(module);
    return module;
  }

  async end(): Promise<void> {
    await Promise.all(this.started.map((each) => each.close()));
    await this.database.drop();
  }
}

export const untilCachesEnd = () => new Promise((resolve) => setTimeout(resolve, CACHE_TTL_MS + 50));

/** A compact JWE; text is encrypted as it is, anything else as JSON. */
export function encrypted(plaintext: unknown, header: JWEHeaderParameters, key: Buffer): Promise<string> {
  const text = typeof plaintext === 'string' ? plaintext : JSON.stringify(plaintext);
  return new CompactEncrypt(Buffer.from(text))
    .setProtectedHeader(header as JWEHeaderParameters & { alg: string; enc: string })
    .encrypt(key);
}
