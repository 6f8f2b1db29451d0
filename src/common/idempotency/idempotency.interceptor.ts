import { createHash } from 'node:crypto';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Observable } from 'rxjs';
import { BlindIndex } from '../crypto/blind-index';
import { fault } from '../errors/app-error';
import { COMMON_ERRORS } from '../errors/common.errors';
import { sourceOf } from '../http/source-of';
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
    const id = scopedKey(request, key);
    const fingerprint = await this.index.fingerprint(FINGERPRINT_PURPOSE, contentOf(request, key));
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
function scopedKey(request: IdempotentRequest, key: string): Buffer {
  const path = request.url.split('?', 1)[0]!;
  return createHash('sha256')
    .update(JSON.stringify([callerOf(request), request.method, path, key]))
    .digest();
}

/**
 * Somebody without a login is known by its address only, which it may share with strangers. One of them who guessed a
 * key would learn that it was used, and be given its answer only for the same body, that is, the password or token
 * that is in it.
 */
function callerOf({ principal, ip }: IdempotentRequest): string {
  if (principal === undefined) return `anybody:${sourceOf(ip)}`;
  return principal.kind === 'MEMBER' ? `member:${principal.memberId}` : `merchant:${principal.mid}`;
}

/**
 * What a key was used for, in one form. Bodies of public operations hold passwords. A fingerprint is quicker to try
 * than a password's hash, so the caller's key is part of it, which is kept nowhere in the clear.
 */
function contentOf({ principal, idempotencyContent, body }: IdempotentRequest, key: string): string {
  const content: unknown = idempotencyContent ?? body ?? null;
  return canonicalJson(principal === undefined ? [key, content] : content);
}
