/**
 * Every state of a file, and the states that may follow it. STORING: its row is there before its content, so that
 * nothing is ever kept that no row knows. STORED: whole, and belongs to nothing yet. REMOVING: its content goes, and
 * then its row.
 */
export const FILE_TRANSITIONS = {
  STORING: ['STORED', 'REMOVING'],
  STORED: ['ATTACHED', 'REMOVING'],
  ATTACHED: ['STORED'],
  REMOVING: [],
} as const satisfies Record<string, readonly string[]>;

export type FileState = keyof typeof FILE_TRANSITIONS;

/** The states from which one may go to this one, for the WHERE of its change. */
export function statesBefore(to: FileState): FileState[] {
  return (Object.keys(FILE_TRANSITIONS) as FileState[]).filter((from) =>
    (FILE_TRANSITIONS[from] as readonly FileState[]).includes(to),
  );
}
