import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { CommitOutcomeUnknown } from '../../common/db/commit-outcome';
import { databaseErrorName, isConnectionFailure, isRetryableConflict } from '../../common/db/database-errors';
import { AppError, fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import type { ToldReply } from '../../common/http/decorators';
import { Logger } from '../../common/logging/logger';
import { type OAuthErrorBody, OAuthFault } from './oauth-fault';

interface Answer {
  readonly status: number;
  readonly body: OAuthErrorBody;
  readonly headers: Readonly<Record<string, string>>;
}

const CLIENT_CHALLENGE = 'Basic realm="pg-gateway", charset="UTF-8"';

/** Every fault of an OAuth endpoint in RFC 6749's form. */
@Catch()
export class OAuthErrorFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const { status, body, headers } = this.answerTo(error);
    const reply = host.switchToHttp().getResponse<ToldReply>();
    reply.problemCode = body.error;
    void reply
      .status(status)
      .headers({ 'cache-control': 'no-store', ...headers })
      .send(body);
  }

  private answerTo(error: unknown): Answer {
    if (error instanceof OAuthFault) {
      const body = { error: error.error, error_description: error.description };
      const headers: Record<string, string> =
        error.error === 'invalid_client' ? { 'www-authenticate': CLIENT_CHALLENGE } : {};
      return { status: error.status, body, headers };
    }
    if (error instanceof AppError) return appErrorAnswer(error);
    // Asked again by itself, a refresh that was done would be taken for a stolen token.
    const isUnknown = error instanceof CommitOutcomeUnknown;
    if (!isUnknown && (isConnectionFailure(error) || isRetryableConflict(error))) {
      this.logger.warn('database.unavailable', { errorCode: databaseErrorName(error) });
      return appErrorAnswer(fault(COMMON_ERRORS, 'SERVICE_UNAVAILABLE', { retryAfterSeconds: 1 }));
    }
    if (error instanceof HttpException && error.getStatus() < 500) {
      const body = { error: 'invalid_request', error_description: 'the request cannot be read' } as const;
      return { status: error.getStatus(), body, headers: {} };
    }
    this.logger.failure('oauth.error', error);
    const body = { error: 'server_error', error_description: 'something went wrong on our side' } as const;
    return { status: 500, body, headers: {} };
  }
}

function appErrorAnswer(error: AppError): Answer {
  const { status, extras, entry } = error;
  const retry: Record<string, string> =
    extras.retryAfterSeconds === undefined ? {} : { 'retry-after': String(extras.retryAfterSeconds) };
  const code =
    status === 429 || status === 503
      ? 'temporarily_unavailable'
      : status < 500
        ? 'invalid_request'
        : 'server_error';
  return {
    status,
    body: { error: code, error_description: entry.en.title },
    headers: { ...extras.headers, ...retry },
  };
}
