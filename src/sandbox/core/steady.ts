import type { AcquirerName } from './acquirer';
import type { CallFault } from './faults';
import { normalDraw, seededRandom } from './random';

export interface LatencyOrder {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly seed: number;
}

export interface ErrorRateOrder {
  readonly rate: number;
  readonly fault: CallFault;
  readonly seed: number;
}

/** The 99th percentile of the standard normal distribution. */
const Z99 = 2.3263478740408408;

interface Latency {
  readonly p50Ms: number;
  readonly sigma: number;
  readonly random: () => number;
}

interface ErrorRate {
  readonly rate: number;
  readonly fault: CallFault;
  readonly random: () => number;
}

/** Steady behaviour of each acquirer: how slow it is, and how often it fails. Seeded, so that a run can be repeated. */
export class SteadyBehaviour {
  private readonly latencies = new Map<AcquirerName, Latency>();
  private readonly errorRates = new Map<AcquirerName, ErrorRate>();

  /** A p50 of 0 takes the delay away. */
  setLatency(acquirer: AcquirerName, order: LatencyOrder): void {
    if (order.p50Ms === 0) {
      this.latencies.delete(acquirer);
      return;
    }
    const sigma = Math.log(order.p99Ms / order.p50Ms) / Z99;
    this.latencies.set(acquirer, { p50Ms: order.p50Ms, sigma, random: seededRandom(order.seed) });
  }

  /** A rate of 0 takes the failures away. */
  setErrorRate(acquirer: AcquirerName, order: ErrorRateOrder): void {
    if (order.rate === 0) this.errorRates.delete(acquirer);
    else this.errorRates.set(acquirer, { ...order, random: seededRandom(order.seed) });
  }

  /** The delay of the next call: log-normal, as the latencies of real services roughly are. */
  nextDelayMs(acquirer: AcquirerName): number {
    const latency = this.latencies.get(acquirer);
    if (!latency) return 0;
    return latency.p50Ms * Math.exp(latency.sigma * normalDraw(latency.random));
  }

  nextFault(acquirer: AcquirerName): CallFault | undefined {
    const errors = this.errorRates.get(acquirer);
    return errors && errors.random() < errors.rate ? errors.fault : undefined;
  }

  clear(): void {
    this.latencies.clear();
    this.errorRates.clear();
  }
}
