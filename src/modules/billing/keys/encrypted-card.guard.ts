import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { hasCardExpired } from '../../../common/cards/card.validators';
import { fault } from '../../../common/errors/app-error';
import { isOffClock } from '../../../common/http/request-age';
import { validated } from '../../../common/http/validation';
import type { IdempotentRequest } from '../../../common/idempotency/idempotent.decorator';
import { Clock } from '../../../common/time/clock';
import { AppConfig } from '../../../config/app-config';
import { MerchantsFacade } from '../../merchants/merchants.facade';
import { EncryptedRequest } from '../../payments/payments.facade';
import { PAYMENT_ERRORS } from '../../payments/payments.errors';
import { BillingKeyVault } from './billing-key.vault';
import { BillingKeyContent } from './dto/billing-key-content';

/** A request for a billing key, opened and checked. It holds card data and lives no longer than the request. */
export interface OpenedCard {
  readonly content: BillingKeyContent;
  /** Hex; equal only for the same bytes sent again. */
  readonly requestHash: string;
}

export interface EncryptedCardRequest extends IdempotentRequest {
  openedCard?: OpenedCard;
}

const EXPIRED = { ko: '유효기간이 지났습니다.', en: 'The expiry date has passed.' };

/** Opens `encData`, checks the plaintext as strictly as any body, and hands it on. Runs after authentication. */
@Injectable()
export class EncryptedCardGuard implements CanActivate {
  constructor(
    private readonly merchants: MerchantsFacade,
    private readonly vault: BillingKeyVault,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<EncryptedCardRequest>();
    const body = validated(EncryptedRequest, request.body);
    const { principal } = request;
    if (principal?.kind !== 'MERCHANT_SYSTEM' || principal.mid !== body.mid) {
      throw fault(PAYMENT_ERRORS, 'MERCHANT_NOT_FOUND');
    }
    const opened = await this.merchants.openRequest(body.mid, body);
    const now = this.clock.now();
    const content = validated(BillingKeyContent, opened.plaintext, ({ cardExpiry }, isGood) =>
      isGood('cardExpiry') && hasCardExpired(cardExpiry, now)
        ? [{ field: 'cardExpiry', code: 'EXPIRED', message: EXPIRED }]
        : [],
    );
    if (isOffClock(content.requestedAt, now, this.config.requestClockSkewMs)) {
      throw fault(PAYMENT_ERRORS, 'REQUEST_EXPIRED');
    }
    request.openedCard = { content, requestHash: opened.requestHash.toString('hex') };
    // Without the time of sending, which a repetition changes, and the password digits, which may not be kept.
    const { cardNumber, cardExpiry, birthOrBusinessNo, customerKey } = content;
    request.idempotencyContent = await this.vault.contentFingerprint([
      ...['BILLING_KEY', body.mid, customerKey, cardNumber, cardExpiry, birthOrBusinessNo ?? null],
      ...[content.buyerName ?? null, content.buyerPhone ?? null, content.buyerEmail ?? null],
    ]);
    return true;
  }
}
