import 'reflect-metadata';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../paths.mjs';

/*
 * One process that settles every day that is over, as the worker does, and ends. Run by npm run settle:proof with the
 * gateway's environment: several at once, killed, and started again.
 */
const require = createRequire(join(ROOT, 'package.json'));
const { NestFactory } = require('@nestjs/core');
const { AppModule } = require(join(ROOT, 'dist/src/app.module.js'));
const { SettlementRunner } = require(
  join(ROOT, 'dist/src/modules/settlements/run/settlement-runner.service.js'),
);

const app = await NestFactory.createApplicationContext(AppModule, { logger: false, abortOnError: false });
await app.get(SettlementRunner, { strict: false }).catchUp();
await app.close();
