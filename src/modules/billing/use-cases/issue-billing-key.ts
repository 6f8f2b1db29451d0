import { Inject, Injectable } from '@nestjs/common';
import { ACQUIRERS, canBill, canKeyIn, type AcquirerRegistry } from '../../../acquirers/port/acquirer.port';
import type { BillingKeyOutcome } from '../../../acquirers/port/ability.types';
import { crashPoint } from '../../../common/crash/crash-point';
import { type AppError, fault } from '../../../common/errors/app-error';
import { newId } from '../../../common/ids/id';
import { Logger } from '../../../common/logging/logger';
import { Secret } from '../../../common/masking/secret';
import { Clock } from '../../../common/time/clock';
import { AppConfig } from '../../../config/app-config';
import type { AcquirerContract, BillingStorage } from '../../merchants/merchants.types';
import { DECLINE_ERRORS } from '../../payments/decline.errors';
import { PAYMENT_ERRORS } from '../../payments/payments.errors';
import { RoutingFacade } from '../../routing/routing.facade';
import type { Passage } from '../../routing/routing.types';
import { BILLING_ERRORS } from '../billing.errors';
import type { BillingKey, CustomersBillingKey } from '../billing.types';
import { isRevoked } from '../keys/billing-key.state';
import { BillingKeyVault } from '../keys/billing-key.vault';
import { BillingKeysRepository, type NewBillingKey } from '../keys/billing-keys.repository';
import type { BillingKeyContent } from '../keys/dto/billing-key-content';
import { UnknownIssue } from './unknown-issue';

export interface IssueCommand {
  readonly mid: string;
  readonly actor: string;
  readonly content: BillingKeyContent;
  /** 64 hex digits: the very same request issues one key only. */
  readonly requestHash: string;
}

interface Target {
  readonly contract: AcquirerContract;
  readonly storage: BillingStorage;
}

/**
 * Keeps a card for later payments, as the contract says: its acquirer's token, asked for as intent, call and outcome;
 * or the card itself, sealed. Password digits go to the acquirer and nowhere else.
 */
