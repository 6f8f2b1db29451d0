import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import type { ClassConstructor } from 'class-transformer';
import { fault } from '../errors/app-error';
import { COMMON_ERRORS } from '../errors/common.errors';
import { validated, validatedText } from './validation';

const BARE_TYPES: readonly unknown[] = [String, Number, Boolean, Array, Object, undefined];

/** Every id, code and token of ours. The columns that hold them are ASCII, and cannot even be compared with more. */
const NAMEABLE = /^[\x21-\x7e]+$/;

/**
 * Checks every body, query and parameter that is declared as a class; plain ones are the handler's own matter, but a
 * plain part of the path that can name nothing is told so here.
 */
@Injectable()
export class BodyPipe implements PipeTransform {
  transform(value: unknown, { metatype, type }: ArgumentMetadata): unknown {
    if (type === 'param' && typeof value === 'string' && !NAMEABLE.test(value)) {
      throw fault(COMMON_ERRORS, 'NOT_FOUND');
    }
    if (metatype === undefined || BARE_TYPES.includes(metatype) || type === 'custom') return value;
    const check = type === 'body' ? validated : validatedText;
    return check(metatype as ClassConstructor<object>, value ?? {});
  }
}
