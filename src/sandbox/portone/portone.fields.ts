import type { WireCall } from '../core/acquirer';

/** What a request says, whichever way it says it: JSON, a form with brackets (`extra[requester]=`, `imp_uid[]=`), a query. */
export type Fields = Readonly<Record<string, unknown>>;

const PARTS_MAX = 4;

/** Undefined for a body that is no object of fields. */
export function bodyFields(call: WireCall): Fields | undefined {
  const type = call.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type === 'application/x-www-form-urlencoded') return formFields(call.rawBody.toString('utf8'));
  const { body } = call;
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Fields) : undefined;
}

export function queryFields(call: WireCall): Fields {
  const start = call.url.indexOf('?');
  return start === -1 ? {} : formFields(call.url.slice(start + 1));
}

/** Brackets with nothing or a number in them make lists, brackets with a name make objects. */
export function formFields(text: string): Fields {
  const fields: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [name, value] of new URLSearchParams(text)) {
    const path = [...name.matchAll(/[^[\]]+|\[\]/g)].slice(0, PARTS_MAX).map(([part]) => part);
    put(fields, path, value);
  }
  return fields;
}

function put(target: Record<string, unknown>, [name, ...rest]: readonly string[], value: string): void {
  if (name === undefined) return;
  const key = name === '[]' ? String(Object.keys(target).length) : name;
  if (rest.length === 0) {
    target[key] = value;
    return;
  }
  const known = target[key];
  const inner =
    typeof known === 'object' && known !== null
      ? (known as Record<string, unknown>)
      : (Object.create(null) as Record<string, unknown>);
  target[key] = inner;
  put(inner, rest, value);
}

/** A list, or one value for a list of one. */
export function listOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).filter((one): one is string => typeof one === 'string');
}

export function isAbsent(value: unknown): value is undefined | null | '' {
  return value === undefined || value === null || value === '';
}

/** Whole won, as a number or, from a form, as digits; undefined for anything else. */
export function wonOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,12}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}
