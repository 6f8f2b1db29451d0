import { ValidateBy } from 'class-validator';
import { isBusinessNumber } from './business-number';

/** Ten digits whose last one is right. */
export const IsBusinessNumber = (): PropertyDecorator =>
  ValidateBy({
    name: 'matches',
    validator: {
      validate: (value) => typeof value === 'string' && isBusinessNumber(value),
      defaultMessage: () => 'matches',
    },
  });
