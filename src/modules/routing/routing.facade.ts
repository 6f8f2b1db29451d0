import { Injectable } from '@nestjs/common';
import type { ApprovalOutcome, ContractAccess } from '../../acquirers/port/acquirer.types';
import { AppConfig } from '../../config/app-config';
import type { AcquirerContract, PaymentMethod } from '../merchants/merchants.types';
import { AcquirerGate } from './acquirer-gate';
import { CardIssuers } from './card-issuers';
import { DecisionStore } from './decision-store';
import { HealthBook } from './health-book';
import { inOrder } from './order.policy';
import { RouteExplainer } from './route-explainer.service';
import type { Passage, RoutingDecision, RoutingRequest } from './routing.types';
import { verdictOf } from './verdict.policy';

/** Which acquirer to ask, and whether it may be asked now. */
@Injectable()
export class RoutingFacade {
  constructor(
    private readonly explainer: RouteExplainer,
    private readonly gate: AcquirerGate,
    private readonly health: HealthBook,
    private readonly issuers: CardIssuers,
    private readonly decisions: DecisionStore,
    private readonly config: AppConfig,
  ) {}

  /** The merchant's contracts that may take this key-in payment, in the order to ask them, and why. */
  async keyInCandidates(mid: string, request: Omit<RoutingRequest, 'method'>): Promise<RoutingDecision> {
    return this.decide(mid, { ...request, method: 'CARD' });
  }

  /** As `keyInCandidates`, for a virtual account. */
  async accountCandidates(
    mid: string,
    wish: { readonly acquirer?: string; readonly amount: number },
  ): Promise<RoutingDecision> {
    const request = { method: 'VIRTUAL_ACCOUNT', amount: wish.amount, cardFirst6: null } as const;
    const decision = await this.decide(mid, request);
    const isWished = ({ acquirer }: AcquirerContract) =>
      wish.acquirer === undefined || acquirer === wish.acquirer;
    return { ...decision, candidates: decision.candidates.filter(isWished) };
  }

  private async decide(mid: string, request: RoutingRequest): Promise<RoutingDecision> {
    const explained = await this.explainer.explain(mid, request);
    const weighed = inOrder(explained.weighed, explained.strategy, () => Math.random());
    const resting = explained.excluded.filter(({ why }) => why === 'BREAKER').map(({ contract }) => contract);
    return { ...explained, weighed, candidates: [...resting, ...weighed.map(({ contract }) => contract)] };
  }

  /** Keeps the decision with its payment, some time later. Waits for nothing. */
  keep(paymentId: string, decision: RoutingDecision): void {
    this.decisions.keep(paymentId, decision);
  }

  /** How the call under a contract ended: the adaptive weights, and the issuers of card prefixes, are learnt from it. */
  report(contract: AcquirerContract, outcome: ApprovalOutcome, cardFirst6: string | null): void {
    this.health.record(contract, 'CARD', verdictOf(outcome), outcome.exchange.latencyMs);
    if (outcome.kind === 'APPROVED') this.issuers.learn(cardFirst6, outcome.card.issuer);
  }

  /** Contracts whose acquirer has a payment window, in the order to take them; without a `method` of either kind. */
  async windowCandidates(
    mid: string,
    wish: { readonly acquirer?: string; readonly method?: PaymentMethod; readonly amount: number },
  ): Promise<readonly AcquirerContract[]> {
    const methods: readonly PaymentMethod[] =
      wish.method === undefined ? ['CARD', 'EASY_PAY'] : [wish.method];
    const candidates: AcquirerContract[] = [];
    for (const method of methods) {
      const request = { method, amount: wish.amount, cardFirst6: null, inWindow: true } as const;
      const { weighed, strategy } = await this.explainer.explain(mid, request);
      candidates.push(...inOrder(weighed, strategy, () => Math.random()).map(({ contract }) => contract));
    }
    return candidates.filter(({ acquirer }) => wish.acquirer === undefined || acquirer === wish.acquirer);
  }

  /** The contract as an adapter needs it, with the time-outs that hold for it. */
  accessTo(contract: AcquirerContract): ContractAccess {
    const { connectTimeoutMs, answerTimeoutMs } = this.config.acquirer;
    return {
      contractId: contract.contractId,
      acquirerMerchantId: contract.acquirerMerchantId,
      credentials: contract.credentials,
      connectTimeoutMs: contract.connectTimeoutMs ?? connectTimeoutMs,
      answerTimeoutMs: contract.answerTimeoutMs ?? answerTimeoutMs,
    };
  }

  /** A passage to the acquirer, or null when it may not be asked now. Nothing was sent then. */
  enter(contract: AcquirerContract, access: ContractAccess, method: PaymentMethod = 'CARD'): Passage | null {
    return this.gate.enter(contract.acquirer, method, access);
  }

  /** Takes away at most so many decision records that are too old; answers how many. */
  purgeExpired(countMax: number): Promise<number> {
    return this.decisions.purgeExpired(countMax);
  }
}
