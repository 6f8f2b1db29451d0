import { outsideSpans } from '../tracing/spans';

export interface BufferRules {
  /** Rows of one write, and how long the first of them waits for company. Milliseconds. */
  readonly batchMax: number;
  readonly everyMs: number;
  /** Rows beyond this are dropped: what is written here explains, and is no money. */
  readonly waitingMax: number;
}

/**
 * Rows written together, some time after they were handed over, so that nobody waits for them. Lost when the process is
 * killed or the write fails; one write at a time.
 */
export class BufferedWriter<Row> {
  private waiting: Row[] = [];
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> | undefined;
  private dropped = 0;

  /** `lost` is told how many rows are gone, and why. */
  constructor(
    private readonly rules: BufferRules,
    private readonly write: (rows: readonly Row[]) => Promise<void>,
    private readonly lost: (count: number, why: unknown) => void,
  ) {}

  add(row: Row): void {
    if (this.waiting.length >= this.rules.waitingMax) {
      this.dropped += 1;
      return;
    }
    this.waiting.push(row);
    if (this.waiting.length >= this.rules.batchMax) void this.start();
    else this.timer ??= setTimeout(() => void this.start(), this.rules.everyMs).unref();
  }

  /** Writes all that waits. */
  async flush(): Promise<void> {
    while (this.waiting.length > 0 || this.writing !== undefined) await this.start();
  }

  private start(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.writing ??= outsideSpans(() => this.writeAll()).finally(() => {
      this.writing = undefined;
    });
    return this.writing;
  }

  private async writeAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.slice(0, this.rules.batchMax);
      this.waiting = this.waiting.slice(this.rules.batchMax);
      try {
        await this.write(batch);
      } catch (error) {
        this.lost(batch.length, error);
      }
    }
    if (this.dropped === 0) return;
    this.lost(this.dropped, new Error('too many rows were waiting'));
    this.dropped = 0;
  }
}
