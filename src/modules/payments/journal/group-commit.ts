import { unitSpan } from '../../../common/db/database-spans';
import { bindSpan, inSpan, isTracing } from '../../../common/tracing/spans';

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
  /** Back to where the item was added, for the trace. */
  readonly again: (<T>(work: () => T) => T) | null;
}

export interface GroupCommitRules {
  /** In traces: each item's own wait and commit. The statements of a batch are told with its first item. */
  readonly name: string;
  readonly batchMax: number;
  readonly inFlightMax: number;
  readonly waitingMax: number;
}

/** The queue before a group commit is full: nothing of the refused item was written. */
export class GroupCommitFull extends Error {
  readonly code = 'POOL_WAIT_EXCEEDED';

  constructor() {
    super('too many writes are waiting');
    this.name = 'GroupCommitFull';
  }
}

/** One item of a batch could not be written, or is not known to be; the others have results of their own. */
export class ItemFailed {
  constructor(readonly error: unknown) {}
}

/**
 * Writes of concurrent requests committed together: while one batch is being committed, those that arrive form the
 * next. At low load a batch holds one item and waits for nothing. Each caller gets its own result after its own
 * batch's commit, so that nothing is less durable than alone.
 *
 * `commit` gets up to `batchMax` items and answers one result each, in order. When it throws, the error goes to every
 * item of the batch; a batch that one bad item can spoil has to be taken apart inside `commit`, which then answers
 * `ItemFailed` for that one alone.
 */
export class GroupCommit<Item, Result> {
  private readonly queue: Waiting<Item, Result>[] = [];
  private inFlight = 0;

  constructor(
    private readonly rules: GroupCommitRules,
    private readonly commit: (items: readonly Item[]) => Promise<readonly (Result | ItemFailed)[]>,
  ) {}

  add(item: Item): Promise<Result> {
    if (this.queue.length >= this.rules.waitingMax) return Promise.reject(new GroupCommitFull());
    const { name } = this.rules;
    return isTracing()
      ? inSpan({ ...unitSpan(name), kind: 'INTERNAL' }, () => this.enqueue(item, bindSpan()))
      : this.enqueue(item, null);
  }

  private enqueue(item: Item, again: Waiting<Item, Result>['again']): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.queue.push({ item, resolve, reject, again });
      this.start();
    });
  }

  private start(): void {
    while (this.inFlight < this.rules.inFlightMax && this.queue.length > 0) {
      const batch = this.queue.splice(0, this.rules.batchMax);
      this.inFlight += 1;
      const again = batch[0]?.again ?? null;
      if (again === null) void this.run(batch);
      else void again(() => this.run(batch));
    }
  }

  private async run(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.commit(batch.map(({ item }) => item));
      batch.forEach(({ resolve, reject }, index) => {
        const result = results[index];
        if (result instanceof ItemFailed) reject(result.error);
        else if (result === undefined) reject(new Error('a batch answered fewer results than it had items'));
        else resolve(result);
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      this.inFlight -= 1;
      this.start();
    }
  }
}
