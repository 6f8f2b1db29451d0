/**
 * A small table kept in memory as a whole. Younger than `ttlMs` it is given without waiting; past half of that it is
 * read again in the background, so that a busy path hardly ever waits for the database.
 */
export class Snapshot<T extends object> {
  private held: { content: T; readAt: number } | undefined;
  private loading: Promise<T> | undefined;

  constructor(
    private readonly load: () => Promise<T>,
    private readonly ttlMs: number,
    private readonly monotonicMs: () => number,
  ) {}

  /** The content if it is young enough; undefined when it has to be waited for by `get`. */
  peek(): T | undefined {
    if (this.held === undefined) return undefined;
    const age = this.monotonicMs() - this.held.readAt;
    if (age >= this.ttlMs) return undefined;
    // What fails in the background fails again, and is then told, when somebody has to wait for it.
    if (age >= this.ttlMs / 2) this.reload().catch(() => undefined);
    return this.held.content;
  }

  async get(): Promise<T> {
    return this.peek() ?? this.reload();
  }

  /** Reads it again; many at once cause one reading. */
  reload(): Promise<T> {
    if (this.loading !== undefined) return this.loading;
    // The content is as old as the moment at which its reading began.
    const readAt = this.monotonicMs();
    const isWanted = () => this.loading === reading;
    const reading: Promise<T> = this.load().then(
      (content) => {
        if (isWanted()) {
          this.held = { content, readAt };
          this.loading = undefined;
        }
        return content;
      },
      (error: unknown) => {
        if (isWanted()) this.loading = undefined;
        throw error;
      },
    );
    this.loading = reading;
    return reading;
  }

  /** After a write: neither what is held nor a reading that is under way is believed any more. */
  forget(): void {
    this.held = undefined;
    this.loading = undefined;
  }

  /** Milliseconds since the content was read; Infinity when there is none. */
  get age(): number {
    return this.held === undefined ? Infinity : this.monotonicMs() - this.held.readAt;
  }
}
