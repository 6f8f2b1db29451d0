import { ValidateBy } from 'class-validator';
import { isCalendarDay } from '../time/korean-time';

/** RFC 3339, section 5.6: a date and time of this century with its offset; a fraction has three digits at most. */
export const INSTANT =
  /^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,3})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
const DAY_LENGTH = 'YYYY-MM-DD'.length;

/** An instant of a day that exists: JavaScript would read 31 February as a day of March. */
export const IsInstant = (): PropertyDecorator =>
  ValidateBy({
    name: 'isInstant',
    validator: {
      validate: (value) =>
        typeof value === 'string' && INSTANT.test(value) && isCalendarDay(value.slice(0, DAY_LENGTH)),
      defaultMessage: () => 'isInstant',
    },
  });
