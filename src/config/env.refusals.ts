import { ADDRESS_KEYS, DEMO_MESSAGING, type Env, isDemoEnvironment } from './env.schema';
import { longestRequestMs } from './longest-request';
import { isOutsideAddress } from './outside-address';

const PASSWORD_LENGTH_MIN = 16;
const DISTINCT_CHARACTERS_MIN = 8;
/** What is left of a password without its guessable parts. Characters. */
const UNGUESSABLE_MIN = 12;
const GUESSABLE =
  /pass(?:word)?|passwd|secret|change|replace|default|example|test|demo|gateway|mariadb|mysql|database|admin|root|user|qwerty|asdf|letmein|welcome|0?123456(?:789)?0?|abcdef(?:gh)?|(.)\1{2,}/gi;

/** A proxy's network is small; a wider one lets any client say whose address it has. */
const PROXY_PREFIX_MIN = 8;

type Bounded = {
  [Key in keyof Env]-?: Env[Key] extends number ? Key : never;
}[keyof Env];
type Bound = readonly [key: Bounded, limit: 'at most' | 'at least', value: number];

const THIS_MACHINE = ['127.0.0.1', '[::1]', 'localhost'];

/** Beyond these a limit is none any more. */
const BOUNDS: readonly Bound[] = [
  ['CACHE_TTL_MS', 'at most', 60_000],
  ['REQUEST_CLOCK_SKEW_MS', 'at most', 300_000],
  ['LOGIN_LOCK_MS', 'at least', 900_000],
  ['RATE_MERCHANT_PER_SECOND', 'at most', 10_000],
  ['RATE_MEMBER_PER_SECOND', 'at most', 200],
  ['RATE_PUBLIC_PER_MINUTE', 'at most', 6_000],
  ['RATE_LOGIN_PER_MINUTE', 'at most', 60],
  ['SMS_CODE_LIFETIME_MS', 'at most', 180_000],
  ['SMS_PAUSE_MS', 'at least', 60_000],
  ['MEMBER_CODE_LIFETIME_MS', 'at most', 600_000],
  ['MEMBER_CODE_PAUSE_MS', 'at least', 60_000],
  ['STAFF_INVITATION_LIFETIME_MS', 'at most', 86_400_000],
  ['RECOVERY_ANSWER_MS', 'at least', 200],
  ['WEBHOOK_GAP_MS', 'at least', 10_000],
];

/** Why a set of values that are each well-formed must still not start; empty when there is nothing to refuse. */
export function refusals(env: Env): string[] {
  const missing = [...storage(env), ...accountHolder(env), ...webhooks(env)].map(
    ([key, why]) => `${key}: ${why}`,
  );
  if (isDemoEnvironment(env.APP_ENV)) return missing;
  const found = [...addresses(env), ...messaging(env), ...secrets(env), ...limits(env)];
  if (env.FILES_STORAGE === 's3' && !(env.FILES_S3_ENDPOINT ?? 'https:').startsWith('https:'))
    found.push(['FILES_S3_ENDPOINT', 'must be https']);
  if (!isSafeCollector(env.OTEL_EXPORTER_OTLP_ENDPOINT))
    found.push(['OTEL_EXPORTER_OTLP_ENDPOINT', 'must be https, or an address of this machine']);
  return [...missing, ...found.map(([key, why]) => `${key}: ${why} (APP_ENV=${env.APP_ENV})`)];
}

/** Traces name payments and carry the collector's key: beyond this machine they go encrypted. */
function isSafeCollector(endpoint: string | undefined): boolean {
  if (endpoint === undefined) return true;
  const { protocol, hostname } = new URL(endpoint);
  return protocol === 'https:' || THIS_MACHINE.includes(hostname);
}

export const IN_THE_CLEAR = 'must have ?tls=: passwords and payments would cross a network as they are';

/** Encrypted, or never leaving this machine. */
export const isPrivate = ({ hostname, searchParams }: URL): boolean =>
  searchParams.has('tls') || searchParams.has('socket') || THIS_MACHINE.includes(hostname);

/** Who is to be asked must be told as whom we ask. */
function accountHolder(env: Env): Refusal[] {
  if (env.ACCOUNT_HOLDER_ACQUIRER === undefined) return [];
  const needed = ['ACCOUNT_HOLDER_MERCHANT_ID', 'ACCOUNT_HOLDER_CREDENTIALS'] as const;
  return needed
    .filter((key) => env[key] === undefined)
    .map((key) => [key, 'must be given with ACCOUNT_HOLDER_ACQUIRER']);
}

/** Merchants are promised that what they missed is there for a month. */
const RETENTION_MIN_MS = 31 * 86_400_000;

function webhooks(env: Env): Refusal[] {
  const found: Refusal[] = [];
  if (env.WEBHOOK_RETENTION_MS < RETENTION_MIN_MS)
    found.push(['WEBHOOK_RETENTION_MS', `must be at least ${RETENTION_MIN_MS}`]);
  if (env.WEBHOOK_TOTAL_TIMEOUT_MS < env.WEBHOOK_CONNECT_TIMEOUT_MS)
    found.push(['WEBHOOK_TOTAL_TIMEOUT_MS', 'must not be shorter than WEBHOOK_CONNECT_TIMEOUT_MS']);
  return found;
}

