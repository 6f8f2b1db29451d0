import { ValidateBy, type ValidationArguments, type ValidationOptions } from 'class-validator';
import { readReceiptIdentifier, RECEIPT_PURPOSES, type ReceiptPurpose } from './receipt-identifier';

/** That an `identifier` fits the `purpose` beside it. A purpose that is none is told of by its own rule. */
export function IsReceiptIdentifier(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isReceiptIdentifier',
      validator: {
        validate: (value: unknown, seen?: ValidationArguments) => {
          const { purpose } = (seen?.object ?? {}) as { purpose?: unknown };
          const purposes = RECEIPT_PURPOSES.some((known) => known === purpose)
            ? [purpose as ReceiptPurpose]
            : RECEIPT_PURPOSES;
          if (value !== undefined && typeof value !== 'string') return false;
          return purposes.some((one) => readReceiptIdentifier(one, value) !== null);
        },
        defaultMessage: () => 'isReceiptIdentifier',
      },
    },
    options,
  );
}
