import { fault } from '../errors/app-error';
import { COMMON_ERRORS } from '../errors/common.errors';

/** Runs work of the same key one after another, and of different keys side by side. */
export class SerialByKey {
  private readonly lanes = new Map<string, { tail: Promise<unknown>; length: number }>();

  constructor(private readonly waitingMax: number) {}

  /** Throws SERVICE_UNAVAILABLE when too many wait for this key already. */
  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const lane = this.lanes.get(key) ?? { tail: Promise.resolve(), length: 0 };
    if (lane.length > this.waitingMax)
      throw fault(COMMON_ERRORS, 'SERVICE_UNAVAILABLE', { retryAfterSeconds: 1 });
    this.lanes.set(key, lane);
    lane.length += 1;
    const result = lane.tail.then(work);
    lane.tail = result.catch(() => undefined);
    try {
      return await result;
    } finally {
      lane.length -= 1;
      if (lane.length === 0) this.lanes.delete(key);
    }
  }
}
