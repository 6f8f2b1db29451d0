import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { ACQUIRERS, type AcquirerRegistry, hasWindow } from '../../../acquirers/port/acquirer.port';
import type { WindowOutcome } from '../../../acquirers/port/window.types';
import { BlindIndex } from '../../../common/crypto/blind-index';
import { Sealer } from '../../../common/crypto/sealer';
import { fault } from '../../../common/errors/app-error';
import { newId } from '../../../common/ids/id';
import { includedVat } from '../../../common/money/won';
import { Clock } from '../../../common/time/clock';
import { AppConfig } from '../../../config/app-config';
import { MerchantsFacade } from '../../merchants/merchants.facade';
import type { AcquirerContract, PaymentMethod } from '../../merchants/merchants.types';
import { RoutingFacade } from '../../routing/routing.facade';
import type { ExchangeRecord } from '../journal/journal.types';
import { PaymentJournal } from '../journal/payment-journal';
import { PAYMENT_ERRORS } from '../payments.errors';
import { PaymentsRepository } from '../payments.repository';
import type { Payment } from '../payments.types';
import { ReceiptWishCheck } from '../receipts/receipt-wish-check';
import { ReceiptWishes } from '../receipts/receipt-wishes';
import type { NewCheckout } from '../checkout/checkout.types';
import type { CreateCheckoutRequest } from '../checkout/dto/checkout.request';

const TOKEN_BYTES = 32;

export interface CreatedCheckout {
  readonly checkoutId: string;
  /** Shown once; only its hash is kept. */
  readonly paymentToken: string;
  readonly payment: Payment;
  readonly expiresAt: Date;
  readonly clientParams: Readonly<Record<string, string | number | boolean>>;
}

export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}

