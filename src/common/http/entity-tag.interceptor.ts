import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { isKnown, tagOf } from './entity-tag';

/** Tags the answer, and leaves it out where the caller has it already. It is read anew each time all the same. */
@Injectable()
export class EntityTagInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    return next
      .handle()
      .pipe(map((answer: unknown) => (isKnown(request, reply, tagOf(answer)) ? undefined : answer)));
  }
}

/**
 * For a GET that answers the same until something changes: a weak ETag, and 304 for whoever has that answer. Figures of
 * money are never kept by anybody but the caller, and never shown without asking again (`private, no-cache`).
 */
export const Revalidated = () =>
  applyDecorators(
    UseInterceptors(EntityTagInterceptor),
    ApiHeader({
      name: 'If-None-Match',
      required: false,
      description: '가진 응답의 ETag; 그대로이면 304 / ETag of the answer at hand; 304 if it is the same',
      schema: { type: 'string', maxLength: 500, example: 'W/"k3XdRq0vYt5mQ2nB7cJ1hA"' },
    }),
    ApiResponse({
      status: 304,
      description: '바뀌지 않음 / Not changed',
      headers: {
        ETag: {
          description: '응답의 약한 ETag, 200에도 있음 / Weak ETag of the answer, with 200 as well',
          schema: { type: 'string', example: 'W/"k3XdRq0vYt5mQ2nB7cJ1hA"' },
        },
      },
    }),
  );
