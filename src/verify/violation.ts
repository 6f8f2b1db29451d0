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
