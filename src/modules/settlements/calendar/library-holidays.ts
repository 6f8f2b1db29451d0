import * as gazette from '@hyunbinseo/holidays-kr/all';

/** Names of the public holidays of a year by day, substitute and temporary ones among them. */
export type HolidayNames = ReadonlyMap<string, string>;

/**
 * What the kept library has from the official gazette: calendar year → day → name. A year that is not here was not
 * announced when this version was made. 1 May is here only from 2026 on, when it became a public holiday.
 */
export const LIBRARY_HOLIDAYS: ReadonlyMap<string, HolidayNames> = new Map(
  Object.entries(gazette).flatMap(([name, days]) => {
    // An ES module that is loaded by require has a `default` beside its own names.
    const year = /^y(\d{4})$/.exec(name)?.[1];
    return year === undefined ? [] : [[year, namesOf(days)]];
  }),
);

function namesOf(days: Readonly<Record<string, readonly string[]>>): HolidayNames {
  return new Map(Object.entries(days).map(([day, names]) => [day, names.join(', ')]));
}
