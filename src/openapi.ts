import 'reflect-metadata';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { AppModule } from './app.module';
import { openApiDocument } from './common/openapi/open-api';
import { errorsPage, errorsTable } from './error-catalogue';

/** The API's description. In preview nothing is made but the controllers' outlines: no database, no port, no secret. */
async function openApiText(): Promise<string> {
  const app = await NestFactory.create(AppModule, new FastifyAdapter(), { preview: true, logger: false });
  return `${JSON.stringify(openApiDocument(app), null, 2)}\n`;
}

/** Writes openapi.json and the error catalogue into the folder that it is given. */
async function write(folder: string | undefined): Promise<void> {
  if (folder === undefined) throw new Error('name the folder to write to');
  mkdirSync(join(folder, 'errors'), { recursive: true });
  writeFileSync(join(folder, 'openapi.json'), await openApiText());
  writeFileSync(join(folder, 'errors.md'), errorsTable());
  for (const language of ['en', 'ko'] as const)
    writeFileSync(join(folder, `errors/${language}.md`), errorsPage(language));
}

write(process.argv[2]).catch((error: unknown) => {
  process.stderr.write(`openapi: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
