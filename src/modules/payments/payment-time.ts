import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../config/app-config';

const INQUIRY_MARGIN_MS = 2_000;
const NET_CANCEL_AGE_MAX_MS = 60 * 60 * 1_000;
const RECHECK_MS = 5 * 60 * 1_000;

/** The time-outs of the contract under which a call is made. Milliseconds. */
export interface CallTimes {
  readonly connectTimeoutMs: number;
  readonly answerTimeoutMs: number;
}

/** The waits of payments, all from the one configuration. Milliseconds. */
@Injectable()
export class PaymentTimes {
  constructor(private readonly config: AppConfig) {}

  /** From an approval's intent until a worker may take it for abandoned: every wait of the request, and a margin. */
  abandonedAfterMs({ connectTimeoutMs, answerTimeoutMs }: CallTimes): number {
    return connectTimeoutMs + answerTimeoutMs + this.inlineLeaseMs;
  }

  /** How long one cancel waits for another of the same payment before it is left to the worker. */
  get turnWaitMs(): number {
    return this.config.acquirer.answerTimeoutMs;
  }

  /** How long a request may go on undoing before it must answer. */
  get inlineBudgetMs(): number {
    return this.config.reversal.inlineBudgetMs;
  }

  /** From the start of an inline reversal until a worker may take over. */
  get inlineLeaseMs(): number {
    return this.config.reversal.inlineBudgetMs + this.scaled(INQUIRY_MARGIN_MS);
  }

  get maxProcessingMs(): number {
    return this.config.acquirer.maxProcessingMs;
  }

  /** An approval older than this is cancelled, not net-cancelled (NICEPAY's own window is the shortest: one hour). */
  get netCancelAgeMaxMs(): number {
    return NET_CANCEL_AGE_MAX_MS;
  }

  /** A reversal that rests on absence alone is looked at once more after this. */
  get recheckMs(): number {
    return this.scaled(RECHECK_MS);
  }

  get workerLeaseMs(): number {
    return this.config.worker.leaseMs;
  }

  /** From when on an account that has not ended is a case for a person. */
  get accountOverdue(): { readonly looks: number; readonly afterMs: number } {
    return this.config.virtualAccounts.overdue;
  }

  /** Between two looks at an account that is a person's by then. */
  get overdueLookMs(): number {
    return this.config.virtualAccounts.overdueLookMs;
  }

  get timeScale(): number {
    return this.config.timeScale;
  }

  scaled(ms: number): number {
    return Math.max(1, Math.round(ms * this.config.timeScale));
  }
}
