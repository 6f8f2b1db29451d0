import { createCipheriv, createHash } from 'node:crypto';
import type { IniApiKeys } from './inicis.config';

/** Fields marked [ENC] in the INIAPI manual: base64 of AES-128-CBC with PKCS#7 padding. */
export function sealField({ apiKey, iv }: Pick<IniApiKeys, 'apiKey' | 'iv'>, text: string): string {
  const cipher = createCipheriv('aes-128-cbc', Buffer.from(apiKey), Buffer.from(iv));
  return cipher.update(text, 'utf8', 'base64') + cipher.final('base64');
}

/** `hashData` of INIAPI v1: lower-case hex SHA-512 over the key and the parts in the manual's order, nothing between. */
export function hashV1(apiKey: string, parts: readonly string[]): string {
  return sha512(apiKey + parts.join(''));
}

/** `hashData` of INIAPI v2. `dataText` is the JSON text of `data` to the byte as it is sent. */
export function hashV2(
  apiKey: string,
  call: {
    readonly mid: string;
    readonly type: string;
    readonly timestamp: string;
    readonly dataText: string;
  },
): string {
  return sha512(apiKey + call.mid + call.type + call.timestamp + call.dataText);
}

export interface StdpaySignatures {
  readonly signature: string;
  /** As `signature`, with the sign key put in at its place in the alphabet. */
  readonly verification: string;
}

/** Signatures of the web standard payment: SHA-256 over `name=value` pairs. `fields` in alphabetical order. */
export function stdpaySignatures(
  signKey: string,
  fields: readonly (readonly [name: string, value: string])[],
): StdpaySignatures {
  const withKey = [...fields, ['signKey', signKey] as const].sort(([a], [b]) => (a < b ? -1 : 1));
  return { signature: sha256(pairs(fields)), verification: sha256(pairs(withKey)) };
}

/** `mKey` of the payment window: the hash of the sign key, meant to be seen by the browser. */
export function stdpayKeyHash(signKey: string): string {
  return sha256(signKey);
}

/** Which members of the answer are signed, and in which order, by the last digit of the timestamp. */
const AUTH_ORDERS: Readonly<Record<string, readonly (keyof AuthParts)[]>> = {
  '0': ['TotPrice', 'tstamp', 'MOID'],
  '1': ['MOID', 'mid', 'tstamp'],
  '2': ['MOID', 'tstamp', 'mid'],
  '3': ['mid', 'MOID', 'tstamp'],
  '4': ['mid', 'tstamp', 'MOID'],
  '5': ['tstamp', 'mid', 'MOID'],
  '6': ['tstamp', 'MOID', 'mid'],
  '7': ['TotPrice', 'mid', 'tstamp'],
  '8': ['TotPrice', 'tstamp', 'mid'],
  '9': ['TotPrice', 'MOID', 'tstamp'],
};

interface AuthParts {
  readonly mid: string;
  /** The timestamp of our own confirm request. */
  readonly tstamp: string;
  readonly MOID: string;
  readonly TotPrice: string;
}

/**
 * `authSignature` of a confirm's answer, as the makers' sample clients check it. It holds no key: it tells an answer
 * that was mixed up, not one that was forged.
 */
export function authSignature(parts: AuthParts): string {
  const order = AUTH_ORDERS[parts.tstamp.slice(-1)] ?? [];
  return sha256(pairs(order.map((name) => [name, parts[name]] as const)));
}

const pairs = (fields: readonly (readonly [string, string])[]) =>
  fields.map(([name, value]) => `${name}=${value}`).join('&');
const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
const sha512 = (text: string) => createHash('sha512').update(text, 'utf8').digest('hex');
