import { Inject, Injectable } from '@nestjs/common';
import { ACQUIRERS, type AcquirerRegistry } from '../../acquirers/port/acquirer.port';
import { fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { isId } from '../../common/ids/id';
import { Clock } from '../../common/time/clock';
import { MerchantsFacade } from '../merchants/merchants.facade';
import { PAYMENT_METHODS, type PaymentMethod } from '../merchants/merchants.types';
import { AcquirerGate } from './acquirer-gate';
import { DecisionStore } from './decision-store';
import { HealthBook } from './health-book';
import { MaintenanceCalendar } from './maintenance.service';
import { weigh } from './order.policy';
import { RouteExplainer } from './route-explainer.service';
import type {
  BreakerState,
  HealthFigures,
  KeptDecision,
  MaintenanceWindow,
  RoutingDecision,
  RoutingRequest,
  Weighed,
} from './routing.types';

const MERCHANTS_MAX = 50;
const MID = /^M\d{7}$/;

/** One acquirer as this process sees it now. */
export interface AcquirerOverview {
  readonly acquirer: string;
  /** OPEN where that of any method is. */
  readonly breaker: BreakerState;
  readonly inFlight: number;
  readonly methods: readonly (HealthFigures & {
    readonly method: PaymentMethod;
    readonly breaker: BreakerState;
    readonly inFlight: number;
  })[];
  readonly maintenance: readonly (MaintenanceWindow & { readonly active: boolean })[];
  /** Of merchants whose payments this process has sent lately. */
  readonly contracts: readonly Weighed[];
}

/** What operators look at: how acquirers work, where a payment would go, and where one went. */
@Injectable()
export class RoutingOverview {
  constructor(
    @Inject(ACQUIRERS) private readonly registry: AcquirerRegistry,
    private readonly explainer: RouteExplainer,
    private readonly gate: AcquirerGate,
    private readonly health: HealthBook,
    private readonly calendar: MaintenanceCalendar,
    private readonly decisions: DecisionStore,
    private readonly merchants: MerchantsFacade,
    private readonly clock: Clock,
  ) {}

  async acquirers(): Promise<AcquirerOverview[]> {
    const now = this.clock.now();
    const windows = await this.calendar.upcoming();
    const weighed = await this.weighedLately();
    return [...this.registry.keys()].sort().map((acquirer) => {
      const methods = PAYMENT_METHODS.filter((method) => this.explainer.serves(acquirer, method)).map(
        (method) => ({
          method,
          ...this.gate.stateOf(acquirer, method),
          ...this.health.figuresOf(acquirer, method),
        }),
      );
      return {
        acquirer,
        breaker: methods.some(({ breaker }) => breaker === 'OPEN') ? 'OPEN' : 'CLOSED',
        inFlight: methods.reduce((sum, { inFlight }) => sum + inFlight, 0),
        methods,
        maintenance: windows
          .filter((window) => window.acquirer === acquirer)
          .map((window) => ({ ...window, active: window.from <= now })),
        contracts: weighed.filter(({ contract }) => contract.acquirer === acquirer),
      };
    });
  }

  /** Where a payment would go. Nothing is sent. Throws NOT_FOUND for an unknown merchant. */
  async dryRun(mid: string, request: RoutingRequest, at: Date | undefined): Promise<RoutingDecision> {
    const merchant = MID.test(mid) ? await this.merchants.findMerchant(mid) : null;
    if (merchant === null) throw fault(COMMON_ERRORS, 'NOT_FOUND');
    return this.explainer.explain(mid, request, at);
  }

  /** Throws NOT_FOUND where there is no such payment, or no record of its routing. */
  async decisionOf(paymentId: string): Promise<KeptDecision> {
    const kept = isId('pay', paymentId) ? await this.decisions.find(paymentId) : null;
    if (kept === null) throw fault(COMMON_ERRORS, 'NOT_FOUND');
    return kept;
  }

  /** Card contracts of the merchants seen lately, each with its share among the merchant's own. */
  private async weighedLately(): Promise<Weighed[]> {
    const all: Weighed[] = [];
    for (const mid of this.health.midsSeen(MERCHANTS_MAX)) {
      const merchant = await this.merchants.findMerchant(mid);
      const contracts = (await this.merchants.listContracts(mid)).filter(
        ({ enabled, methods, acquirer }) =>
          enabled && methods.includes('CARD') && this.explainer.serves(acquirer, 'CARD'),
      );
      const standingOf = (contract: (typeof contracts)[number]) => this.health.standingOf(contract, 'CARD');
      all.push(...weigh(contracts, merchant?.routingStrategy ?? 'PRIORITY', standingOf));
    }
    return all;
  }
}
