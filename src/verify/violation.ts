/** One broken invariant, with the row that breaks it. Ids and amounts only. */
export interface Violation {
  /** As numbered in docs/invariants.md. */
  readonly invariant: string;
  readonly what: string;
  readonly id: string;
}

/** Something that the database alone can prove. */
export interface Check {
  readonly invariant: string;
  readonly what: string;
  /** Answers the ids (column `id`) of the rows that break it; none when it holds. */
  readonly sql: string;
}

/** Those of a second look that the first one had found, too: traffic moves what is looked at only once. */
export function lastingOf(first: readonly Violation[], second: readonly Violation[]): Violation[] {
  const before = new Set(first.map(keyOf));
  return second.filter((violation) => before.has(keyOf(violation)));
}

const keyOf = ({ invariant, id }: Violation) => `${invariant} ${id}`;
