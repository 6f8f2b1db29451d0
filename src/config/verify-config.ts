import { z } from 'zod';
import { ConfigError } from './app-config';
import { IN_THE_CLEAR, isPrivate } from './env.refusals';
import { APP_ENVIRONMENTS, isDemoEnvironment } from './env.schema';
import { databaseUrl as address } from './env.values';

const schema = z.object({
  APP_ENV: z.enum(APP_ENVIRONMENTS).default('local'),
  DATABASE_VERIFY_URL: address.optional(),
  DATABASE_URL: address.optional(),
  SANDBOX_URL: z.string().default('http://127.0.0.1:3900'),
});

export interface VerifyConfig {
  readonly databaseUrl: string;
  /** Undefined: there is no sandbox, and the acquirers' books cannot be read. */
  readonly sandboxUrl: string | undefined;
}

/** What `npm run verify` reads of the environment: a database user that may only read, and the sandbox's address or `off`. */
export function loadVerifyConfig(source: NodeJS.ProcessEnv = process.env): VerifyConfig {
  const read = schema.safeParse(source);
  if (!read.success)
    throw new ConfigError(read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
  const env = read.data;
  const databaseUrl = env.DATABASE_VERIFY_URL ?? env.DATABASE_URL;
  if (databaseUrl === undefined)
    throw new ConfigError(['DATABASE_VERIFY_URL or DATABASE_URL: one of them is needed']);
  if (!isDemoEnvironment(env.APP_ENV) && !isPrivate(new URL(databaseUrl)))
    throw new ConfigError([`DATABASE_VERIFY_URL: ${IN_THE_CLEAR}`]);
  const sandboxUrl = env.SANDBOX_URL === 'off' ? undefined : env.SANDBOX_URL.replace(/\/+$/, '');
  return { databaseUrl, sandboxUrl };
}
