import { Inject, Injectable } from '@nestjs/common';
import { ACQUIRERS, type AcquirerRegistry } from '../../acquirers/port/acquirer.port';
import type { ContractAccess } from '../../acquirers/port/acquirer.types';
import { Logger } from '../../common/logging/logger';
import { Clock } from '../../common/time/clock';
import { AppConfig } from '../../config/app-config';
import { CircuitBreaker } from './breaker.policy';
import type { PaymentMethod } from '../merchants/merchants.types';
import type { BreakerState, CallHealth, Passage } from './routing.types';

const WINDOW_MS = 30_000;
const CALLS_MIN = 20;
const SILENT_SHARE_MAX = 0.6;

interface Gate {
  readonly breaker: CircuitBreaker;
  inFlight: number;
}

/** Bulkhead and circuit breaker of each acquirer and method, per process. A refused passage means that nothing was sent. */
@Injectable()
export class AcquirerGate {
  private readonly gates = new Map<string, Gate>();

  constructor(
    @Inject(ACQUIRERS) private readonly acquirers: AcquirerRegistry,
    private readonly config: AppConfig,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** A passage, or null while the breaker is open or the bulkhead is full. */
  enter(acquirer: string, method: PaymentMethod, access: ContractAccess): Passage | null {
    const gate = this.gate(acquirer, method);
    if (gate.breaker.state() === 'OPEN') {
      if (gate.breaker.wantsProbe(this.clock.monotonicMs())) void this.probe(acquirer, access, gate);
      return null;
    }
    if (gate.inFlight >= this.config.acquirer.inFlightMax) return null;
    gate.inFlight += 1;
    let left = false;
    const leave = (health: CallHealth | null) => {
      if (left) return;
      left = true;
      gate.inFlight -= 1;
      if (health !== null) this.record(acquirer, gate, health);
    };
    return { leave, giveBack: () => leave(null) };
  }

  /** Of each acquirer and method that was asked since the start. */
  states(): readonly { acquirer: string; method: string; breaker: BreakerState; inFlight: number }[] {
    return [...this.gates].map(([key, { breaker, inFlight }]) => {
      const [acquirer = '', method = ''] = key.split(' ');
      return { acquirer, method, breaker: breaker.state(), inFlight };
    });
  }

  stateOf(acquirer: string, method: PaymentMethod): { breaker: BreakerState; inFlight: number } {
    const gate = this.gate(acquirer, method);
    return { breaker: gate.breaker.state(), inFlight: gate.inFlight };
  }

  private record(acquirer: string, gate: Gate, health: CallHealth): void {
    const before = gate.breaker.state();
    gate.breaker.record(health, this.clock.monotonicMs());
    const after = gate.breaker.state();
    if (before !== after) this.logger.warn('acquirer.breaker', { acquirer, breaker: after });
  }

  /** Half-open by inquiry: any readable answer about an order that cannot exist shows that the acquirer is back. */
  private async probe(acquirer: string, access: ContractAccess, gate: Gate): Promise<void> {
    let health: CallHealth = 'SILENT';
    try {
      const reference = {
        acquirerOrderNo: 'breaker-probe',
        acquirerTransactionId: null,
        channel: 'KEY_IN',
        requestedAt: this.clock.now(),
        amount: 0,
      } as const;
      const outcome = await this.acquirers.get(acquirer)?.inquire(access, reference);
      if (outcome !== undefined && outcome.kind !== 'UNKNOWN') health = 'ANSWERED';
    } catch (error) {
      this.logger.failure('acquirer.probe', error, { acquirer });
    }
    gate.breaker.probed(health, this.clock.monotonicMs());
    this.logger.warn('acquirer.breaker', { acquirer, breaker: gate.breaker.state() });
  }

  private gate(acquirer: string, method: PaymentMethod): Gate {
    const key = `${acquirer} ${method}`;
    const known = this.gates.get(key);
    if (known !== undefined) return known;
    const rules = {
      windowMs: WINDOW_MS,
      callsMin: CALLS_MIN,
      silentShareMax: SILENT_SHARE_MAX,
      cooldownMs: this.config.acquirer.breakerCooldownMs,
    };
    const made: Gate = { breaker: new CircuitBreaker(rules), inFlight: 0 };
    this.gates.set(key, made);
    return made;
  }
}
