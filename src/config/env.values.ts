import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { z } from 'zod';
import { isCalendarDay } from '../common/time/korean-time';

/* The kinds of values that settings have, and what is a mistake in each. */

export const port = (fallback: number) => z.coerce.number().int().min(1).max(65_535).default(fallback);
export const DAY_MS = 86_400_000;
export const count = (fallback: number, max = 1_000_000) =>
  z.coerce.number().int().min(1).max(max).default(fallback);
export const milliseconds = (fallback: number, max = 86_400_000) =>
  z.coerce.number().int().min(1).max(max).default(fallback);
const truth = z.enum(['true', 'false']);
export const flag = (fallback: boolean) =>
  truth.default(fallback ? 'true' : 'false').transform((value) => value === 'true');
/** Undefined where nobody has said. */
export const wish = truth.transform((value) => value === 'true').optional();
const PARAMETERS = new Set(['socket', 'tls']);
export const databaseUrl = z
  .string()
  .regex(/^(mysql|mariadb):\/\/\S+$/, 'must look like mysql://user:password@host:port/database')
  .refine(isReadable, 'must look like mysql://user:password@host:port/database, other characters as %XX')
  .refine(
    (url) => !isReadable(url) || [...new URL(url).searchParams.keys()].every((name) => PARAMETERS.has(name)),
    'takes no parameter but socket and tls: nothing else that stands there would be done',
  )
  .refine(
    (url) => !isReadable(url) || isTrust(new URL(url).searchParams.get('tls')),
    'tls must be system, or name a file with certificates of authorities',
  )
  .refine(
    (url) => !isReadable(url) || !new URL(url).searchParams.has('tls') || hasName(new URL(url)),
    'tls needs a host by its name, which the certificate is held against',
  );
export const rootKeys = z
  .string()
  .regex(
    /^v\d{1,6}:[A-Za-z0-9+/]{43}=(,v\d{1,6}:[A-Za-z0-9+/]{43}=)*$/,
    'must be a comma-separated list of version:key, each key 32 bytes in base64, the newest version first',
  )
  .refine(isNewestFirst, 'must have each version once, the newest first');
export const proxies = z
  .string()
  .default('')
  .transform((text) => text.replaceAll(' ', ''))
  .refine(
    (text) => text === '' || text === 'none' || text.split(',').every(isNetwork),
    'must be none, or a comma-separated list of addresses or networks (10.0.0.0/8)',
  );

export const networks = z
  .string()
  .default('')
  .transform((text) => text.replaceAll(' ', ''))
  .refine(
    (text) => text === '' || text.split(',').every(isNetwork),
    'must be a comma-separated list of addresses or networks (10.0.0.0/8)',
  );
export const nameServers = z
  .string()
  .default('')
  .transform((text) => text.replaceAll(' ', ''))
  .refine(
    (text) => text === '' || text.split(',').every((each) => /^[0-9a-f.:[\]]{3,60}$/i.test(each)),
    'must be a comma-separated list of addresses, each with :port where it is not 53',
  );
export const schedule = z
  .string()
  .regex(/^0(,\d{1,8}){0,19}$/, 'must be a comma-separated list of pauses in milliseconds, the first 0')
  .default('0,5000,300000,1800000,7200000,18000000,36000000,50400000,72000000,86400000');
export const coverRatios = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}=\d{1,7}(,\d{4}-\d{2}-\d{2}=\d{1,7})*$/,
    'must be a comma-separated list of day=parts per million',
  )
  .refine(isInOrderOfDays, 'must have days that exist, in their order, with at most 1000000 each')
  .default('2026-01-01=600000,2026-12-17=600000,2027-12-17=800000,2028-12-17=1000000');

function isInOrderOfDays(text: string): boolean {
  const pairs = text.split(',').map((each) => each.split('=') as [string, string]);
  return pairs.every(
    ([day, ppm], index) =>
      isCalendarDay(day) && Number(ppm) <= 1_000_000 && (index === 0 || pairs[index - 1]![0] < day),
  );
}

export function isTextObject(json: string): boolean {
  try {
    const value = JSON.parse(json) as unknown;
    return (
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      Object.values(value).every((each) => typeof each === 'string')
    );
  } catch {
    return false;
  }
}

export function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function isReadable(url: string): boolean {
  if (!URL.canParse(url)) return false;
  try {
    const { username, password } = new URL(url);
    decodeURIComponent(username + password);
    return true;
  } catch {
    return false;
  }
}

function isTrust(tls: string | null): boolean {
  if (tls === null || tls === 'system') return true;
  try {
    return readFileSync(tls, 'utf8').includes('-----BEGIN CERTIFICATE-----');
  } catch {
    return false;
  }
}

const hasName = ({ hostname, searchParams }: URL): boolean =>
  !searchParams.has('socket') && isIP(hostname.replace(/^\[|\]$/g, '')) === 0;

function isNewestFirst(keys: string): boolean {
  const versions = keys.split(',').map((entry) => Number(entry.slice(1, entry.indexOf(':'))));
  return versions.every((version, index) => index === 0 || version < versions[index - 1]!);
}

function isNetwork(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128));
}
