/** Characters (ASVS 6.2.1: 8 at least, more advised; no rules of composition). */
export const PASSWORD_LENGTH_MIN = 10;
export const PASSWORD_LENGTH_MAX = 128;
const DISTINCT_MIN = 5;

/** Whether a password is short, made of few characters, or made of what is known of its member. */
export function isGuessable(password: string, known: readonly string[]): boolean {
  const characters = [...password.normalize('NFKC')];
  if (characters.length < PASSWORD_LENGTH_MIN || characters.length > PASSWORD_LENGTH_MAX) return true;
  if (new Set(characters).size < DISTINCT_MIN) return true;
  const lower = password.normalize('NFKC').toLowerCase();
  return known.some((text) => text.length >= 4 && lower.includes(text.toLowerCase()));
}
