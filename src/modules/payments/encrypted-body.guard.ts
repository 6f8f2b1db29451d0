import {
  type CanActivate,
  type ExecutionContext,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { BlindIndex } from '../../common/crypto/blind-index';
import { fault } from '../../common/errors/app-error';
import type { AuthenticatedRequest } from '../../common/http/decorators';
import { isOffClock } from '../../common/http/request-age';
import { validated } from '../../common/http/validation';
import { Secret } from '../../common/masking/secret';
import { Clock } from '../../common/time/clock';
import { AppConfig } from '../../config/app-config';
import { MerchantsFacade } from '../merchants/merchants.facade';
import { EncryptedRequest } from './dto/encrypted.request';
import { KeyInContent } from './dto/key-in-content';
import { canonicalContent, keyInFaults } from './key-in.rules';
import { PAYMENT_ERRORS } from './payments.errors';
import type { ApprovalCommand } from './use-cases/approval.types';

/** A key-in request, opened and checked. It holds card data and lives no longer than the request. */
export interface OpenedKeyIn {
  readonly content: KeyInContent;
  /** Hex of the keyed fingerprint of the whole content. */
  readonly contentFingerprint: string;
  /** Hex; equal only for the same bytes sent again. */
  readonly requestHash: string;
}

export interface KeyInRequest extends AuthenticatedRequest {
  keyIn?: OpenedKeyIn;
  /** What the Idempotency-Key's fingerprint is made of: the ciphertext differs each time, its content does not. */
  idempotencyContent?: unknown;
}

/** An opened request as the approval that it asks for; points and cash receipts are not the card's. */
export function keyInOrder(keyIn: OpenedKeyIn): Omit<ApprovalCommand, 'mid' | 'actor'> {
  const { content, contentFingerprint, requestHash } = keyIn;
  const { cardNumber, cardExpiry, birthOrBusinessNo, cardPasswordTwoDigits, ...order } = content;
  const card = new Secret({ cardNumber, cardExpiry, birthOrBusinessNo, cardPasswordTwoDigits });
  return { order, contentFingerprint, requestHash, instrument: { kind: 'CARD', card } };
}

const FINGERPRINT_PURPOSE = 'order-content';

/** Opens `encData`, checks the plaintext as strictly as any body, and hands it on. Runs after authentication. */
@Injectable()
export class EncryptedBodyGuard implements CanActivate, OnApplicationBootstrap {
  constructor(
    private readonly merchants: MerchantsFacade,
    private readonly index: BlindIndex,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  onApplicationBootstrap(): Promise<void> {
    return this.index.ready(FINGERPRINT_PURPOSE);
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<KeyInRequest>();
    const body = validated(EncryptedRequest, request.body);
    const { principal } = request;
    if (principal?.kind !== 'MERCHANT_SYSTEM' || principal.mid !== body.mid) {
      throw fault(PAYMENT_ERRORS, 'MERCHANT_NOT_FOUND');
    }
    const opened = await this.merchants.openRequest(body.mid, body);
    const now = this.clock.now();
    const content = validated(KeyInContent, opened.plaintext, (keyIn, isGood) =>
      keyInFaults(keyIn, now, isGood),
    );
    if (isOffClock(content.requestedAt, now, this.config.requestClockSkewMs)) {
      throw fault(PAYMENT_ERRORS, 'REQUEST_EXPIRED');
    }
    const fingerprint = this.index.fingerprintSync(FINGERPRINT_PURPOSE, canonicalContent(body.mid, content));
    const contentFingerprint = fingerprint.toString('hex');
    request.keyIn = { content, contentFingerprint, requestHash: opened.requestHash.toString('hex') };
    request.idempotencyContent = contentFingerprint;
    return true;
  }
}
