const HALF = /\p{Surrogate}/u;
const HALVES = /\p{Surrogate}/gu;
/** How JSON.stringify writes half a character; the same letters in a text are found too, which costs a look. */
const HALF_IN_JSON = /\\ud[89a-f]/;

/** JSON can name half a character, `"\ud800"`. It is no text: UTF-8 has no bytes for it, and MariaDB refuses such JSON. */
export const isWellFormed = (text: string): boolean => !HALF.test(text);

/** JSON that the database takes, whatever an acquirer or a caller wrote: half a character becomes U+FFFD. */
export function wellFormedJson(value: unknown): string {
  const json = JSON.stringify(value);
  if (!HALF_IN_JSON.test(json)) return json;
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'string' ? each.replace(HALVES, '\ufffd') : each,
  );
}
