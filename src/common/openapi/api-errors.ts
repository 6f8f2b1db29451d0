import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { ERROR_KINDS, type ErrorEntry } from '../errors/error-kinds';

type Documented = MethodDecorator & ClassDecorator;

const written = new WeakMap<object, Map<number, Map<string, ErrorEntry>>>();

export const PROBLEM_REF = '#/components/schemas/Problem';

/** What an entry says, in both languages. */
export const problemTexts = ({ ko, en }: ErrorEntry) => `${ko.title} / ${en.title}`;

/** An example answer of one code, as it is sent to a caller that does not prefer English. */
export function problemExample(code: string, entry: ErrorEntry) {
  return {
    summary: problemTexts(entry),
    value: {
      type: `https://api.example.com/docs/errors/${code}`,
      title: entry.ko.title,
      status: ERROR_KINDS[entry.kind],
      detail: entry.ko.detail,
      code,
      traceId: 'req_5f0c1c2e-6f0f-4d3a-9a53-0d7a3c1b2a10',
    },
  };
}

/**
 * Documents the problem answers of an operation, grouped by status, with an example of each code. Without codes every
 * code of the table. May be used several times on one operation: what was documented before stays.
 */
export function ApiErrors<T extends Readonly<Record<string, ErrorEntry>>>(
  table: T,
  ...codes: (keyof T & string)[]
): Documented {
  const wanted = codes.length === 0 ? (Object.keys(table) as (keyof T & string)[]) : codes;
  return (target: object, key?: string | symbol, descriptor?: PropertyDescriptor) => {
    const holder = (descriptor?.value ?? target) as object;
    const known = written.get(holder) ?? new Map<number, Map<string, ErrorEntry>>();
    written.set(holder, known);
    const statuses = new Set<number>();
    for (const code of wanted) {
      const entry = table[code]!;
      const status = ERROR_KINDS[entry.kind];
      statuses.add(status);
      known.set(status, (known.get(status) ?? new Map<string, ErrorEntry>()).set(code, entry));
    }
    const responses = [...statuses].map((status) => problemResponse(status, known.get(status)!));
    (applyDecorators(...responses) as (...args: unknown[]) => void)(target, key, descriptor);
  };
}

function problemResponse(status: number, entries: ReadonlyMap<string, ErrorEntry>) {
  return ApiResponse({
    status,
    description: [...entries.values()].map(problemTexts).join('; '),
    content: {
      'application/problem+json': {
        schema: { $ref: PROBLEM_REF },
        examples: Object.fromEntries(
          [...entries].map(([code, entry]) => [code, problemExample(code, entry)]),
        ),
      },
    },
  });
}
