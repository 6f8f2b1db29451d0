import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays } from '../../../common/time/korean-time';
import type { HolidayYears } from '../settlements.types';
import { cycleOf, payoutOn } from './cycle.policy';
import { HolidayBook } from './holiday-book';
import { LIBRARY_HOLIDAYS } from './library-holidays';

interface Row {
  readonly capturedFrom: string;
  readonly capturedTo: string;
  readonly payoutOn: string;
}
interface Table {
  readonly name: string;
  readonly cycle: string;
  /** Paid on some weekdays only: a day is paid with the first batch that is not before its own payout day. */
  readonly batched: boolean;
  readonly rows: readonly Row[];
}
interface Fixture {
  readonly source: { readonly url: string } | null;
  /** Of the weeks in question, in years that the library lacks: as an operator would enter them. */
  readonly holidays: Readonly<Record<string, string>>;
  readonly tables?: readonly Table[];
  readonly weeks?: Readonly<Record<string, readonly Table[]>>;
}

const fixturesIn = (folder: string): [string, Fixture][] =>
  readdirSync(join(__dirname, 'fixtures', folder)).map((name) => [
    name,
    JSON.parse(readFileSync(join(__dirname, 'fixtures', folder, name), 'utf8')) as Fixture,
  ]);

/** The library, and over it what the fixture says of years that it lacks. */
function yearsOf({ holidays }: Fixture): HolidayYears {
  const library = new Map(LIBRARY_HOLIDAYS);
  for (const [day, name] of Object.entries(holidays)) {
    const year = day.slice(0, 4);
    expect(LIBRARY_HOLIDAYS.has(year)).toBe(false);
    library.set(year, new Map([...(library.get(year) ?? []), [day, name]]));
  }
  return new HolidayBook(library, [], new Set()).years;
}

function daysOf({ capturedFrom, capturedTo }: Row): string[] {
  const days: string[] = [];
  for (let day = capturedFrom; day <= capturedTo; day = addDays(day, 1)) days.push(day);
  return days;
}

const published = fixturesIn('published').flatMap(([file, fixture]) =>
  (fixture.tables ?? []).map((table) => [file, table.name, fixture, table] as const),
);
const derived = fixturesIn('derived').flatMap(([, fixture]) =>
  Object.entries(fixture.weeks ?? {}).flatMap(([week, tables]) =>
    tables.map((table) => [week, table.name, fixture, table] as const),
  ),
);

describe('what others published', () => {
  it('is there, each with its source', () => {
    expect(published.length).toBeGreaterThanOrEqual(14);
    expect(published.filter(([, , { source }]) => !/^https:\/\//.test(source?.url ?? ''))).toEqual([]);
  });

  it.each(published)('%s: %s', (_file, _name, fixture, { cycle, batched, rows }) => {
    const years = yearsOf(fixture);
    const reckoned = (day: string) => payoutOn(cycleOf(cycle), day, years);
    rows.forEach((row, index) => {
      const days = daysOf(row);
      if (!batched) {
        expect(days.map((day) => [day, reckoned(day)])).toEqual(days.map((day) => [day, row.payoutOn]));
        return;
      }
      expect(reckoned(row.capturedTo)).toBe(row.payoutOn);
      const before = rows[index - 1]?.payoutOn ?? '';
      expect(days.filter((day) => reckoned(day) <= before || reckoned(day) > row.payoutOn)).toEqual([]);
    });
  });
});

describe('what was derived by hand from the rules', () => {
  it.each(derived)('%s: %s', (_week, _name, fixture, { cycle, rows }) => {
    const years = yearsOf(fixture);
    expect(rows.map((row) => [row.capturedFrom, payoutOn(cycleOf(cycle), row.capturedFrom, years)])).toEqual(
      rows.map((row) => [row.capturedFrom, row.payoutOn]),
    );
  });
});