@Injectable()
export class IssueBillingKey {
  constructor(
    private readonly routing: RoutingFacade,
    @Inject(ACQUIRERS) private readonly acquirers: AcquirerRegistry,
    private readonly keys: BillingKeysRepository,
    private readonly vault: BillingKeyVault,
    private readonly unknown: UnknownIssue,
    private readonly config: AppConfig,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** The key, ACTIVE. Throws a decline (402), an unknown outcome (504), or what keeps it from being asked for. */
  async run(command: IssueCommand): Promise<CustomersBillingKey> {
    const { mid, content, requestHash } = command;
    const known = await this.keys.findByRequest(mid, requestHash);
    if (known !== null) return this.answer(known);
    for (const target of await this.targets(mid, content.cardNumber.slice(0, 6))) {
      if (target.storage === 'SEALED_CARD') return this.keep(command, target);
      const { contract } = target;
      const passage = this.routing.enter(contract, this.routing.accessTo(contract));
      if (passage === null) continue;
      try {
        return await this.ask(command, target, passage);
      } finally {
        passage.giveBack();
      }
    }
    throw fault(PAYMENT_ERRORS, 'ACQUIRER_UNAVAILABLE', { retryAfterSeconds: 5 });
  }

  /** No acquirer has to be asked: the card waits, sealed, for its first payment. */
  private async keep(command: IssueCommand, target: Target): Promise<CustomersBillingKey> {
    const made = await this.made(command, target, null);
    const cardSealed = await this.vault.sealCard(made, command.content);
    const writer = { actor: command.actor, reason: 'card sealed', at: this.clock.now() };
    await this.keys.insert({ ...made, status: 'ACTIVE', cardSealed }, writer);
    return this.outcomeOf(command);
  }

  private async ask(command: IssueCommand, target: Target, passage: Passage): Promise<CustomersBillingKey> {
    const { mid, actor, content } = command;
    const access = this.routing.accessTo(target.contract);
    const { connectTimeoutMs, answerTimeoutMs } = access;
    const made = await this.made(
      command,
      target,
      connectTimeoutMs + answerTimeoutMs + this.config.worker.leaseMs,
    );
    crashPoint('billing.before-intent');
    const startedAt = this.clock.now();
    const inserted = await this.keys.insert(made, { actor, reason: 'billing key requested', at: startedAt });
    if (inserted === 'EXISTS') return this.outcomeOf(command);
    const key = await this.keys.find(mid, made.billingKey);
    const adapter = this.acquirers.get(target.contract.acquirer);
    if (key === null || adapter === undefined || !canBill(adapter)) throw new Error('no adapter to issue by');
    crashPoint('billing.before-call');
    const { cardNumber, cardExpiry, birthOrBusinessNo, cardPasswordTwoDigits } = content;
    const outcome = await adapter.issueBillingKey(access, {
      customerKey: content.customerKey,
      acquirerOrderNo: made.billingKey,
      buyerName: content.buyerName,
      buyerEmail: content.buyerEmail,
      buyerPhone: content.buyerPhone,
      card: new Secret({ cardNumber, cardExpiry, birthOrBusinessNo, cardPasswordTwoDigits }),
    });
    crashPoint('billing.after-call');
    const answered = outcome.kind === 'ISSUED' || outcome.kind === 'DECLINED';
    passage.leave(answered ? 'ANSWERED' : 'SILENT');
    await this.close(key, outcome, { actor, startedAt });
    return this.outcomeOf(command);
  }

  private async close(
    key: BillingKey,
    outcome: BillingKeyOutcome,
    { actor, startedAt }: { actor: string; startedAt: Date },
  ): Promise<void> {
    const { exchange, kind } = outcome;
    const attempt = {
      operation: 'ISSUE',
      outcome: kind,
      acquirer: key.acquirer,
      exchange,
      startedAt,
    } as const;
    const at = this.clock.now();
    if (kind === 'ISSUED') {
      const tokenSealed = await this.vault.sealToken(key, outcome.token);
      const { issuer, cardType, ownerType } = outcome.card;
      const card = { card_issuer: issuer, card_type: cardType, card_owner_type: ownerType };
      const set = { token_sealed: tokenSealed, ...card };
      const writer = { actor, reason: 'issued by the acquirer', at };
      if (await this.keys.change(key, { to: 'ACTIVE', set, attempt }, writer)) return;
      await this.takeBack(key, tokenSealed, actor);
    } else if (kind === 'UNKNOWN') {
      this.logger.warn('billing-key.unknown', { billingKey: key.billingKey, acquirer: key.acquirer });
      const writer = { actor, reason: 'the acquirer gave no usable answer', at };
      await this.unknown.giveUp(key, writer, attempt);
    } else {
      const failed = kind === 'DECLINED' ? outcome.declineCode : 'ACQUIRER_UNAVAILABLE';
      const reason = kind === 'DECLINED' ? 'declined by the acquirer' : 'the acquirer was not reached';
      const set = {
        failure_code: failed,
        failure_acquirer_code: exchange.code?.slice(0, 60) ?? null,
        failure_acquirer_message: exchange.message?.slice(0, 200) ?? null,
      };
      await this.keys.change(key, { to: 'FAILED', set, attempt }, { actor, reason, at });
    }
  }

  /** The answer came after a worker had given the key up: its token is kept only until the acquirer has forgotten it. */
  private async takeBack(before: BillingKey, tokenSealed: Buffer, actor: string): Promise<void> {
    const key = await this.keys.find(before.mid, before.billingKey);
    if (key?.status !== 'ISSUE_UNKNOWN') return;
    const writer = { actor, reason: 'issued too late, taken back', at: this.clock.now() };
    await this.keys.change(key, { to: 'REVOKING', set: { token_sealed: tokenSealed }, dueInMs: 1 }, writer);
  }

  private async outcomeOf({ mid, requestHash }: IssueCommand): Promise<CustomersBillingKey> {
    const key = await this.keys.findByRequest(mid, requestHash);
    if (key === null) throw new Error('a billing key that was just written is gone');
    return this.answer(key);
  }

  private async answer(key: BillingKey): Promise<CustomersBillingKey> {
    const { billingKey, status } = key;
    const members = { billingKey, billingKeyStatus: status, outcome: 'FAILURE' };
    // Never issued: what a lost answer may have made is being taken back, or was.
    const outcome = key.issuedAt === null && isRevoked(status) ? 'ISSUE_UNKNOWN' : status;
    switch (outcome) {
      case 'ISSUING':
        throw fault(BILLING_ERRORS, 'BILLING_KEY_IN_PROGRESS', {
          members: { billingKey },
          retryAfterSeconds: 1,
        });
      case 'FAILED':
        throw failureOf(key, members);
      case 'ISSUE_UNKNOWN':
        throw fault(BILLING_ERRORS, 'BILLING_KEY_OUTCOME_UNKNOWN', {
          members: { ...members, outcome: 'UNKNOWN' },
        });
      default:
        return { ...key, customerKey: await this.vault.openCustomerKey(key) };
    }
  }

  private async made(
    { mid, content, requestHash }: IssueCommand,
    { contract, storage }: Target,
    dueInMs: number | null,
  ): Promise<NewBillingKey> {
    const { cardNumber, customerKey } = content;
    const owner = { billingKey: newId('bil'), mid };
    return {
      ...owner,
      status: 'ISSUING',
      storage,
      contractId: contract.contractId,
      acquirer: contract.acquirer,
      requestHash,
      customerKey,
      customerIndex: await this.vault.customerIndex(mid, customerKey),
      customerKeySealed: await this.vault.sealCustomerKey(owner, customerKey),
      cardSealed: null,
      cardFirst6: cardNumber.slice(0, 6),
      cardLast4: cardNumber.slice(-4),
      cardNumberLength: cardNumber.length,
      cardIssuer: null,
      cardType: null,
      cardOwnerType: null,
      dueInMs,
      createdAt: this.clock.now(),
    };
  }

  /** Contracts that may keep the card, each with how it keeps it. Throws NO_ACQUIRER_CONTRACT when there is none. */
  private async targets(mid: string, cardFirst6: string): Promise<readonly Target[]> {
    const { candidates } = await this.routing.keyInCandidates(mid, { amount: 0, cardFirst6, storing: true });
    const targets = candidates.flatMap((contract) => {
      const adapter = this.acquirers.get(contract.acquirer);
      if (adapter === undefined) return [];
      const storage = contract.billingStorage ?? (canBill(adapter) ? 'ACQUIRER_TOKEN' : 'SEALED_CARD');
      const able = storage === 'ACQUIRER_TOKEN' ? canBill(adapter) : canKeyIn(adapter);
      return able ? [{ contract, storage }] : [];
    });
    if (targets.length === 0) throw fault(PAYMENT_ERRORS, 'NO_ACQUIRER_CONTRACT');
    return targets;
  }
}

function failureOf(key: BillingKey, members: Record<string, string>): AppError {
  const { failureCode, failureAcquirerCode: code, failureAcquirerMessage: message, acquirer: name } = key;
  const acquirer = code === null ? undefined : { name, code, message: message ?? '' };
  if (failureCode !== null && failureCode in DECLINE_ERRORS) {
    return fault(DECLINE_ERRORS, failureCode as keyof typeof DECLINE_ERRORS, { members, acquirer });
  }
  return fault(PAYMENT_ERRORS, 'ACQUIRER_UNAVAILABLE', { members, acquirer, retryAfterSeconds: 5 });
}
