import { z } from 'zod';
import { ConfigError } from './app-config';

const schema = z.object({
  DATABASE_VERIFY_URL: z.string().optional(),
  DATABASE_URL: z.string().optional(),
  SANDBOX_URL: z.string().default('http://127.0.0.1:3900'),
});

export interface VerifyConfig {
  readonly databaseUrl: string;
  /** Undefined: there is no sandbox, and the acquirers' books cannot be read. */
  readonly sandboxUrl: string | undefined;
}

/** What `npm run verify` reads of the environment: a database user that may only read, and the sandbox's address or `off`. */
export function loadVerifyConfig(source: NodeJS.ProcessEnv = process.env): VerifyConfig {
  const env = schema.parse(source);
  const databaseUrl = env.DATABASE_VERIFY_URL ?? env.DATABASE_URL;
  if (databaseUrl === undefined)
    throw new ConfigError(['DATABASE_VERIFY_URL or DATABASE_URL: one of them is needed']);
  const sandboxUrl = env.SANDBOX_URL === 'off' ? undefined : env.SANDBOX_URL.replace(/\/+$/, '');
  return { databaseUrl, sandboxUrl };
}
