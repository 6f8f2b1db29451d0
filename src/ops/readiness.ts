import { Injectable } from '@nestjs/common';
import { Logger } from '../common/logging/logger';
import { Clock } from '../common/time/clock';
import { AppConfig } from '../config/app-config';
import { DatabaseChecks, type DatabaseCheck } from './database-checks';

/** The names of what can keep a process from being ready. `shutdown`: it is ending and takes no more. */
export type ReadinessCheck = DatabaseCheck | 'shutdown';

export interface ReadinessReport {
  readonly status: 'ready' | 'unavailable';
  readonly checks: Readonly<Partial<Record<ReadinessCheck, 'ok' | 'failed'>>>;
}

/** Probes of several watchers within this time share one answer, so that asking costs the database nothing. */
const KEPT_MS = 500;

type Checks = Partial<Record<ReadinessCheck, 'ok' | 'failed'>>;

interface Examination {
  readonly passed: Checks;
  current: ReadinessCheck;
  readonly report: Promise<ReadinessReport>;
}

/**
 * Whether this process may be given requests. The first check that fails ends the list, and so does the one under way after
 * READINESS_TIMEOUT_MS: a prober is never kept waiting. Why it failed is in the log only.
 */
@Injectable()
export class Readiness {
  private ending = false;
  private kept: { readonly until: number; readonly report: Promise<ReadinessReport> } | undefined;
  private underWay: Examination | undefined;

  constructor(
    private readonly database: DatabaseChecks,
    private readonly clock: Clock,
    private readonly config: AppConfig,
    private readonly logger: Logger,
  ) {}

  /** From now on this process is given no more. */
  end(): void {
    this.ending = true;
  }

  get isEnding(): boolean {
    return this.ending;
  }

  report(): Promise<ReadinessReport> {
    if (this.ending) return Promise.resolve({ status: 'unavailable', checks: { shutdown: 'failed' } });
    const now = this.clock.monotonicMs();
    if (this.kept === undefined || this.kept.until < now) {
      this.kept = { until: now + KEPT_MS, report: this.inTime() };
    }
    return this.kept.report;
  }

  /** One examination at a time: those that a database keeps waiting would take its connections from everybody else. */
  private async inTime(): Promise<ReadinessReport> {
    const examination = (this.underWay ??= this.begin());
    const over = new AbortController();
    const late = this.clock.sleep(this.config.database.readinessTimeoutMs, over.signal).then(() => null);
    const report = await Promise.race([examination.report, late]);
    over.abort();
    if (report !== null) return report;
    const { passed, current } = examination;
    this.logger.warn('readiness.late', { operation: current });
    return { status: 'unavailable', checks: { ...passed, [current]: 'failed' } };
  }

  private begin(): Examination {
    const passed: Checks = {};
    const examination: Examination = {
      passed,
      current: 'database',
      report: Promise.resolve().then(() => this.examine(examination)),
    };
    void examination.report.finally(() => (this.underWay = undefined));
    return examination;
  }

  private async examine(examination: Examination): Promise<ReadinessReport> {
    const { passed: checks } = examination;
    for (const [name, check] of this.database.steps) {
      examination.current = name;
      const passed = await check().catch((error: unknown) => {
        this.logger.failure('readiness.error', error, { operation: name });
        return false;
      });
      checks[name] = passed ? 'ok' : 'failed';
      if (passed) continue;
      this.logger.warn('readiness.failed', { operation: name });
      return { status: 'unavailable', checks };
    }
    return { status: 'ready', checks };
  }
}
