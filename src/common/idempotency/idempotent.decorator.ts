import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { AuthenticatedRequest } from '../http/decorators';

export const IDEMPOTENT_KEY = 'pg:idempotent';
/** How the OpenAPI document learns of it. */
export const IDEMPOTENT_EXTENSION = 'x-idempotent';

/** The operation honours Idempotency-Key: it creates something or moves money. */
export const Idempotent = () =>
  applyDecorators(SetMetadata(IDEMPOTENT_KEY, true), ApiExtension(IDEMPOTENT_EXTENSION, true));

/** A claimed key, until its answer is kept or the claim is given up. */
export interface IdempotencyClaim {
  readonly id: Buffer;
  /** Grows with each owner; an old owner's writes affect no row. */
  readonly epoch: number;
}

/** An answer as it left the first time. */
export interface KeptAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

export interface IdempotentRequest extends AuthenticatedRequest {
  /** Set by an earlier guard for an encrypted body: its content in one form, since the ciphertext differs each time. */
  idempotencyContent?: unknown;
  idempotencyClaim?: IdempotencyClaim;
  /** SHA-256 of the key within its scope; an operation may use it as its own natural key. */
  idempotencyKeyHash?: Buffer;
}