/** Order first: amount and order number are ours before the payer sees a window. */
@Injectable()
export class CreateCheckout {
  constructor(
    @Inject(ACQUIRERS) private readonly acquirers: AcquirerRegistry,
    private readonly merchants: MerchantsFacade,
    private readonly routing: RoutingFacade,
    private readonly journal: PaymentJournal,
    private readonly payments: PaymentsRepository,
    private readonly sealer: Sealer,
    private readonly receipts: ReceiptWishes,
    private readonly wishCheck: ReceiptWishCheck,
    private readonly index: BlindIndex,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  async run(mid: string, actor: string, request: CreateCheckoutRequest): Promise<CreatedCheckout> {
    const contract = await this.contractFor(mid, request);
    if (request.cashReceipt !== undefined) {
      await this.wishCheck.run(mid, request.method === undefined ? contract.methods : [request.method]);
    }
    const paymentToken = randomBytes(TOKEN_BYTES).toString('base64url');
    const made = await this.order(mid, actor, request, { contract, paymentToken });
    const created = await this.journal.checkouts.create(made);
    if (created === 'EXISTS') throw fault(PAYMENT_ERRORS, 'ORDER_NO_CONFLICT');
    if (created === 'BARRED') throw fault(PAYMENT_ERRORS, 'ORDER_NET_CANCELLED');
    const payment = await this.payments.find({ kind: 'ALL' }, made.paymentId);
    if (payment === null) throw new Error('the checkout just made is gone');
    const clientParams = await this.openWindow(payment, contract, request);
    const expiresAt = new Date(made.at.getTime() + made.lifetimeMs);
    return { checkoutId: made.checkoutId, paymentToken, payment, expiresAt, clientParams };
  }

  private async contractFor(mid: string, request: CreateCheckoutRequest): Promise<AcquirerContract> {
    const wish = { acquirer: request.acquirer, method: request.method, amount: request.amount };
    const [first] = await this.routing.windowCandidates(mid, wish);
    if (first === undefined) throw fault(PAYMENT_ERRORS, 'NO_ACQUIRER_CONTRACT');
    return first;
  }

  private async order(
    mid: string,
    actor: string,
    request: CreateCheckoutRequest,
    { contract, paymentToken }: { contract: AcquirerContract; paymentToken: string },
  ): Promise<NewCheckout> {
    const paymentId = newId('pay');
    const taxFreeAmount = request.taxFreeAmount ?? 0;
    const fingerprint = await this.index.fingerprint('checkout', JSON.stringify(request));
    return {
      checkoutId: newId('chk'),
      paymentId,
      mid,
      orderNo: request.orderNo,
      contract,
      method: methodOf(contract, request.method),
      amount: request.amount,
      taxFreeAmount,
      vat: includedVat(request.amount, taxFreeAmount, 0),
      goodsName: request.goodsName,
      buyerName: request.buyerName ?? null,
      buyerContactSealed: await this.sealContact(mid, paymentId, request),
      customerKey: request.customerKey ?? null,
      metadata: request.metadata ?? null,
      contentFingerprint: fingerprint.toString('hex'),
      tokenHash: tokenHash(paymentToken),
      lifetimeMs: this.config.checkout.lifetimeMs,
      acknowledgeWithinSeconds: request.acknowledgeWithinSeconds ?? null,
      receiptWish:
        request.cashReceipt === undefined
          ? null
          : await this.receipts.seal(mid, paymentId, request.cashReceipt),
      actor,
      at: this.clock.now(),
    };
  }

  /** Prepares the window where the acquirer wants to know beforehand; a checkout without a window is closed again. */
  private async openWindow(payment: Payment, contract: AcquirerContract, request: CreateCheckoutRequest) {
    const adapter = this.acquirers.get(contract.acquirer);
    if (adapter === undefined || !hasWindow(adapter))
      throw new Error('a contract without a window was chosen');
    const startedAt = this.clock.now();
    const opened = await adapter.openWindow(this.routing.accessTo(contract), {
      acquirerOrderNo: payment.acquirerOrderNo,
      amount: payment.amount,
      taxFreeAmount: payment.taxFreeAmount,
      goodsName: payment.goodsName,
      buyerName: request.buyerName,
      buyerEmail: request.buyerEmail,
      buyerPhone: request.buyerPhone,
      customerKey: request.customerKey,
      method: request.method,
      requestedAt: payment.createdAt,
      returnUrl: request.returnUrl ?? `${this.config.http.publicUrl}/checkout/return`,
    });
    const record = this.record(payment, opened, startedAt);
    if (opened.kind === 'OPENED') {
      await this.journal.checkouts.opened(payment, opened.acquirerTransactionId, record);
      return opened.clientParams;
    }
    const end = { to: 'FAILED', failureCode: 'ACQUIRER_UNAVAILABLE', actor: 'gateway:checkout' } as const;
    const reason = 'the acquirer opened no window';
    await this.journal.checkouts.end(payment.paymentId, { ...end, reason, at: this.clock.now() }, record);
    const members = { paymentId: payment.paymentId, outcome: 'FAILURE' };
    const { code, message } = opened.exchange;
    const acquirer = code === null ? undefined : { name: payment.acquirer, code, message: message ?? '' };
    throw fault(PAYMENT_ERRORS, 'ACQUIRER_UNAVAILABLE', { members, acquirer, retryAfterSeconds: 5 });
  }

  private record(payment: Payment, opened: WindowOutcome, startedAt: Date): ExchangeRecord | null {
    if (opened.exchange === null) return null;
    return {
      attemptId: newId('att'),
      paymentId: payment.paymentId,
      cancelId: null,
      operation: 'OPEN',
      outcome: opened.kind,
      acquirer: payment.acquirer,
      contractId: payment.contractId,
      acquirerOrderNo: payment.acquirerOrderNo,
      acquirerTransactionId: opened.kind === 'OPENED' ? opened.acquirerTransactionId : null,
      exchange: opened.exchange,
      startedAt,
      finishedAt: this.clock.now(),
    };
  }

  private async sealContact(
    mid: string,
    paymentId: string,
    { buyerPhone, buyerEmail }: CreateCheckoutRequest,
  ): Promise<Buffer | null> {
    if (buyerPhone === undefined && buyerEmail === undefined) return null;
    const context = { table: 'payments', column: 'buyer_contact_sealed', rowId: paymentId, mid };
    return this.sealer.seal('pii', context, JSON.stringify({ phone: buyerPhone, email: buyerEmail }));
  }
}

/** What the payer is expected to pay by; the confirm says what it was. */
function methodOf(contract: AcquirerContract, wish: PaymentMethod | undefined): PaymentMethod {
  return wish ?? contract.methods[0] ?? 'CARD';
}
