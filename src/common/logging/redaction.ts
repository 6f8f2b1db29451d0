/** Secret keys, refresh tokens, JWTs and JWEs, credentials of a header. */
const SECRETS = /\b(?:sk_(?:test|live)_|rt_)[\w-]+|\beyJ[\w-]+(?:\.[\w-]*)+|\b(?:Basic|Bearer) [\w+/=.~-]+/g;
/** A UUID may have as many digits in a row as a card number, its dashes left out; it is taken as a whole and kept. */
const UUID_OR_DIGITS =
  /[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|\d(?:[ _-]?\d){12,}/gi;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DIGITS_ALONE = /(?<![\w-])\d(?:[ -]?\d){12,18}(?![\w-])/g;
const CARD_DIGITS_MIN = 13;
const CARD_DIGITS_MAX = 19;
const PUT_INSTEAD = '[redacted]';

/**
 * The text without secrets and card numbers, with or without separators: whatever stands around it when its check digit
 * is right, and standing alone also when it is wrong, since a mistyped number is nearly the right one.
 */
export function redacted(text: string): string {
  return text
    .replace(UUID_OR_DIGITS, (found) => (isCardRun(found) ? PUT_INSTEAD : found))
    .replace(DIGITS_ALONE, PUT_INSTEAD)
    .replace(SECRETS, PUT_INSTEAD);
}

/** Whether a card number with a right check digit is anywhere in it. */
export function holdsCardNumber(text: string): boolean {
  return (text.match(UUID_OR_DIGITS) ?? []).some(isCardRun);
}

/**
 * Whether among groups of digits, with separators or without, there is a card number (ISO/IEC 7812-1): some whole groups
 * of 13 to 19 digits together, by their check digit. In one group that is longer it may be anywhere: 15 or 16 digits
 * that begin as those of card brands do.
 */
function isCardRun(found: string): boolean {
  if (UUID.test(found)) return false;
  const groups = found.split(/\D/);
  return groups.some((group, first) => holdsWithin(group) || startsCard(groups.slice(first)));
}

function startsCard(groups: readonly string[]): boolean {
  let digits = '';
  for (const group of groups) {
    digits += group;
    if (digits.length > CARD_DIGITS_MAX) return false;
    if (digits.length >= CARD_DIGITS_MIN && passesLuhn(digits)) return true;
  }
  return false;
}

function holdsWithin(group: string): boolean {
  if (group.length <= CARD_DIGITS_MAX) return false;
  return Array.from(group, (_, start) => start).some((start) =>
    [15, 16].some((length) => {
      const part = group.slice(start, start + length);
      return part.length === length && /^[2-6]/.test(part) && passesLuhn(part);
    }),
  );
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  // All zeros pass as well, and are nobody's.
  return sum > 0 && sum % 10 === 0;
}
