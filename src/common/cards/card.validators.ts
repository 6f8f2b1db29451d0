import { ValidateBy, type ValidationOptions } from 'class-validator';
import { isBusinessNumber } from '../numbers/business-number';
import { passesLuhn } from '../numbers/luhn';
import { isCalendarDay, koreanDay } from '../time/korean-time';

/** ISO/IEC 7812: 13 to 19 digits, the last one a Luhn check digit. */
export function isCardNumber(value: unknown): boolean {
  return typeof value === 'string' && /^\d{13,19}$/.test(value) && passesLuhn(value);
}

/** YYMM with a month that exists. Whether it has passed is checked against the clock, elsewhere. */
export function isCardExpiry(value: unknown): boolean {
  return typeof value === 'string' && /^\d{2}(0[1-9]|1[0-2])$/.test(value);
}

/** A card is good until the end of its month, Korean time. Two-digit years are of this century. */
export function hasCardExpired(cardExpiry: string, now: Date): boolean {
  return `20${cardExpiry.slice(0, 2)}-${cardExpiry.slice(2)}` < koreanDay(now).slice(0, 7);
}

/** A birth date YYMMDD, or a Korean business number of ten digits with its check digit (National Tax Service). */
export function isBirthOrBusinessNo(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  if (/^\d{6}$/.test(value)) {
    const [yy, mm, dd] = [value.slice(0, 2), value.slice(2, 4), value.slice(4, 6)];
    return isCalendarDay(`19${yy}-${mm}-${dd}`) || isCalendarDay(`20${yy}-${mm}-${dd}`);
  }
  return isBusinessNumber(value);
}

const METADATA_ENTRIES_MAX = 20;
const METADATA_JSON_MAX = 4_000;

/** A flat object of short texts, for the merchant's own use. */
export function isMetadata(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return (
    entries.length <= METADATA_ENTRIES_MAX &&
    entries.every(([key, text]) => key.length <= 40 && typeof text === 'string' && text.length <= 500) &&
    JSON.stringify(value).length <= METADATA_JSON_MAX
  );
}

const rule =
  (name: string, validate: (value: unknown) => boolean) =>
  (options?: ValidationOptions): PropertyDecorator =>
    ValidateBy({ name, validator: { validate, defaultMessage: () => name } }, options);

export const IsCardNumber = rule('isCardNumber', isCardNumber);
export const IsCardExpiry = rule('isCardExpiry', isCardExpiry);
export const IsBirthOrBusinessNo = rule('isBirthOrBusinessNo', isBirthOrBusinessNo);
export const IsMetadata = rule('isMetadata', isMetadata);
