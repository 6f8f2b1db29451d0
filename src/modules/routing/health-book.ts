import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { upTo } from '../../common/bounded-cache';
import { AppConfig } from '../../config/app-config';
import { Clock } from '../../common/time/clock';
import type { AcquirerContract, PaymentMethod } from '../merchants/merchants.types';
import { HEALTH_RULES, QUICK_PART, SLOW_PART } from './health.rules.policy';
import { type HealthRules, HealthWindow } from './health.policy';
import { type CallVerdict, type HealthFigures, type Standing, STANDINGS } from './routing.types';

const CONTRACTS_MAX = 5_000;

interface SeenContract {
  readonly mid: string;
  readonly window: HealthWindow;
}

/**
 * How acquirers and contracts have worked lately, as this process saw it. An acquirer answers for its own faults to all
 * of its merchants; a refusal of one contract is held against that contract alone.
 */
@Injectable()
export class HealthBook {
  private readonly rules: HealthRules;
  private readonly acquirers = new Map<string, HealthWindow>();
  private readonly contracts = new LRUCache<string, SeenContract>(upTo(CONTRACTS_MAX));

  constructor(
    config: AppConfig,
    private readonly clock: Clock,
  ) {
    const { answerTimeoutMs } = config.acquirer;
    this.rules = {
      ...HEALTH_RULES,
      slowMs: answerTimeoutMs * SLOW_PART,
      quickMs: answerTimeoutMs * QUICK_PART,
    };
  }

  record(contract: AcquirerContract, method: PaymentMethod, verdict: CallVerdict, latencyMs: number): void {
    const now = this.clock.monotonicMs();
    this.acquirer(contract.acquirer, method).record(verdict !== 'ACQUIRER_FAULT', latencyMs, now);
    const seen = this.contract(contract);
    if (verdict !== 'ACQUIRER_FAULT') seen.window.record(verdict === 'WELL', latencyMs, now);
  }

  /** The worse of how the acquirer and the contract stand. */
  standingOf(contract: AcquirerContract, method: PaymentMethod): Standing {
    const now = this.clock.monotonicMs();
    const ofAcquirer = this.acquirers.get(keyOf(contract.acquirer, method))?.standing(now) ?? 'WELL';
    const ofContract = this.contracts.peek(contract.contractId)?.window.standing(now) ?? 'WELL';
    return STANDINGS.indexOf(ofAcquirer) > STANDINGS.indexOf(ofContract) ? ofAcquirer : ofContract;
  }

  figuresOf(acquirer: string, method: PaymentMethod): HealthFigures {
    const window = this.acquirers.get(keyOf(acquirer, method)) ?? new HealthWindow(this.rules);
    return window.figures(this.clock.monotonicMs());
  }

  /** Merchants whose payments this process has sent lately, the latest first. */
  midsSeen(countMax: number): string[] {
    const mids = new Set<string>();
    for (const { mid } of this.contracts.values()) {
      if (mids.size >= countMax) break;
      mids.add(mid);
    }
    return [...mids];
  }

  private acquirer(name: string, method: PaymentMethod): HealthWindow {
    const key = keyOf(name, method);
    const known = this.acquirers.get(key);
    if (known !== undefined) return known;
    const made = new HealthWindow(this.rules);
    this.acquirers.set(key, made);
    return made;
  }

  private contract({ contractId, mid }: AcquirerContract): SeenContract {
    const known = this.contracts.get(contractId);
    if (known !== undefined) return known;
    const made = { mid, window: new HealthWindow(this.rules) };
    this.contracts.set(contractId, made);
    return made;
  }
}

const keyOf = (acquirer: string, method: PaymentMethod) => `${acquirer}|${method}`;
