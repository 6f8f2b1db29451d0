import { ValidateBy } from 'class-validator';
import { isCalendarDay } from '../time/korean-time';

/** A day of the calendar, `YYYY-MM-DD`. */
export const IsKoreanDay = (): PropertyDecorator =>
  ValidateBy({
    name: 'isKoreanDay',
    validator: {
      validate: (value) => typeof value === 'string' && isCalendarDay(value),
      defaultMessage: () => 'isKoreanDay',
    },
  });
