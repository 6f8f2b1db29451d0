import type { OpenAPIObject } from '@nestjs/swagger';
import { COMMON_ERRORS } from '../errors/common.errors';
import { ERROR_KINDS } from '../errors/error-kinds';
import {
  OWN_ACCOUNT_EXTENSION,
  PUBLIC_EXTENSION,
  ROLES_EXTENSION,
  SCOPE_EXTENSION,
} from '../http/decorators';
import { RATE_LIMIT_HEADERS, UNLIMITED_EXTENSION } from '../http/rate-limit';
import { IDEMPOTENT_EXTENSION } from '../idempotency/idempotent.decorator';
import { PROBLEM_REF, problemExample, problemTexts } from './api-errors';
import { completeSchemas, nameIntegers } from './document-schemas';
import { addBodyLimits, addParameterLimits } from './request-limits';
import { schemaExample } from './schema-example';
import { TAGS } from './tags';
import type { TakenClasses } from './taken-classes';

export const SECRET_KEY = 'secretKey';
export const MERCHANT_TOKEN = 'merchantToken';
export const MEMBER_TOKEN = 'memberToken';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
const PROBLEM_TYPE = 'application/problem+json';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Answer = Exclude<NonNullable<Operation['responses'][string]>, { $ref: string }>;
type MediaType = NonNullable<Answer['content']>[string];
type CommonCode = keyof typeof COMMON_ERRORS;

/** What all operations share is said here once: limits, security, common problems, and examples put together from the fields. */
export function completeDocument(document: OpenAPIObject, taken: TakenClasses): OpenAPIObject {
  document.tags = TAGS.map(({ name, korean, description, guide }) => ({
    name,
    description,
    'x-displayName': `${korean} / ${name}`,
    ...(guide && { externalDocs: { description: '가이드 / Guide', url: `/guides/${guide}` } }),
  }));
  addRateLimitHeaders(document);
  nameIntegers(document);
  addLimits(document, taken);
  completeSchemas(document);
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      if (operation === undefined) continue;
      operation.security = securityOf(operation);
      // OAuth's faults are in its own form, and each of its operations names all of them.
      if (!path.startsWith('/oauth/')) addCommonProblems(operation, method);
      if ((operation as Extended)[UNLIMITED_EXTENSION] !== true) referToRateLimit(operation);
      addExamples(operation, document);
      nameCallbacks(operation);
    }
  }
  return document;
}

/** Swagger's decorator has no place for the summary of what is sent to a client's own address. */
function nameCallbacks({ callbacks = {} }: Operation): void {
  const items = Object.values(callbacks).flatMap((callback) =>
    '$ref' in callback ? [] : Object.values(callback),
  );
  for (const sent of items.flatMap((item) => METHODS.map((method) => item[method]))) {
    if (sent === undefined) continue;
    sent.summary ??= '우리가 그 주소로 보내는 요청 / What is sent to that address';
    // Its signature is in the webhook-signature header: no scheme that OpenAPI knows.
    sent.security ??= [];
  }
}

function addLimits(document: OpenAPIObject, { byName, byOperation }: TakenClasses): void {
  for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) {
    const type = byName.get(name);
    if (type !== undefined && !('$ref' in schema)) addBodyLimits(schema, type);
  }
  for (const operation of Object.values(document.paths).flatMap((item) => METHODS.map((key) => item[key]))) {
    const types = byOperation.get(operation?.operationId ?? '') ?? [];
    for (const parameter of operation?.parameters ?? []) {
      if (!('$ref' in parameter)) addParameterLimits(parameter, types);
    }
  }
}

function addRateLimitHeaders(document: OpenAPIObject): void {
  document.components = { ...document.components, headers: structuredClone(RATE_LIMIT_HEADERS) };
}

/** Refused or not, an answer tells how often its caller may come; a fault of ours may come before that is known. */
function referToRateLimit(operation: Operation): void {
  for (const [status, answer] of Object.entries(operation.responses)) {
    if (answer === undefined || '$ref' in answer || status.startsWith('5')) continue;
    const names = status === '429' ? ['RateLimit', 'Retry-After'] : ['RateLimit'];
    const references = names.map((name) => [name, { $ref: `#/components/headers/${name}` }] as const);
    answer.headers = { ...Object.fromEntries(references), ...answer.headers };
  }
}

type Extended = Operation & {
  readonly [PUBLIC_EXTENSION]?: boolean;
  readonly [SCOPE_EXTENSION]?: string;
  readonly [ROLES_EXTENSION]?: readonly string[];
  readonly [OWN_ACCOUNT_EXTENSION]?: boolean;
  readonly [IDEMPOTENT_EXTENSION]?: boolean;
  readonly [UNLIMITED_EXTENSION]?: boolean;
};

/** Swagger's own names for a client's credentials at the OAuth operations. */
const CLIENT_CREDENTIALS: Readonly<Record<string, string>> = { basic: SECRET_KEY, bearer: MERCHANT_TOKEN };

