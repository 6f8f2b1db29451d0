import iconv from 'iconv-lite';
import type { Answer } from '../core/acquirer';

type Fields = Readonly<Record<string, string>>;

/** The fields of a legacy request: form-urlencoded, its bytes EUC-KR text whatever the header says. */
export function readEucKrForm(raw: Buffer): Fields {
  const fields: Record<string, string> = {};
  for (const pair of raw.toString('latin1').split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = equals === -1 ? pair : pair.slice(0, equals);
    fields[decodeEucKr(name)] = equals === -1 ? '' : decodeEucKr(pair.slice(equals + 1));
  }
  return fields;
}

function decodeEucKr(text: string): string {
  const bytes = text
    .replaceAll('+', ' ')
    .replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return iconv.decode(Buffer.from(bytes, 'latin1'), 'euc-kr');
}

/**
 * A legacy answer as the request asked for it: CharSet utf-8 or euc-kr (the default), EdiType JSON or KV. How KV parts
 * its pairs is not documented; `&` here, nothing escaped (unconfirmed). So is JSON where no EdiType is sent.
 */
export function legacyAnswer(asked: Fields, fields: Fields): Answer {
  const isKv = asked.EdiType?.toUpperCase() === 'KV';
  const text = isKv
    ? Object.entries(fields)
        .map(([name, value]) => `${name}=${value}`)
        .join('&')
    : JSON.stringify(fields);
  const charset = asked.CharSet?.toLowerCase() === 'utf-8' ? 'utf-8' : 'euc-kr';
  return {
    status: 200,
    body: charset === 'utf-8' ? text : iconv.encode(text, 'euc-kr'),
    headers: {},
    contentType: `${isKv ? 'text/plain' : 'application/json'};charset=${charset}`,
  };
}

const UNRESERVED = /^[A-Za-z0-9*._-]$/;

/** A form of the webapi's own notices: EUC-KR, percent-encoded. */
export function eucKrForm(fields: Fields): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${percentEncoded(iconv.encode(value, 'euc-kr'))}`)
    .join('&');
}

function percentEncoded(bytes: Buffer): string {
  return Array.from(bytes, (byte) => {
    const character = String.fromCharCode(byte);
    if (UNRESERVED.test(character)) return character;
    return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}
