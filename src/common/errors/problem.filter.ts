import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AppConfig } from '../../config/app-config';
import { databaseErrorName, isConnectionFailure } from '../db/database-errors';
import { requestContext } from '../http/request-context';
import { ReplayedAnswer } from '../idempotency/replayed-answer';
import { Logger } from '../logging/logger';
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

/** Every error that leaves does so here, as a problem answer. An unexpected one is logged by name and told as nothing. */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly config: AppConfig,
    private readonly logger: Logger,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    this.answer(thrown, host.switchToHttp().getResponse<FastifyReply>());
  }

  answer(thrown: unknown, reply: FastifyReply): void {
    if (thrown instanceof ReplayedAnswer) {
      const { status, contentType, body } = thrown.answer;
      void reply.status(status).header('idempotency-replayed', 'true').type(contentType).send(body);
      return;
    }
    const error = this.known(thrown);
    const context = requestContext();
    const language = context?.language ?? 'ko';
    const { retryAfterSeconds, headers = {} } = error.extras;
    if (retryAfterSeconds !== undefined) void reply.header('retry-after', String(retryAfterSeconds));
    for (const [name, value] of Object.entries(headers)) void reply.header(name, value);
    const where = { traceId: context?.requestId ?? 'none', baseUrl: this.config.http.publicUrl };
    void reply
      .status(error.status)
      .header('content-language', language)
      .header('vary', 'Accept-Language')
      .type('application/problem+json; charset=utf-8')
      .send(JSON.stringify(problemOf(error, language, where)));
  }

  private known(thrown: unknown): AppError {
    if (thrown instanceof AppError) return thrown;
    if (isConnectionFailure(thrown)) {
      this.logger.warn('database.unavailable', { errorCode: databaseErrorName(thrown) });
      return fault(COMMON_ERRORS, 'SERVICE_UNAVAILABLE', { retryAfterSeconds: 1, cause: thrown });
    }
    const status =
      thrown instanceof HttpException ? thrown.getStatus() : (thrown as { statusCode?: unknown })?.statusCode;
    const code = typeof status === 'number' ? BY_STATUS[status] : undefined;
    if (code !== undefined) return fault(COMMON_ERRORS, code);
    this.logger.failure('request.failed', thrown);
    return fault(COMMON_ERRORS, 'INTERNAL_ERROR', { cause: thrown });
  }
}
