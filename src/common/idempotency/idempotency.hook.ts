import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { Logger } from '../logging/logger';
import { IdempotencyStore } from './idempotency.store';
import type { IdempotentRequest } from './idempotent.decorator';
import { FINAL_STATUSES, isKeptRefusal } from './kept-refusals';

/** Keeps the answer of a claimed key just before it leaves, or gives the key back. */
@Injectable()
export class IdempotencyHook {
  constructor(
    private readonly store: IdempotencyStore,
    private readonly logger: Logger,
  ) {}

  register(fastify: FastifyInstance): void {
    fastify.addHook('onSend', async (request, reply, payload) => {
      const { idempotencyClaim: claim } = request as unknown as IdempotentRequest;
      if (claim === undefined) return payload;
      try {
        const body = bodyOf(payload);
        if (body !== null && isFinal(reply.statusCode, body)) {
          await this.store.keep(claim, { status: reply.statusCode, contentType: contentType(reply), body });
        } else await this.store.release(claim);
      } catch (error) {
        // The answer is true all the same. The key stays locked for a while, and then runs into the operation's own
        // natural key.
        this.logger.failure('idempotency.not-kept', error);
      }
      return payload;
    });
  }
}

function bodyOf(payload: unknown): Buffer | null {
  if (typeof payload === 'string') return Buffer.from(payload, 'utf8');
  if (Buffer.isBuffer(payload)) return payload;
  return payload === null || payload === undefined ? Buffer.alloc(0) : null;
}

function contentType(reply: FastifyReply): string {
  const given = reply.getHeader('content-type');
  return typeof given === 'string' ? given : 'application/json; charset=utf-8';
}

/**
 * Whether an answer is the end of the matter. Refused input and passing states are not; of the faults only a lost
 * answer that is known to be undone is.
 */
function isFinal(status: number, body: Buffer): boolean {
  if (status >= 200 && status < 300) return true;
  if (status !== 504 && !FINAL_STATUSES.has(status)) return false;
  const { code, outcome } = JSON.parse(body.toString('utf8')) as { code?: string; outcome?: string };
  return status === 504 ? outcome === 'FAILURE' : isKeptRefusal(status, code ?? '');
}