/** A bucket that is chosen must be named, with what opens it. */
function storage(env: Env): Refusal[] {
  if (env.FILES_STORAGE !== 's3') return [];
  const needed = [
    'FILES_S3_ENDPOINT',
    'FILES_S3_BUCKET',
    'FILES_S3_ACCESS_KEY_ID',
    'FILES_S3_SECRET_ACCESS_KEY',
  ] as const;
  return needed
    .filter((key) => env[key] === undefined)
    .map((key) => [key, 'must be given where FILES_STORAGE is s3']);
}

type Refusal = readonly [key: keyof Env, why: string];

function addresses(env: Env): Refusal[] {
  const found: Refusal[] = ADDRESS_KEYS.filter(
    (key) => !isOutsideAddress(env[key].replace('{idc}', 'fc')),
  ).map((key) => [key, 'a sandbox, test, internal or unencrypted address is for local and dev only']);
  if (!env.PUBLIC_URL?.startsWith('https://'))
    found.push(['PUBLIC_URL', 'must be the https address that clients use']);
  if (env.BRANCH_SIGN_UP_URL?.startsWith('https://') === false)
    found.push(['BRANCH_SIGN_UP_URL', 'must be an https address']);
  if (env.TRUST_PROXY === '') {
    found.push(['TRUST_PROXY', 'must name the proxies in front of the API, or be none']);
  } else if (env.TRUST_PROXY.split(',').some(isWide)) {
    found.push(['TRUST_PROXY', `a network wider than /${PROXY_PREFIX_MIN} would believe anybody`]);
  }
  return found;
}

/** A message that only the sandbox gets is one that nobody gets. */
function messaging(env: Env): Refusal[] {
  const demo = Object.entries(DEMO_MESSAGING) as [keyof typeof DEMO_MESSAGING, string][];
  const found: Refusal[] = demo
    .filter(([key, value]) => env[key] === value)
    .map(([key]) => [key, 'must be your own: the demo value is for local and dev only']);
  if (!isOutsideAddress(env.SOLAPI_BASE_URL)) {
    found.push([
      'SOLAPI_BASE_URL',
      'a sandbox, test, internal or unencrypted address is for local and dev only',
    ]);
  }
  const { protocol, host } = new URL(env.SMTP_URL);
  if (protocol !== 'smtps:' || !isOutsideAddress(`https://${host}`)) {
    found.push(['SMTP_URL', 'must be smtps:// and a host outside: the sandbox is for local and dev only']);
  }
  return found;
}

function isWide(proxy: string): boolean {
  const prefix = proxy.split('/')[1];
  return prefix !== undefined && Number(prefix) < PROXY_PREFIX_MIN;
}

function secrets(env: Env): Refusal[] {
  const found: Refusal[] = env.ROOT_KEYS.split(',')
    .filter(isWeakKey)
    .map(() => ['ROOT_KEYS', 'a key of repeated or counted bytes, or of text, is not a secret']);
  for (const key of ['DATABASE_URL', 'DATABASE_MIGRATION_URL'] as const) {
    const value = env[key];
    if (value !== undefined && !isPrivate(new URL(value))) found.push([key, IN_THE_CLEAR]);
    if (value !== undefined && isWeakPassword(decodeURIComponent(new URL(value).password))) {
      found.push([
        key,
        `the database password must have ${PASSWORD_LENGTH_MIN} characters or more that nobody can guess`,
      ]);
    }
  }
  return found;
}

function limits(env: Env): Refusal[] {
  const found: Refusal[] = BOUNDS.filter(([key, limit, value]) =>
    limit === 'at most' ? env[key] > value : env[key] < value,
  ).map(([key, limit, value]) => [key, `must be ${limit} ${value}`]);
  if (env.TIME_SCALE !== 1) found.push(['TIME_SCALE', 'scaled waits are for local and dev only']);
  if (env.WEBHOOK_LOOPBACK_ALLOWED)
    found.push(['WEBHOOK_LOOPBACK_ALLOWED', 'this machine is called in local and dev only']);
  if (env.CLOCK_OFFSET_MS !== 0) found.push(['CLOCK_OFFSET_MS', 'a shifted clock is for local and dev only']);
  const longest = longestRequestMs(env);
  if (env.IDEMPOTENCY_LOCK_MS < longest) {
    found.push(['IDEMPOTENCY_LOCK_MS', `must be longer than the longest request, ${longest}`]);
  }
  return found;
}

function isWeakKey(versioned: string): boolean {
  const bytes = Buffer.from(versioned.slice(versioned.indexOf(':') + 1), 'base64');
  return (
    new Set(bytes).size < 12 ||
    bytes.every((byte) => byte >= 0x20 && byte <= 0x7e) ||
    bytes.every((byte, index) => index === 0 || byte === (bytes[index - 1]! + 1) % 256)
  );
}

function isWeakPassword(password: string): boolean {
  return (
    password.length < PASSWORD_LENGTH_MIN ||
    new Set(password).size < DISTINCT_CHARACTERS_MIN ||
    password.replace(GUESSABLE, '').length < UNGUESSABLE_MIN
  );
}
