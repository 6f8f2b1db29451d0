/**
 * For an LRUCache of so many entries at most. Its own `max` sets all places aside at once: nearly a megabyte for a cache
 * of ten thousand that a process may never fill, and the collector goes through it each time.
 */
export const upTo = (entriesMax: number) => ({ maxSize: entriesMax, sizeCalculation: () => 1 });
