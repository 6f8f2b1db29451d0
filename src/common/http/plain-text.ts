import { Transform } from 'class-transformer';

/**
 * One line that shows something: a name, a reason. Without control characters and line separators, and without those that
 * turn the direction of what follows, since a name could be shown as another one. Spaces, and fillers such as U+3164
 * (the Hangul filler), show nothing. That there is any text at all is for a rule of length.
 */
export const PLAIN_TEXT =
  /^(?=.*[^\s\p{Default_Ignorable_Code_Point}]|$)[^\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]*$/u;

/** The same in several lines. */
export const PLAIN_LINES =
  /^(?=[^]*[^\s\p{Default_Ignorable_Code_Point}]|$)[^\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]*(?:[\n\r\t][^\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]*)*$/u;

/** Spaces around it are left out before it is judged: with them a name is not found by how it begins. */
export const Trimmed = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));

const BEYOND_ASCII = /\P{ASCII}/u;

/**
 * The value with every text in it composed (NFC): some systems send a Hangul syllable as two or three letters, which would
 * look the same, count as more, and never be found by a name that is typed. What is in one form already is not copied.
 */
export function composed(value: unknown): unknown {
  if (typeof value === 'string') return BEYOND_ASCII.test(value) ? value.normalize('NFC') : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map(composed);
    return items.some((item, place) => item !== value[place]) ? items : value;
  }
  const entries = Object.entries(value).map(([key, item]) => [key, composed(item)] as const);
  return entries.some(([key, item]) => item !== (value as Record<string, unknown>)[key])
    ? Object.fromEntries(entries)
    : value;
}
