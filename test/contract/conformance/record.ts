import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CASES } from './catalogue';

const FOLDER = join(__dirname, '../../../.data/conformance');

interface Row {
  readonly id: string;
  readonly title: string;
  readonly status: 'ok' | 'n.a.' | 'FAIL' | 'not run';
  /** How many tests the case is made of. */
  readonly tests: number;
  /** Why it does not apply, or the names of the tests that failed. */
  readonly told: readonly string[];
}

interface Tally {
  declared: number;
  readonly begun: Set<string>;
  readonly passed: Set<string>;
}

/** What came of each case for one acquirer; written as the column of the matrix that npm run conformance prints. */
export class Recorder {
  private readonly tallies = new Map<string, Tally>();
  private readonly reasons = new Map<string, string>();

  constructor(private readonly acquirer: string) {}

  /** A test of a case. A case may be made of many. */
  it(id: string, title: string, body: () => Promise<void> | void): void {
    const tally = this.tallyOf(id);
    tally.declared += 1;
    it(title, async () => {
      tally.begun.add(title);
      await body();
      tally.passed.add(title);
    });
  }

  /** The case does not apply to this acquirer. */
  notApplicable(id: string, reason: string): void {
    requireKnown(id);
    this.reasons.set(id, reason);
  }

  /** Cases that are neither tested nor said not to apply; there must be none. */
  forgotten(): string[] {
    return [...CASES.keys()].filter((id) => !this.tallies.has(id) && !this.reasons.has(id));
  }

  write(): void {
    mkdirSync(FOLDER, { recursive: true });
    const rows = [...CASES].map(([id, title]) => this.row(id, title));
    const text = JSON.stringify({ acquirer: this.acquirer, rows }, null, 2);
    writeFileSync(join(FOLDER, `${this.acquirer}.json`), `${text}\n`);
  }

  private row(id: string, title: string): Row {
    const reason = this.reasons.get(id);
    const tally = this.tallies.get(id);
    // What applies to one channel only is tested there, and its result counts.
    if (reason !== undefined && tally === undefined)
      return { id, title, status: 'n.a.', tests: 0, told: [reason] };
    if (tally === undefined || tally.begun.size === 0)
      return { id, title, status: 'not run', tests: 0, told: [] };
    const failed = [...tally.begun].filter((test) => !tally.passed.has(test));
    const status = failed.length > 0 ? 'FAIL' : tally.begun.size < tally.declared ? 'not run' : 'ok';
    return { id, title, status, tests: tally.declared, told: failed };
  }

  private tallyOf(id: string): Tally {
    requireKnown(id);
    const known = this.tallies.get(id) ?? { declared: 0, begun: new Set(), passed: new Set() };
    this.tallies.set(id, known);
    return known;
  }
}

function requireKnown(id: string): void {
  if (!CASES.has(id)) throw new Error(`the case ${id} is not in the catalogue`);
}
