import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AcquirersModule } from './acquirers/acquirers.module';
import { CommonModule } from './common/common.module';
import { CryptoModule } from './common/crypto/crypto.module';
import { DatabaseModule } from './common/db/database.module';
import { loadConfig } from './config/app-config';
import { ConfigModule } from './config/config.module';
import { DemoModule } from './demo/demo.module';
import { DemoSeeder } from './demo/demo-seeder';

@Module({ imports: [ConfigModule, CommonModule, DatabaseModule, CryptoModule, AcquirersModule, DemoModule] })
class SeedModule {}

/** Puts the demo data into the database: `node dist/src/seed.js`, in local and dev only. Prints what was new. */
async function seed(): Promise<void> {
  const { demo, environment } = loadConfig();
  if (!demo) throw new Error(`demo data is for local and dev only (APP_ENV=${environment})`);
  const app = await NestFactory.createApplicationContext(SeedModule, { logger: false, abortOnError: false });
  try {
    const report = await app.get(DemoSeeder, { strict: false }).seed();
    const lines = Object.entries(report).map(([what, count]) => `${what} ${count}`);
    process.stdout.write(`demo data added: ${lines.join(', ')}\n`);
  } finally {
    await app.close();
  }
}

seed().catch((error: unknown) => {
  process.stderr.write(`seed failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
