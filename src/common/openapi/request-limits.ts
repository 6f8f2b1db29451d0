import { type Type } from '@nestjs/common';
import { getMetadataStorage } from 'class-validator';
import { INSTANT } from '../http/instant.validator';
import { HEADERS_LENGTH_MAX, PATH_PARAMETER_LENGTH_MAX } from '../http/limits';
import { itemsMaxOf } from '../http/validation';
import type { Schema } from './schema-example';

type Described = Exclude<Schema, { $ref: string }>;
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema?: Schema;
}
interface Rule {
  readonly name?: string;
  readonly constraints?: readonly unknown[];
  readonly each?: boolean;
}

interface Limit {
  readonly of: 'string' | 'integer' | 'array';
  readonly write: (schema: Described, constraints: readonly unknown[]) => void;
}

const LENGTHS_MAX: Readonly<Record<string, number>> = {
  path: PATH_PARAMETER_LENGTH_MAX,
  header: HEADERS_LENGTH_MAX,
};

/** What one of class-validator's rules says of a value of a type. A limit that the decorator for Swagger names stays. */
const LIMITS: Readonly<Record<string, Limit>> = {
  minLength: { of: 'string', write: (schema, [min]) => void (schema.minLength ??= min as number) },
  maxLength: { of: 'string', write: (schema, [max]) => void (schema.maxLength ??= max as number) },
  isLength: {
    of: 'string',
    write: (schema, [min, max]) => {
      schema.minLength ??= min as number;
      schema.maxLength ??= max as number | undefined;
    },
  },
  matches: {
    of: 'string',
    // A pattern that needs a flag means something else without it, and JSON Schema has no place for flags.
    write: (schema, [pattern]) => {
      if (pattern instanceof RegExp && pattern.flags === '') schema.pattern ??= pattern.source;
    },
  },
  isKoreanDay: { of: 'string', write: (schema) => void (schema.format ??= 'date') },
  isInstant: {
    of: 'string',
    write: (schema) => {
      schema.format ??= 'date-time';
      schema.pattern ??= INSTANT.source;
    },
  },
  min: { of: 'integer', write: (schema, [min]) => void (schema.minimum ??= min as number) },
  max: { of: 'integer', write: (schema, [max]) => void (schema.maximum ??= max as number) },
  arrayMinSize: { of: 'array', write: (schema, [min]) => void (schema.minItems ??= min as number) },
  arrayMaxSize: { of: 'array', write: (schema, [max]) => void (schema.maxItems ??= max as number) },
};

/** Writes into a body's schema what validation holds its fields to. */
export function addBodyLimits(schema: Described, type: Type): void {
  for (const [field, property] of Object.entries(schema.properties ?? {})) {
    if ('$ref' in property) continue;
    addRules(property, rulesOf(type, field));
    if (property.type === 'array') property.maxItems ??= itemsMaxOf(type);
  }
}

/** The same for one parameter of an operation that takes these classes; the server's own limits where they name none. */
export function addParameterLimits({ name, in: place, schema }: Parameter, types: readonly Type[]): void {
  if (schema === undefined || '$ref' in schema) return;
  for (const type of types) addRules(schema, rulesOf(type, name));
  const lengthMax = LENGTHS_MAX[place];
  if (schema.type === 'string' && lengthMax !== undefined) schema.maxLength ??= lengthMax;
}

function rulesOf(type: Type, field: string): readonly Rule[] {
  return getMetadataStorage()
    .getTargetValidationMetadatas(type, '', false, false)
    .filter(({ propertyName }) => propertyName === field);
}

function addRules(schema: Described, rules: readonly Rule[]): void {
  const { items } = schema;
  for (const { name = '', constraints = [], each = false } of rules) {
    const target = each ? items : schema;
    const limit = LIMITS[name];
    if (limit === undefined || target === undefined || '$ref' in target) continue;
    if (target.type === limit.of) limit.write(target, constraints);
  }
}
