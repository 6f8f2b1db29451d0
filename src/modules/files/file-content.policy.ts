import type { MediaType } from './files.types';

/** 10 MiB. */
export const FILE_BYTES_MAX = 10 * 1024 * 1024;
/** As much of the beginning as tells a type. */
export const HEAD_BYTES = 16;
const NAME_LENGTH_MAX = 120;

const SIGNATURES: readonly (readonly [MediaType, readonly number[]])[] = [
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
];
const EXTENSIONS: Readonly<Record<MediaType, readonly string[]>> = {
  'application/pdf': ['pdf'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
};

/** The type that the first bytes tell; null for every type that is not taken. What the sender calls it does not count. */
export function mediaTypeOf(head: Uint8Array): MediaType | null {
  const found = SIGNATURES.find(([, bytes]) => bytes.every((byte, index) => head[index] === byte));
  return found === undefined ? null : found[0];
}

/**
 * A name that can be shown and saved anywhere: no path, no control or direction character, the extension of what the
 * content is. It is never part of a path here.
 */
export function cleanName(given: string | undefined, mediaType: MediaType): string {
  const base = (given ?? '').normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const clean = [...base.replace(/[\p{C}"*:<>?|]/gu, '').trim()];
  const dot = clean.lastIndexOf('.');
  const extension =
    dot < 0
      ? ''
      : clean
          .slice(dot + 1)
          .join('')
          .toLowerCase();
  const known = EXTENSIONS[mediaType];
  const stem = known.includes(extension) ? clean.slice(0, dot) : clean;
  const short = stem
    .slice(0, NAME_LENGTH_MAX)
    .join('')
    .replace(/^\.+|[. ]+$/g, '');
  return `${short === '' ? 'file' : short}.${known.includes(extension) ? extension : known[0]}`;
}

/** RFC 6266: a plain name for old clients, the whole one for the others. */
export function attachmentOf(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const whole = encodeURIComponent(name).replace(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}
