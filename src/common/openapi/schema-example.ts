import type { OpenAPIObject } from '@nestjs/swagger';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;
export type Schema = Schemas[string];

/** Far below any of ours: against schemas that hold themselves. */
const DEPTH_MAX = 24;

/** One value that fits a schema, put together from the examples of its fields. Undefined where a schema shows none. */
export function schemaExample(schema: Schema, schemas: Schemas, depth = 0): unknown {
  if (depth > DEPTH_MAX) return undefined;
  if ('$ref' in schema) {
    const named = schemas[schema.$ref.replace('#/components/schemas/', '')];
    return named === undefined ? undefined : schemaExample(named, schemas, depth + 1);
  }
  const { enum: allowed, properties, items, allOf, oneOf, anyOf } = schema;
  if (schema.example !== undefined) return schema.example;
  const own: unknown = (schema.default as unknown) ?? allowed?.[0];
  if (own !== undefined) return own;
  if (properties !== undefined) return objectExample(properties, schemas, depth);
  if (items !== undefined) {
    const item = schemaExample(items, schemas, depth + 1);
    return item === undefined ? [] : [item];
  }
  const [first] = allOf ?? oneOf ?? anyOf ?? [];
  return first === undefined ? undefined : schemaExample(first, schemas, depth + 1);
}

function objectExample(properties: Record<string, Schema>, schemas: Schemas, depth: number): object {
  const shown = Object.entries(properties)
    .map(([name, property]) => [name, schemaExample(property, schemas, depth + 1)] as const)
    .filter(([, value]) => value !== undefined);
  return Object.fromEntries(shown);
}
