import { LRUCache } from 'lru-cache';
import { upTo } from '../../common/bounded-cache';

export interface CacheLimits {
  readonly entriesMax: number;
  /** How long a found value is believed. Milliseconds. */
  readonly ttlMs: number;
}

const ABSENT_MAX = 1_000;
const ABSENT_TTL_MS = 1_000;
/** Every key here is ASCII. The database answers with an error, not with nothing, when it is asked for another. */
const KEY_SHAPE = /^[\x21-\x7e]{1,80}$/;

/**
 * A bounded cache in front of a slow look-up. Many who ask for the same key at once cause one look-up. `forget` holds
 * also against a look-up that is under way: what it brings is given to those who wait, and not kept. What was not
 * found is remembered apart and briefly, so that guesses push no found value out.
 */
export class ReadThroughCache<V extends object> {
  private readonly found: LRUCache<string, V>;
  private readonly absent: LRUCache<string, true>;
  private readonly loading = new Map<string, Promise<V | null>>();

  constructor(
    limits: CacheLimits,
    private readonly load: (key: string) => Promise<V | null>,
    private readonly monotonicMs: () => number = () => performance.now(),
  ) {
    const exact = { ttlResolution: 0, perf: { now: monotonicMs } };
    this.found = new LRUCache({ ...upTo(limits.entriesMax), ttl: limits.ttlMs, ...exact });
    this.absent = new LRUCache({ ...upTo(ABSENT_MAX), ttl: Math.min(ABSENT_TTL_MS, limits.ttlMs), ...exact });
  }

  /** The cached value; undefined when it has to be looked up by `get`. Never waits. */
  peek(key: string): V | undefined {
    return this.found.get(key);
  }

  get(key: string): Promise<V | null> {
    const cached = this.found.get(key);
    if (cached !== undefined) return Promise.resolve(cached);
    if (!KEY_SHAPE.test(key) || this.absent.has(key)) return Promise.resolve(null);
    const underWay = this.loading.get(key);
    if (underWay !== undefined) return underWay;
    // A value is as old as the moment at which its look-up began.
    const start = this.monotonicMs();
    const isWanted = () => this.loading.get(key) === load;
    const load: Promise<V | null> = this.load(key).then(
      (value) => {
        if (isWanted()) this.keep(key, value, start);
        return value;
      },
      (error: unknown) => {
        if (isWanted()) this.loading.delete(key);
        throw error;
      },
    );
    this.loading.set(key, load);
    return load;
  }

  forget(key: string): void {
    this.found.delete(key);
    this.absent.delete(key);
    this.loading.delete(key);
  }

  private keep(key: string, value: V | null, start: number): void {
    this.loading.delete(key);
    if (value === null) this.absent.set(key, true, { start });
    else this.found.set(key, value, { start });
  }
}
