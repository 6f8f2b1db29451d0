import * as gazette from '@hyunbinseo/holidays-kr/all';

/** Names of the public holidays of a year by day, substitute and temporary ones among them. */
export type HolidayNames = ReadonlyMap<string, string>;

/**
 * What the kept library has from the official gazette: calendar year → day → name. A year that is not here was not
 * announced when this version was made. 1 May is here only from 2026 on, when it became a public holiday.
 */
export const LIBRARY_HOLIDAYS: ReadonlyMap<string, HolidayNames> = new Map(
  Object.entries(gazette).map(([name, days]) => [
    name.slice(1),
    new Map(Object.entries<readonly string[]>(days).map(([day, names]) => [day, names.join(', ')])),
  ]),
);
