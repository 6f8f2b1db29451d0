import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import type { ClassConstructor } from 'class-transformer';
import { validated, validatedText } from './validation';

const BARE_TYPES: readonly unknown[] = [String, Number, Boolean, Array, Object, undefined];

/** Checks every body, query and parameter that is declared as a class; plain ones are the handler's own matter. */
@Injectable()
export class BodyPipe implements PipeTransform {
  transform(value: unknown, { metatype, type }: ArgumentMetadata): unknown {
    if (metatype === undefined || BARE_TYPES.includes(metatype) || type === 'custom') return value;
    const check = type === 'body' ? validated : validatedText;
    return check(metatype as ClassConstructor<object>, value ?? {});
  }
}
