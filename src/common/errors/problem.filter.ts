import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppConfig } from '../../config/app-config';
import { CommitOutcomeUnknown } from '../db/commit-outcome';
import { databaseErrorName, isConnectionFailure, isRetryableConflict } from '../db/database-errors';
import type { ToldReply } from '../http/decorators';
import { requestContext } from '../http/request-context';
import { ReplayedAnswer } from '../idempotency/replayed-answer';
import { Logger } from '../logging/logger';
import { activeTraceId } from '../tracing/spans';
import { AppError, fault } from './app-error';
import { COMMON_ERRORS } from './common.errors';
import { problemOf } from './problem';

/** What Nest and Fastify throw by themselves, by status. */
const BY_STATUS: Readonly<Record<number, keyof typeof COMMON_ERRORS>> = {
  400: 'MALFORMED_BODY',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'NOT_FOUND',
  413: 'BODY_TOO_LARGE',
  414: 'VALIDATION_FAILED',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'RATE_LIMITED',
  503: 'SERVICE_UNAVAILABLE',
};

/** Bodies that the parsers refuse. */
const UNREADABLE = new Set([400, 413, 415]);
/** RFC 6749, 5.2. */
const OAUTH_UNREADABLE = { error: 'invalid_request', error_description: 'the request cannot be read' };

/** RFC 9110, 15.5.2: no 401 without one. A guard that knows more ways in says so itself. */
const CHALLENGE = 'Bearer realm="pg-gateway"';

/** Every error that leaves does so here, as a problem answer. An unexpected one is logged by name and told as nothing. */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly config: AppConfig,
    private readonly logger: Logger,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const isOAuth = http.getRequest<FastifyRequest>().url.startsWith('/oauth/');
    // Handlers of OAuth have a filter of their own; what cannot be read does not come as far as that.
    if (isOAuth && UNREADABLE.has(statusOf(thrown) ?? 0)) void reply.status(400).send(OAUTH_UNREADABLE);
    else this.answer(thrown, reply);
  }

  answer(thrown: unknown, reply: FastifyReply): void {
    if (thrown instanceof ReplayedAnswer) {
      const { status, contentType, body } = thrown.answer;
      void reply.status(status).header('idempotency-replayed', 'true').type(contentType).send(body);
      return;
    }
    const error = this.known(thrown);
    (reply as ToldReply).problemCode = error.code;
    const context = requestContext();
    const language = context?.language ?? 'ko';
    const { retryAfterSeconds, headers = {} } = error.extras;
    if (retryAfterSeconds !== undefined) void reply.header('retry-after', String(retryAfterSeconds));
    if (error.status === 401) void reply.header('www-authenticate', CHALLENGE);
    for (const [name, value] of Object.entries(headers)) void reply.header(name, value);
    const traceId = activeTraceId() ?? context?.requestId ?? 'none';
    const where = { traceId, baseUrl: this.config.http.publicUrl };
    void reply
      .status(error.status)
      .header('content-language', language)
      .header('vary', 'Accept-Language')
      .type('application/problem+json; charset=utf-8')
      .send(JSON.stringify(problemOf(error, language, where)));
  }

  private known(thrown: unknown): AppError {
    if (thrown instanceof AppError) return thrown;
    if (thrown instanceof CommitOutcomeUnknown) {
      this.logger.warn('database.commit-unknown', { errorCode: databaseErrorName(thrown) });
      return fault(COMMON_ERRORS, 'OUTCOME_UNKNOWN', { members: { outcome: 'UNKNOWN' }, cause: thrown });
    }
    // A conflict that outlasted its tries has left nothing behind either.
    if (isConnectionFailure(thrown) || isRetryableConflict(thrown)) {
      this.logger.warn('database.unavailable', { errorCode: databaseErrorName(thrown) });
      return fault(COMMON_ERRORS, 'SERVICE_UNAVAILABLE', { retryAfterSeconds: 1, cause: thrown });
    }
    const code = BY_STATUS[statusOf(thrown) ?? 0];
    if (code !== undefined) return fault(COMMON_ERRORS, code);
    this.logger.failure('request.failed', thrown);
    return fault(COMMON_ERRORS, 'INTERNAL_ERROR', { cause: thrown });
  }
}

/** What Nest and Fastify say of their own faults. */
function statusOf(thrown: unknown): number | undefined {
  const status =
    thrown instanceof HttpException ? thrown.getStatus() : (thrown as { statusCode?: unknown })?.statusCode;
  return typeof status === 'number' ? status : undefined;
}
