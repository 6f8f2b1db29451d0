import { ValidateIf } from 'class-validator';

/** A field that may be left out. Unlike `IsOptional` it refuses null: a caller who writes null meant something. */
export const MayBeAbsent = (): PropertyDecorator => ValidateIf((_body, value) => value !== undefined);
