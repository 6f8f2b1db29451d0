import type { Language } from '../http/request-context';
import { RULE_TEXTS } from '../http/validation-texts';
import { type AppError } from './app-error';

/** The body of every error answer: RFC 9457 with our own members. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number | string;
  readonly detail: string;
  readonly code: string;
  readonly traceId: string;
  readonly errors?: readonly { field: string; code: string; message: string }[];
  readonly acquirer?: { name: string; code: string; message: string };
  readonly [member: string]: unknown;
}

export function problemOf(
  error: AppError,
  language: Language,
  where: { traceId: string; baseUrl: string },
): Problem {
  const { extras, entry, code } = error;
  return {
    type: `${where.baseUrl}/docs/errors/${code}`,
    title: entry[language].title,
    status: error.status,
    detail: entry[language].detail,
    code,
    traceId: where.traceId,
    ...(extras.errors === undefined
      ? {}
      : {
          errors: extras.errors.map(({ field, code: rule, message }) => ({
            field,
            code: rule,
            message: (message ?? RULE_TEXTS[rule] ?? RULE_TEXTS.INVALID!)[language],
          })),
        }),
    ...(extras.acquirer === undefined ? {} : { acquirer: { ...extras.acquirer } }),
    ...extras.members,
  };
}
