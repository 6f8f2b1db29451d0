import iconv from 'iconv-lite';

const UNRESERVED = /^[A-Za-z0-9*._-]$/;

/** As much of a text as fits into so many bytes of an encoding, no character cut in two. */
export function fitBytes(text: string, bytesMax: number, encoding: 'euc-kr' | 'utf-8'): string {
  let bytes = 0;
  let kept = '';
  for (const character of text) {
    bytes += iconv.encode(character, encoding).length;
    if (bytes > bytesMax) break;
    kept += character;
  }
  return kept;
}

/** A form in EUC-KR, percent-encoded, so that the body is ASCII. Characters that EUC-KR lacks become `?`. */
export function eucKrForm(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${percentEncoded(iconv.encode(value, 'euc-kr'))}`)
    .join('&');
}

function percentEncoded(bytes: Buffer): string {
  return Array.from(bytes, (byte) => {
    const character = String.fromCharCode(byte);
    if (UNRESERVED.test(character)) return character;
    return character === ' ' ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}
