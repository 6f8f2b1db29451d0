/**
 * Work that a sweep has begun and that goes on after the sweep has returned, each piece under the name of whom it waits
 * for (an acquirer): one that is silent may take only its share of the places.
 */
export class RunningWork<Group extends string = string> {
  private readonly running = new Map<Promise<void>, Group>();

  constructor(private readonly limits: { readonly max: number; readonly perGroupMax: number }) {}

  /** How many more pieces may be begun. */
  get free(): number {
    return Math.max(0, this.limits.max - this.running.size);
  }

  /** The groups that have their share: no more of theirs is to be taken up. */
  crowded(): readonly Group[] {
    const counts = new Map<Group, number>();
    for (const group of this.running.values()) counts.set(group, (counts.get(group) ?? 0) + 1);
    return [...counts].filter(([, count]) => count >= this.limits.perGroupMax).map(([group]) => group);
  }

  /** One piece that fails must not keep the others: `failed` is told, and its lease lets it be taken up again. */
  start(group: Group, work: () => Promise<unknown>, failed: (error: unknown) => void): void {
    const run: Promise<void> = work()
      .catch(failed)
      .then(() => void this.running.delete(run));
    this.running.set(run, group);
  }

  /** Resolves when a piece ends; at once, where none is running. */
  async next(): Promise<void> {
    if (this.running.size > 0) await Promise.race(this.running.keys());
  }

  /** Resolves when nothing is running any more. */
  async settled(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running.keys());
  }
}
