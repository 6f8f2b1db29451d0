import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { fault } from '../errors/app-error';
import { COMMON_ERRORS } from '../errors/common.errors';
import { fieldName } from './validation';

/** How a handler may come by a body: as a checked class, or by reading the request itself. */
const READS_BODY: ReadonlySet<string> = new Set(
  [RouteParamtypes.BODY, RouteParamtypes.RAW_BODY, RouteParamtypes.REQUEST].map(String),
);
const FIELDS_MAX = 50;

/**
 * An operation without a body refuses every field, as the others refuse those that they do not know: whoever sends a
 * reason or an amount there means something by it. Nothing, null and an empty object are fine.
 */
@Injectable()
export class NoBodyInterceptor implements NestInterceptor {
  private readonly takers = new WeakMap<object, boolean>();

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { body, method } = context.switchToHttp().getRequest<FastifyRequest>();
    const isSent = typeof body === 'object' && body !== null && method !== 'GET';
    if (isSent && !this.takesBody(context)) {
      const errors = Object.keys(body)
        .slice(0, FIELDS_MAX)
        .map((key) => ({ field: fieldName('', key), code: 'UNKNOWN_FIELD' }));
      if (errors.length > 0) throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors });
    }
    return next.handle();
  }

  private takesBody(context: ExecutionContext): boolean {
    const handler = context.getHandler();
    const known = this.takers.get(handler);
    if (known !== undefined) return known;
    const given = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), handler.name) as
      object | undefined;
    const takes = Object.keys(given ?? {}).some((key) => READS_BODY.has(key.split(':')[0]!));
    this.takers.set(handler, takes);
    return takes;
  }
}
