import { Injectable } from '@nestjs/common';
import type { KeyInCard } from '../../../acquirers/port/acquirer.types';
import { type AppError, fault } from '../../../common/errors/app-error';
import { Secret } from '../../../common/masking/secret';
import { PaymentsFacade } from '../../payments/payments.facade';
import type { ApprovalResult, Instrument, OrderContent } from '../../payments/use-cases/approval.types';
import { BILLING_ERRORS } from '../billing.errors';
import type { BillingKey } from '../billing.types';
import { isRevoked } from '../keys/billing-key.state';
import { BillingKeyVault } from '../keys/billing-key.vault';
import { BillingKeysRepository } from '../keys/billing-keys.repository';

export interface ChargeCommand {
  readonly mid: string;
  readonly actor: string;
  readonly billingKey: string;
  readonly order: OrderContent;
  /** 64 hex digits, equal only for one and the same request. */
  readonly requestHash: string;
}

/** A payment with a kept card, by the rules of every card approval; under the contract that issued the key, no other. */
@Injectable()
export class ChargeBillingKey {
  constructor(
    private readonly keys: BillingKeysRepository,
    private readonly vault: BillingKeyVault,
    private readonly payments: PaymentsFacade,
  ) {}

  /** As PaymentsFacade.approve; besides, BILLING_KEY_NOT_FOUND, BILLING_KEY_REVOKED or BILLING_KEY_NOT_ACTIVE. */
  async run({ mid, actor, billingKey, order, requestHash }: ChargeCommand): Promise<ApprovalResult> {
    const key = await this.keys.find(mid, billingKey);
    if (key === null) throw fault(BILLING_ERRORS, 'BILLING_KEY_NOT_FOUND');
    const contentFingerprint = await this.vault.contentFingerprint(canonical(mid, billingKey, order));
    if (key.status !== 'ACTIVE') {
      return this.payments.answerKnown({ mid, order, contentFingerprint, requestHash }, refusalOf(key));
    }
    const customerKey = await this.vault.openCustomerKey(key);
    return this.payments.approve({
      mid,
      actor,
      order: { customerKey, ...order },
      contentFingerprint,
      requestHash,
      instrument: await this.instrument(key, customerKey),
      pinnedContractId: key.contractId,
    });
  }

  private async instrument(key: BillingKey, customerKey: string): Promise<Instrument> {
    const token = await this.vault.openToken(key);
    if (token !== null) {
      const { cardFirst6: first6, cardLast4: last4, cardNumberLength: length } = key;
      return { kind: 'BILLING_TOKEN', token, customerKey, card: { first6, last4, length } };
    }
    const kept = await this.vault.openCard(key);
    if (kept === null) throw new Error('an active billing key without card and token');
    return { kind: 'CARD', card: new Secret<KeyInCard>(kept.expose()) };
  }
}

/** Only true of an order that is not known already: one that is, even if its outcome is not, is answered by that. */
function refusalOf({ status }: BillingKey): AppError {
  return fault(BILLING_ERRORS, isRevoked(status) ? 'BILLING_KEY_REVOKED' : 'BILLING_KEY_NOT_ACTIVE', {
    members: { billingKeyStatus: status, outcome: 'FAILURE' },
  });
}

/** The whole content in one fixed form, for the keyed fingerprint that tells a repeated order from another one. */
function canonical(mid: string, billingKey: string, order: OrderContent): readonly unknown[] {
  const metadata = Object.entries(order.metadata ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    ...['BILLING', mid, billingKey, order.orderNo, order.amount, order.taxFreeAmount ?? 0],
    ...[order.serviceCharge ?? 0, order.goodsName, order.buyerName ?? null, order.buyerPhone ?? null],
    ...[order.buyerEmail ?? null, order.installmentMonths ?? 0, order.branchId ?? null, metadata],
  ];
}
