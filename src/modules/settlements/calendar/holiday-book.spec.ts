import type { HolidayEntry, HolidayKind } from '../settlements.types';
import { HolidayBook } from './holiday-book';

const LIBRARY = new Map([['2027', new Map([['2027-12-27', '대체공휴일(기독탄신일)']])]]);
let seq = 0;
const entry = (day: string, kind: HolidayKind): HolidayEntry => ({
  ...{ seq: (seq += 1), day, kind, name: `${kind} ${day}`, reason: '시험', createdBy: 'member:x' },
  createdAt: new Date('2026-11-21T00:00:00Z'),
});
const daysOf = (book: HolidayBook, year: string) => [...(book.years(year) ?? [])].sort();

it('takes the operator’s latest word on a day, in whatever order entries are read', () => {
  const [add, strike] = [entry('2027-11-03', 'ADD'), entry('2027-11-03', 'STRIKE')];
  expect(daysOf(new HolidayBook(LIBRARY, [add], new Set()), '2027')).toEqual(['2027-11-03', '2027-12-27']);
  for (const entries of [
    [add, strike],
    [strike, add],
  ]) {
    const book = new HolidayBook(LIBRARY, entries, new Set());
    expect(daysOf(book, '2027')).toEqual(['2027-12-27']);
    expect(book.view('2027').map(({ day, source, holiday }) => [day, source, holiday])).toEqual([
      ['2027-11-03', 'OPERATOR', false],
      ['2027-12-27', 'LIBRARY', true],
    ]);
  }
  const struck = new HolidayBook(LIBRARY, [entry('2027-12-27', 'STRIKE')], new Set());
  expect(daysOf(struck, '2027')).toEqual([]);
});

it('knows no year by entries alone, and a released one by them alone', () => {
  const entries = [entry('2028-01-01', 'ADD'), entry('2027-11-03', 'ADD')];
  const told = new HolidayBook(LIBRARY, entries, new Set());
  expect([told.years('2028'), told.completeBy('2028'), told.completeBy('2027')]).toEqual([
    ...[undefined, null, 'LIBRARY'],
  ]);
  const released = new HolidayBook(LIBRARY, entries, new Set(['2027', '2028']));
  expect([released.completeBy('2027'), released.completeBy('2028')]).toEqual(['OPERATOR', 'OPERATOR']);
  expect(daysOf(released, '2028')).toEqual(['2028-01-01']);
  // The library's Christmas substitute is not the operator's.
  expect(daysOf(released, '2027')).toEqual(['2027-11-03']);
});
