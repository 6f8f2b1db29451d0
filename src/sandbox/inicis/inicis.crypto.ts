import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto';
import type { InicisContract } from './inicis.credentials';

/** Opens a field marked [ENC] (AES-128-CBC, base64); undefined where padding or base64 is wrong. */
export function opened({ apiKey, iv }: InicisContract, sealed: string): string | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(sealed)) return undefined;
  try {
    const decipher = createDecipheriv('aes-128-cbc', Buffer.from(apiKey, 'utf8'), Buffer.from(iv, 'utf8'));
    const bytes = Buffer.concat([decipher.update(Buffer.from(sealed, 'base64')), decipher.final()]);
    return bytes.toString('utf8');
  } catch {
    return undefined;
  }
}

export function sha512Hex(text: string): string {
  return createHash('sha512').update(text).digest('hex');
}

export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Whether a hash that came in is the right one, in constant time. */
export function isSame(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** `authSignature` of the confirm's answer: three of four members, chosen and ordered by the timestamp's last digit. */
export function signedAnswer(answer: {
  readonly mid: string;
  readonly tstamp: string;
  readonly moid: string;
  readonly totPrice: string;
}): string {
  const mid = `mid=${answer.mid}`;
  const time = `tstamp=${answer.tstamp}`;
  const order = `MOID=${answer.moid}`;
  const price = `TotPrice=${answer.totPrice}`;
  const byDigit = [
    [price, time, order],
    [order, mid, time],
    [order, time, mid],
    [mid, order, time],
    [mid, time, order],
    [time, mid, order],
    [time, order, mid],
    [price, mid, time],
    [price, time, mid],
    [price, order, time],
  ];
  return sha256Hex((byDigit[Number(answer.tstamp.slice(-1))] ?? []).join('&'));
}

/**
 * The text of a member of a JSON object exactly as it was sent, since INIAPI v2 signs bytes and not values. Undefined
 * where the object has no such member at its top level.
 */
export function memberText(json: string, name: string): string | undefined {
  let depth = 0;
  let from: number | undefined;
  let key = '';
  for (const { 0: token, index } of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]/g)) {
    if (token === ':' && depth === 1) from = key === `"${name}"` ? index + 1 : undefined;
    const ends = depth === 1 && (token === ',' || token === '}');
    if (ends && from !== undefined) return json.slice(from, index).trim();
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    else if (depth === 1 && token.startsWith('"')) key = token;
  }
  return undefined;
}
