import type { OpenAPIObject } from '@nestjs/swagger';
import type { Language } from '../../common/http/request-context';
import type { Schema } from '../../common/openapi/schema-example';
import { html, type Html } from './reference.html';
import { inLanguage, WORDS } from './reference.texts';

type Described = Exclude<Schema, { $ref: string }>;

const DEPTH_MAX = 4;

export interface Reader {
  readonly document: OpenAPIObject;
  readonly language: Language;
}

/** The fields of a schema as a list, those of fields in them inside it. */
export function fieldsHtml(schema: Schema | undefined, reader: Reader, depth = 0): Html | undefined {
  const { properties, required = [], items } = flat(schema, reader);
  if (properties === undefined) return items === undefined ? undefined : fieldsHtml(items, reader, depth);
  const rows = Object.entries(properties).map(([name, field]) =>
    fieldHtml({ name, schema: field, isRequired: required.includes(name) }, reader, depth),
  );
  return rows.length === 0 ? undefined : html`<dl>${rows}</dl>`;
}

export interface Field {
  readonly name: string;
  readonly schema: Schema | undefined;
  readonly isRequired: boolean;
  readonly description?: string;
}

/** One field or parameter: its name, type, limits and meaning. */
export function fieldHtml(field: Field, reader: Reader, depth = 0): Html {
  const words = WORDS[reader.language];
  const schema = flat(field.schema, reader);
  const description = inLanguage(field.description ?? schema.description ?? '', reader.language);
  const inner = depth < DEPTH_MAX ? fieldsHtml(field.schema, reader, depth + 1) : undefined;
  const need = field.isRequired ? words.required : words.optional;
  const type = `${typeOf(schema, reader)}${schema.nullable ? ` ${words.orNull}` : ''}`;
  return html`<dt><code>${field.name}</code> <small>${type} · ${need}${limitsOf(schema)}</small></dt>
    <dd>${description}${inner}</dd>`;
}

function typeOf(schema: Described, reader: Reader): string {
  if (schema.enum) return (schema.enum as unknown[]).map(String).join(' | ');
  if (schema.type === 'array') return `${typeOf(flat(schema.items, reader), reader)}[]`;
  return `${String(schema.type ?? 'object')}${schema.format && schema.type === 'string' ? ` (${schema.format})` : ''}`;
}

/** Those that a caller can run against; the bounds of a JSON integer tell nobody anything. */
function limitsOf({ minLength, maxLength, minimum, maximum, pattern }: Described): string {
  const range = (min: number | undefined, max: number | undefined) => {
    if (min === undefined && max === undefined) return [];
    if (min === undefined) return [`≤ ${max}`];
    return [max === undefined ? `≥ ${min}` : `${min}–${max}`];
  };
  const safe = (value: number | undefined) =>
    Math.abs(value ?? 0) >= Number.MAX_SAFE_INTEGER ? undefined : value;
  const limits = [
    ...range(minLength, maxLength),
    ...range(safe(minimum), safe(maximum)),
    ...(pattern ? [pattern] : []),
  ];
  return limits.map((limit) => ` · ${limit}`).join('');
}

/** Without references and `allOf`, one level deep. */
function flat(schema: Schema | undefined, reader: Reader): Described {
  if (schema === undefined) return {};
  if ('$ref' in schema) {
    return flat(reader.document.components?.schemas?.[schema.$ref.split('/').at(-1) ?? ''], reader);
  }
  const { allOf = [], ...own } = schema;
  return allOf.map((part) => flat(part, reader)).reduce<Described>((all, part) => ({ ...part, ...all }), own);
}
