import { ValidateBy } from 'class-validator';
import { isCalendarDay } from '../../../../common/time/korean-time';

/** A day that exists, `YYYY-MM-DD`. */
export const IsKoreanDay = () =>
  ValidateBy({
    name: 'isKoreanDay',
    validator: {
      validate: (value) => typeof value === 'string' && isCalendarDay(value),
      defaultMessage: () => 'isKoreanDay',
    },
  });
