import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { ERROR_KINDS, type ErrorEntry } from '../../common/errors/error-kinds';

/** Documents problem answers (RFC 9457) with the very texts of their error table, one example a code. */
export function ApiProblems(problems: Readonly<Record<string, ErrorEntry>>): MethodDecorator {
  const byStatus = new Map<number, [string, ErrorEntry][]>();
  for (const [code, entry] of Object.entries(problems)) {
    const status = ERROR_KINDS[entry.kind];
    byStatus.set(status, [...(byStatus.get(status) ?? []), [code, entry]]);
  }
  return applyDecorators(...[...byStatus].map(([status, entries]) => problemResponse(status, entries)));
}

function problemResponse(
  status: number,
  entries: readonly (readonly [string, ErrorEntry])[],
): MethodDecorator {
  const examples = entries.map(([code, { ko, en }]): [string, { summary: string; value: object }] => [
    code,
    {
      summary: `${ko.title} / ${en.title}`,
      value: {
        type: 'about:blank',
        title: ko.title,
        status,
        detail: ko.detail,
        code,
        traceId: 'req_01KAJR38VNR81X7S9FZBZ4D62E',
        ...(code === 'VALIDATION_FAILED' && {
          errors: [{ field: 'mid', code: 'REQUIRED', message: '필수 항목입니다.' }],
        }),
      },
    },
  ]);
  return ApiResponse({
    status,
    description: entries.map(([code, { ko, en }]) => `\`${code}\`: ${ko.title} / ${en.title}`).join('\n\n'),
    content: {
      'application/problem+json': {
        schema: { type: 'object', required: ['type', 'title', 'status', 'detail', 'code', 'traceId'] },
        examples: Object.fromEntries(examples),
      },
    },
  });
}
