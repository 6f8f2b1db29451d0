import type { HolidayEntry, HolidayYears } from '../settlements.types';
import type { HolidayNames } from './library-holidays';

/** A day of which the library, the operator or both say something. */
export interface HolidayView {
  readonly day: string;
  readonly name: string;
  /** Who named it last. */
  readonly source: 'LIBRARY' | 'OPERATOR';
  /** False for a day that the operator struck. */
  readonly holiday: boolean;
  /** The operator's word that holds; null when only the library speaks. */
  readonly entry: HolidayEntry | null;
}

/**
 * The operator's entries over the library. A year that the operator released is the operator's alone: a library that
 * learns of it later changes nothing. Entries before a release do not make a year known.
 */
export class HolidayBook {
  private readonly latest = new Map<string, HolidayEntry>();
  private readonly days = new Map<string, ReadonlySet<string> | undefined>();

  constructor(
    private readonly library: ReadonlyMap<string, HolidayNames>,
    entries: readonly HolidayEntry[],
    private readonly released: ReadonlySet<string>,
  ) {
    for (const entry of entries) {
      const before = this.latest.get(entry.day);
      if (before === undefined || before.seq < entry.seq) this.latest.set(entry.day, entry);
    }
  }

  /** For the pure rules. */
  readonly years: HolidayYears = (year) => {
    if (!this.days.has(year)) this.days.set(year, this.daysOf(year));
    return this.days.get(year);
  };

  /** Who answers for the holidays of a year being complete; null = nobody yet. */
  completeBy(year: string): 'LIBRARY' | 'OPERATOR' | null {
    if (this.released.has(year)) return 'OPERATOR';
    return this.library.has(year) ? 'LIBRARY' : null;
  }

  /** Every day of a year that the library or the operator names, in order. */
  view(year: string): HolidayView[] {
    const views = new Map<string, HolidayView>();
    if (!this.released.has(year)) {
      for (const [day, name] of this.library.get(year) ?? []) {
        views.set(day, { day, name, source: 'LIBRARY', holiday: true, entry: null });
      }
    }
    for (const entry of this.latest.values()) {
      const { day, name, kind } = entry;
      if (!day.startsWith(`${year}-`)) continue;
      views.set(day, { day, name, source: 'OPERATOR', holiday: kind === 'ADD', entry });
    }
    return [...views.values()].sort((one, other) => (one.day < other.day ? -1 : 1));
  }

  private daysOf(year: string): ReadonlySet<string> | undefined {
    if (this.completeBy(year) === null) return undefined;
    return new Set(this.view(year).flatMap(({ day, holiday }) => (holiday ? [day] : [])));
  }
}
