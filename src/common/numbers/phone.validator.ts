import { ValidateBy } from 'class-validator';
import { TELEPHONE } from './phone';

/** Any Korean telephone number, with or without hyphens: 02-…, 031-…, 070-…, 0507-…, 1588-…. */
export const IsTelephone = (): PropertyDecorator =>
  ValidateBy({
    name: 'matches',
    validator: {
      validate: (value) => typeof value === 'string' && TELEPHONE.test(value),
      defaultMessage: () => 'matches',
    },
  });
