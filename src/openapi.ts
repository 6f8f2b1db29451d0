import 'reflect-metadata';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { AppModule } from './app.module';
import { ERROR_KINDS, type ErrorEntry } from './common/errors/error-kinds';
import { openApiDocument } from './common/openapi/open-api';
import { ERROR_TABLES } from './error-tables';

/** The API's description. In preview nothing is made but the controllers' outlines: no database, no port, no secret. */
async function openApiText(): Promise<string> {
  const app = await NestFactory.create(AppModule, new FastifyAdapter(), { preview: true, logger: false });
  return `${JSON.stringify(openApiDocument(app), null, 2)}\n`;
}

/** One table of every code, by status and then by name. */
function errorsText(): string {
  const entries = Object.values(ERROR_TABLES).flatMap((table) => Object.entries(table));
  const rows = entries
    .map(([code, entry]) => ({ code, entry, status: ERROR_KINDS[entry.kind] }))
    .sort((a, b) => a.status - b.status || (a.code < b.code ? -1 : 1))
    .map(({ code, entry, status }) => `| \`${code}\` | ${status} | ${meaning(entry)} | ${advice(entry)} |`);
  return [
    '# Error codes',
    '',
    'Written by `npm run openapi` from the `.errors.ts` tables. A code never changes its meaning or its status. The body is',
    'an RFC 9457 problem; `detail` says the same in the language that `Accept-Language` prefers, Korean else. OAuth',
    'endpoints answer in the form of RFC 6749 instead. Whoever is named last has to act before the call can succeed.',
    '',
    '| Code | Status | 뜻 | Meaning | Same call again? |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

const meaning = ({ ko, en }: ErrorEntry) => `${cell(ko.title)} | ${cell(en.title)}`;

function advice({ retryable, actor }: ErrorEntry): string {
  return `${retryable ? 'yes, as it is' : 'no'}; ${actor.toLowerCase()}`;
}

const cell = (text: string) => text.replaceAll('|', '\\|');

/** Writes openapi.json and errors.md into the folder that it is given. */
async function write(folder: string | undefined): Promise<void> {
  if (folder === undefined) throw new Error('name the folder to write to');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'openapi.json'), await openApiText());
  writeFileSync(join(folder, 'errors.md'), errorsText());
}

write(process.argv[2]).catch((error: unknown) => {
  process.stderr.write(`openapi: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
