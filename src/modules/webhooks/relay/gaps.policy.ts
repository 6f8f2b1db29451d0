/** Numbers from the first to the last, both included. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/**
 * The numbers between a position and the last one that was read under which no committed row was found. Numbers are given
 * out before commits, so a row may still appear there. `seqs`: ascending, all after the position.
 */
export function gapsBetween(position: number, seqs: readonly number[]): Gap[] {
  const gaps: Gap[] = [];
  let last = position;
  for (const seq of seqs) {
    if (seq <= last) throw new RangeError('numbers must ascend');
    if (seq > last + 1) gaps.push({ from: last + 1, to: seq - 1 });
    last = seq;
  }
  return gaps;
}

/** What of a gap is left once these were found in it. */
export function withoutFound(gap: Gap, found: readonly number[]): Gap[] {
  const inside = found.filter((seq) => seq >= gap.from && seq <= gap.to).sort((a, b) => a - b);
  if (inside.length === 0) return [gap];
  const left = gapsBetween(gap.from - 1, inside);
  const last = inside.at(-1)!;
  return last < gap.to ? [...left, { from: last + 1, to: gap.to }] : left;
}
