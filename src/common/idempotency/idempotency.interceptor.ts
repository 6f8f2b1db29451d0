import { createHash } from 'node:crypto';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Observable } from 'rxjs';
import { BlindIndex } from '../crypto/blind-index';
import { fault } from '../errors/app-error';
import { COMMON_ERRORS } from '../errors/common.errors';
import type { Principal } from '../http/principal';
import { canonicalJson } from './canonical-json';
import { IdempotencyStore } from './idempotency.store';
import { IDEMPOTENT_KEY, type IdempotentRequest } from './idempotent.decorator';
import { ReplayedAnswer } from './replayed-answer';

const KEY = /^[\x20-\x7e]{1,255}$/;
const FINGERPRINT_PURPOSE = 'idempotency';

/**
 * Idempotency-Key (draft-ietf-httpapi-idempotency-key-header, with its statuses): same key and content get the first
 * answer again, byte for byte; other content 422; while the first one runs 409. Runs after the guards; the answer is
 * kept by IdempotencyHook, since its bytes exist only when it leaves.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly store: IdempotencyStore,
    private readonly index: BlindIndex,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<IdempotentRequest>();
    const key = request.headers['idempotency-key'];
    if (key === undefined || this.reflector.get<boolean>(IDEMPOTENT_KEY, context.getHandler()) !== true) {
      return next.handle();
    }
    if (typeof key !== 'string' || !KEY.test(key)) throw fault(COMMON_ERRORS, 'IDEMPOTENCY_KEY_INVALID');
    const { principal } = request;
    if (principal === undefined) return next.handle();
    const id = scopedKey(principal, request, key);
    const content = canonicalJson(request.idempotencyContent ?? request.body ?? null);
    const fingerprint = await this.index.fingerprint(FINGERPRINT_PURPOSE, content);
    const claimed = await this.store.claim(id, fingerprint);
    switch (claimed.kind) {
      case 'REUSED':
        throw fault(COMMON_ERRORS, 'IDEMPOTENCY_KEY_REUSED');
      case 'RUNNING':
        throw fault(COMMON_ERRORS, 'IDEMPOTENCY_IN_PROGRESS', { retryAfterSeconds: 1 });
      case 'DONE':
        throw new ReplayedAnswer(claimed.answer);
      case 'CLAIMED':
        request.idempotencyClaim = claimed.claim;
        request.idempotencyKeyHash = id;
        return next.handle();
    }
  }
}

/** One caller's key for one operation on one thing: neither another merchant nor another operation shares it. */
function scopedKey(principal: Principal, request: IdempotentRequest, key: string): Buffer {
  const who = principal.kind === 'MEMBER' ? `member:${principal.memberId}` : `merchant:${principal.mid}`;
  const path = request.url.split('?', 1)[0]!;
  return createHash('sha256')
    .update(JSON.stringify([who, request.method, path, key]))
    .digest();
}
