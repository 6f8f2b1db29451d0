/** One broken invariant, with the row that breaks it. Ids and amounts only. */
export interface Violation {
  /** As numbered in docs/invariants.md. */
  readonly invariant: string;
  readonly what: string;
  readonly id: string;
}
