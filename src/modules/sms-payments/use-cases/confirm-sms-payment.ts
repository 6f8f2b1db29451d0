import { Injectable } from '@nestjs/common';
import { BlindIndex } from '../../../common/crypto/blind-index';
import { equalInConstantTime } from '../../../common/crypto/constant-time';
import { crashPoint } from '../../../common/crash/crash-point';
import { AppError, fault } from '../../../common/errors/app-error';
import { Clock } from '../../../common/time/clock';
import { koreanTime } from '../../../common/time/korean-time';
import { AppConfig } from '../../../config/app-config';
import { MerchantsFacade } from '../../merchants/merchants.facade';
import { MERCHANTS_ERRORS } from '../../merchants/merchants.errors';
import { LinkPaymentsFacade } from '../../payments/link-payments.facade';
import { PAYMENT_ERRORS } from '../../payments/payments.errors';
import { CardKeys } from '../card-keys.service';
import { CODE_TRIES_MAX, hasLiveCode } from '../code.policy';
import type { PayLinkResponse } from '../dto/pay-link.response';
import { boundCode } from '../secrets';
import { refusalOf } from '../sms-payment-answer';
import { shownStatus } from '../sms-payment.state';
import { SmsPaymentsJournal } from '../sms-payments.journal';
import type { SmsPayment } from '../sms-payments.types';
import { refuseIdleBranch } from '../idle-branch';
import { payerActor, ReadSmsPayment } from './read-sms-payment';
import { CODE_PURPOSE } from './send-sms';
import { ShowPayLink } from './show-pay-link';
import { SettleSmsPayment } from './settle-sms-payment';

/** A confirm may go to several acquirers, one after the other, each within its own time-outs. */
const LEASES = 2;

/**
 * The payer pays: the card is opened and checked, the code tried, and only the one request that claims the link takes
 * the card to the acquirer. Throws a wrong code (422), a decline (402) or a lost answer (504) as a problem; returns
 * only what was paid.
 */
@Injectable()
export class ConfirmSmsPayment {
  constructor(
    private readonly read: ReadSmsPayment,
    private readonly merchants: MerchantsFacade,
    private readonly payments: LinkPaymentsFacade,
    private readonly journal: SmsPaymentsJournal,
    private readonly settling: SettleSmsPayment,
    private readonly show: ShowPayLink,
    private readonly keys: CardKeys,
    private readonly index: BlindIndex,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  async run(
    token: string,
    given: { readonly code: string; readonly encData: string },
  ): Promise<PayLinkResponse> {
    const seen = await this.open(token);
    const card = await this.card(seen, given.encData);
    await this.claim(seen, given.code);
    const { smsPaymentId, mid } = seen;
    const actor = payerActor(smsPaymentId);
    crashPoint('sms.after-claim');
    try {
      await this.payments.approve(mid, actor, card);
    } catch (error) {
      throw await this.refused(smsPaymentId, actor, error);
    }
    crashPoint('sms.after-approval');
    try {
      await this.settling.run(smsPaymentId, actor);
      return await this.show.run(token);
    } catch (cause) {
      // It is approved, and the worker settles it; only telling so went wrong.
      const members = { outcome: 'UNKNOWN' };
      throw fault(PAYMENT_ERRORS, 'PAYMENT_OUTCOME_UNKNOWN', { members, retryAfterSeconds: 2, cause });
    }
  }

  private async open(token: string): Promise<SmsPayment> {
    const seen = await this.read.byToken(token);
    const now = this.clock.now();
    if (seen.status === 'PAYING') throw refusalOf({ kind: 'BUSY' }, now);
    const status = shownStatus(seen.status, seen.expiresAt, now);
    const merchant = await this.merchants.findMerchant(seen.mid);
    if (status !== 'REQUESTED' || merchant?.status !== 'ACTIVE')
      throw refusalOf({ kind: 'CLOSED', status }, now);
    // Before a code is tried: the payer shall not lose tries to what is no fault of theirs.
    await refuseIdleBranch(this.merchants, seen);
    return seen;
  }

  private async card(seen: SmsPayment, encData: string) {
    const plaintext = await this.keys.open(seen, encData);
    const order = { ...seen, buyerPhone: await this.read.phoneOf(seen) };
    return this.payments.readCard(order, plaintext, encData);
  }

  /** From here on nobody else pays by this link until it is settled. */
  private async claim(seen: SmsPayment, code: string): Promise<void> {
    const { smsPaymentId, keyId } = seen;
    const hash = await this.index.fingerprint(CODE_PURPOSE, boundCode(seen, code));
    const isRight = ({ codeHash }: SmsPayment) => codeHash !== null && equalInConstantTime(codeHash, hash);
    const leaseMs = LEASES * this.config.worker.leaseMs;
    const at = this.clock.now();
    const writer = { actor: payerActor(smsPaymentId), reason: 'the code was right', at };
    const verdict = await this.journal.tryCode(
      smsPaymentId,
      { isRight, keyId: keyId ?? '', leaseMs },
      writer,
    );
    if (verdict.kind === 'CLAIM') return;
    if (verdict.kind === 'OLD_KEY') throw fault(MERCHANTS_ERRORS, 'ENC_DATA_INVALID');
    throw refusalOf(verdict, at);
  }

  /** The answer to a payer whose card was not charged, or of whom it is not known: with what is left of the code. */
  private async refused(smsPaymentId: string, actor: string, error: unknown): Promise<unknown> {
    const now = await this.settling.run(smsPaymentId, actor).catch(() => null);
    if (!(error instanceof AppError) || now === null) return error;
    const live = now.status === 'REQUESTED' && hasLiveCode(now, this.clock.now());
    // What the acquirer said is between it and the merchant.
    const { acquirer: _between, ...extras } = error.extras;
    const members = {
      ...extras.members,
      smsPaymentStatus: now.status,
      triesLeft: live ? CODE_TRIES_MAX - now.codeTries : 0,
      codeExpiresAt: live && now.codeExpiresAt !== null ? koreanTime(now.codeExpiresAt) : null,
    };
    return new AppError(error.code, error.entry, { ...extras, members });
  }
}
