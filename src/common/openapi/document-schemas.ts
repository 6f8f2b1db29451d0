import type { OpenAPIObject } from '@nestjs/swagger';
import type { Schema } from './schema-example';

type Described = Exclude<Schema, { $ref: string }>;
type Json = Readonly<Record<string, unknown>>;

/** Money is whole won in `BIGINT`, and a JSON number is exact up to here. */
const INTEGER_MAX = Number.MAX_SAFE_INTEGER;

/** Says of every schema what TypeScript's types cannot: how large an integer gets, and that null is no example of a thing. */
export function completeSchemas(document: OpenAPIObject): void {
  for (const schema of schemasIn(document.paths)) complete(schema);
  for (const schema of schemasIn(document.components?.schemas ?? {})) complete(schema);
}

/** Every number of ours is whole, but for a share or a rate, which says so by its format. */
export function nameIntegers(document: OpenAPIObject): void {
  for (const schema of [...schemasIn(document.paths), ...schemasIn(document.components?.schemas ?? {})]) {
    if (schema.type === 'number' && schema.format === undefined) schema.type = 'integer';
  }
}

function complete(schema: Described): void {
  if (schema.type === 'integer') {
    schema.format ??= 'int64';
    schema.minimum ??= -INTEGER_MAX;
    schema.maximum ??= INTEGER_MAX;
  }
  const isThing = schema.enum !== undefined || schema.allOf !== undefined || schema.properties !== undefined;
  if (schema.example === null && isThing) delete schema.example;
}

function* schemasIn(value: unknown): Generator<Described> {
  if (typeof value !== 'object' || value === null) return;
  if (isSchema(value as Json)) yield value;
  for (const [key, inner] of Object.entries(value)) if (!EXAMPLES.has(key)) yield* schemasIn(inner);
}

const EXAMPLES = new Set(['example', 'examples', 'enum', 'default']);

/** A field may be called `type`; a schema's own is always one of the words for it. */
function isSchema({ type, allOf, enum: allowed }: Json): boolean {
  return typeof type === 'string' || Array.isArray(allOf) || Array.isArray(allowed);
}
