import { Inject, Injectable } from '@nestjs/common';
import {
  ACQUIRERS,
  type AcquirerCapabilities,
  type AcquirerRegistry,
} from '../../acquirers/port/acquirer.port';
import { Clock } from '../../common/time/clock';
import { MerchantsFacade } from '../merchants/merchants.facade';
import type { PaymentMethod, RoutingStrategy } from '../merchants/merchants.types';
import { AcquirerGate } from './acquirer-gate';
import { fittingContracts } from './candidate.policy';
import { CardIssuers } from './card-issuers';
import { HealthBook } from './health-book';
import { MaintenanceCalendar } from './maintenance.service';
import { weigh } from './order.policy';
import type { MaintenanceWindow, RoutingDecision, RoutingRequest } from './routing.types';

/** What an adapter must be able to do for a payment of each method. */
const ABILITY = {
  CARD: 'keyIn',
  EASY_PAY: 'window',
  BANK_TRANSFER: 'window',
  VIRTUAL_ACCOUNT: 'virtualAccount',
} as const satisfies Record<PaymentMethod, string>;

/** Puts together what the policies need. Its answers hold for now and are drawn from by nobody yet. */
@Injectable()
export class RouteExplainer {
  constructor(
    @Inject(ACQUIRERS) private readonly acquirers: AcquirerRegistry,
    private readonly merchants: MerchantsFacade,
    private readonly gate: AcquirerGate,
    private readonly health: HealthBook,
    private readonly issuers: CardIssuers,
    private readonly calendar: MaintenanceCalendar,
    private readonly clock: Clock,
  ) {}

  /**
   * A merchant's contracts with their chances for a payment, unordered by chance. `at` looks at another time's hours and
   * maintenance; health and breakers are those of now. Waits for the database only where its caches do not know.
   */
  async explain(mid: string, request: RoutingRequest, at = this.clock.now()): Promise<RoutingDecision> {
    const { method, amount, cardFirst6, inWindow, pinned, storing } = request;
    const all = this.merchants.peekContracts(mid) ?? (await this.merchants.listContracts(mid));
    const contracts =
      pinned === undefined ? all : all.filter(({ contractId }) => contractId === pinned.contractId);
    const windows = this.calendar.peek() ?? (await this.calendar.upcoming());
    const strategy = await this.strategyOf(mid);
    const issuer = this.issuers.of(cardFirst6);
    const { fitting, excluded } = fittingContracts(
      contracts,
      { method, amount, issuer, at, anyIssuer: pinned !== undefined, anyAmount: storing === true },
      {
        hasAdapter: (acquirer) =>
          inWindow === true
            ? this.can(acquirer, 'window')
            : this.can(acquirer, pinned?.ability ?? ABILITY[method]) ||
              (storing === true && this.can(acquirer, 'billing')),
        inMaintenance: (acquirer) => windows.some((window) => covers(window, acquirer, method, at)),
        breakerOpen: (acquirer) => this.gate.stateOf(acquirer, method).breaker === 'OPEN',
      },
    );
    const weighed = weigh(fitting, strategy, (contract) => this.health.standingOf(contract, method));
    const candidates = weighed.map(({ contract }) => contract);
    return { strategy, method, amount, issuer, decidedAt: at, candidates, weighed, excluded };
  }

  serves(acquirer: string, method: PaymentMethod): boolean {
    return this.can(acquirer, ABILITY[method]);
  }

  private can(acquirer: string, ability: keyof AcquirerCapabilities): boolean {
    return this.acquirers.get(acquirer)?.capabilities[ability] === true;
  }

  private async strategyOf(mid: string): Promise<RoutingStrategy> {
    const merchant = this.merchants.peekMerchant(mid) ?? (await this.merchants.findMerchant(mid));
    return merchant?.routingStrategy ?? 'PRIORITY';
  }
}

function covers(window: MaintenanceWindow, acquirer: string, method: PaymentMethod, at: Date): boolean {
  if (window.acquirer !== acquirer || (window.method !== null && window.method !== method)) return false;
  return window.from <= at && at < window.to;
}
