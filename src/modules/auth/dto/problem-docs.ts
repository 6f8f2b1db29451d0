import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { ERROR_KINDS, type ErrorEntry, type ErrorTable } from '../../../common/errors/error-kinds';

/** Documents the problem answers (RFC 9457) of an operation, one example a code, in Korean as they are by default. */
export function ApiProblems(codes: ErrorTable): MethodDecorator {
  const byStatus = new Map<number, [string, ErrorEntry][]>();
  for (const entry of Object.entries(codes)) {
    const status = ERROR_KINDS[entry[1].kind];
    byStatus.set(status, [...(byStatus.get(status) ?? []), entry]);
  }
  const answers = [...byStatus].map(([status, entries]) =>
    ApiResponse({
      status,
      description: entries.map(([code, { ko, en }]) => `\`${code}\` ${ko.title} / ${en.title}`).join('<br>'),
      content: { 'application/problem+json': { examples: Object.fromEntries(entries.map(exampleOf)) } },
    }),
  );
  return applyDecorators(...answers);
}

function exampleOf([code, entry]: [string, ErrorEntry]): [string, { value: object }] {
  const { title, detail } = entry.ko;
  const status = ERROR_KINDS[entry.kind];
  const traceId = '01KAJR38VNR81X7S9FZBZ4D62E';
  return [code, { value: { type: 'about:blank', title, status, detail, code, traceId } }];
}