/** Whoever may call, as the guards see it. OAuth's operations take a client's credentials in the body as well. */
function securityOf(operation: Operation): NonNullable<Operation['security']> {
  const extended = operation as Extended;
  if (extended[PUBLIC_EXTENSION] === true) {
    const named = (operation.security ?? []).flatMap((entry) => Object.keys(entry));
    return named.length === 0
      ? []
      : [...named.map((name) => ({ [CLIENT_CREDENTIALS[name] ?? name]: [] })), {}];
  }
  const scope = extended[SCOPE_EXTENSION];
  const roles = extended[ROLES_EXTENSION] ?? [];
  return [
    ...(scope === undefined ? [] : [{ [SECRET_KEY]: [] }, { [MERCHANT_TOKEN]: [scope] }]),
    ...(roles.length === 0 ? [] : [{ [MEMBER_TOKEN]: [] }]),
  ];
}

function addCommonProblems(operation: Operation, method: (typeof METHODS)[number]): void {
  const extended = operation as Extended;
  const codes: CommonCode[] = ['INTERNAL_ERROR'];
  if (extended[UNLIMITED_EXTENSION] !== true) codes.push('RATE_LIMITED');
  if (extended[PUBLIC_EXTENSION] !== true) codes.push('UNAUTHENTICATED', 'FORBIDDEN', 'SERVICE_UNAVAILABLE');
  codes.push(...unknownCodes(extended, method));
  if ((operation.parameters ?? []).length > 0) codes.push('VALIDATION_FAILED');
  if (operation.requestBody !== undefined) {
    codes.push('VALIDATION_FAILED', 'MALFORMED_BODY', 'BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE');
  }
  if (extended[IDEMPOTENT_EXTENSION] === true) {
    codes.push('IDEMPOTENCY_KEY_INVALID', 'IDEMPOTENCY_KEY_REUSED', 'IDEMPOTENCY_IN_PROGRESS');
  }
  codes.push(...heldBackCodes(extended, method));
  if ('404' in operation.responses && (operation.parameters ?? []).some(isInPath)) codes.push('NOT_FOUND');
  for (const code of codes) addProblem(operation, code);
  for (const answer of Object.values(operation.responses)) {
    const media = answer !== undefined && 'content' in answer ? answer.content?.[PROBLEM_TYPE] : undefined;
    if (media !== undefined) media.schema = { $ref: PROBLEM_REF };
  }
}

/** A database that is lost while it commits leaves nobody to ask. OAuth says so in a form of its own. */
function unknownCodes(operation: Extended, method: (typeof METHODS)[number]): CommonCode[] {
  if (method === 'get') return [];
  const answer = operation.responses['503'];
  const isOurs = answer !== undefined && 'content' in answer && PROBLEM_TYPE in (answer.content ?? {});
  return operation[PUBLIC_EXTENSION] !== true || isOurs ? ['OUTCOME_UNKNOWN'] : [];
}

/** Members of a suspended branch or agency only look, but at their own accounts. */
function heldBackCodes(operation: Extended, method: (typeof METHODS)[number]): CommonCode[] {
  if (method === 'get' || operation[OWN_ACCOUNT_EXTENSION] === true) return [];
  const roles = operation[ROLES_EXTENSION] ?? [];
  return [
    ...(roles.includes('BRANCH') ? (['BRANCH_SUSPENDED'] as const) : []),
    ...(roles.includes('AGENCY') ? (['AGENCY_SUSPENDED'] as const) : []),
  ];
}

const isInPath = (parameter: object) => 'in' in parameter && parameter.in === 'path';

function addProblem(operation: Operation, code: CommonCode): void {
  const entry = COMMON_ERRORS[code];
  const status = String(ERROR_KINDS[entry.kind]);
  const answer = (operation.responses[status] ??= { description: '', content: {} }) as Answer;
  const content = (answer.content ??= {});
  const media: MediaType = (content[PROBLEM_TYPE] ??= {});
  const examples = (media.examples ??= {});
  if (code in examples) return;
  examples[code] = problemExample(code, entry);
  answer.description = [answer.description, problemTexts(entry)].filter((text) => text !== '').join('; ');
}

function addExamples(operation: Operation, document: OpenAPIObject): void {
  const { requestBody } = operation;
  if (requestBody !== undefined && 'content' in requestBody) showAll(requestBody.content, document);
  for (const answer of Object.values(operation.responses)) {
    if (answer !== undefined && 'content' in answer) showAll(answer.content ?? {}, document);
  }
}

function showAll(content: Record<string, MediaType>, document: OpenAPIObject): void {
  for (const [type, media] of Object.entries(content)) {
    if (media.example !== undefined || media.examples !== undefined || media.schema === undefined) continue;
    if (!type.includes('json') && !type.includes('form')) continue;
    const example = schemaExample(media.schema, document.components?.schemas ?? {});
    if (example !== undefined) media.example = example;
  }
}
