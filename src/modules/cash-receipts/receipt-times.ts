import { Injectable } from '@nestjs/common';
import type { ContractAccess } from '../../acquirers/port/acquirer.types';
import { AppConfig } from '../../config/app-config';

const MARGIN_MS = 2_000;

/** The waits of cash receipts, all from the one configuration. Milliseconds. */
@Injectable()
export class ReceiptTimes {
  constructor(private readonly config: AppConfig) {}

  /** From an intent until the worker may take it for abandoned: a call, one look at what it came to, and a margin. */
  leaseMs({ connectTimeoutMs, answerTimeoutMs }: ContractAccess): number {
    return 2 * (connectTimeoutMs + 2 * answerTimeoutMs) + this.scaled(MARGIN_MS);
  }

  /** How long one cancel waits for another of the same receipt before it is left to the worker. */
  get turnWaitMs(): number {
    return this.config.acquirer.answerTimeoutMs;
  }

  get maxProcessingMs(): number {
    return this.config.acquirer.maxProcessingMs;
  }

  get workerLeaseMs(): number {
    return this.config.worker.leaseMs;
  }

  get timeScale(): number {
    return this.config.timeScale;
  }

  private scaled(ms: number): number {
    return Math.max(1, Math.round(ms * this.config.timeScale));
  }
}
