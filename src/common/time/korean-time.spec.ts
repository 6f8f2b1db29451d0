import fc from 'fast-check';
import {
  addDays,
  databaseTime,
  fromDatabaseTime,
  isCalendarDay,
  koreanDay,
  koreanTime,
  startOfKoreanDay,
} from './korean-time';

const MIDNIGHT = new Date('2026-11-21T15:00:00.000Z');
const BEFORE = new Date('2026-11-21T14:59:59.999Z');
const instants = fc.date({ min: new Date('2000-01-02'), max: new Date('2090-01-01'), noInvalidDate: true });

it('begins a day when it begins in Korea', () => {
  expect(koreanTime(MIDNIGHT)).toBe('2026-11-22T00:00:00.000+09:00');
  expect(koreanTime(BEFORE)).toBe('2026-11-21T23:59:59.999+09:00');
  expect([koreanDay(BEFORE), koreanDay(MIDNIGHT)]).toEqual(['2026-11-21', '2026-11-22']);
  expect(startOfKoreanDay('2026-11-22')).toEqual(MIDNIGHT);
});

it('names the same instant, whatever the zone of the machine', () => {
  fc.assert(
    fc.property(instants, (at) => {
      const start = startOfKoreanDay(koreanDay(at)).getTime();
      return (
        new Date(koreanTime(at)).getTime() === at.getTime() &&
        start <= at.getTime() &&
        at.getTime() - start < 86_400_000
      );
    }),
  );
});

it.each([
  ['2026-12-31', 1, '2027-01-01'],
  ['2028-02-28', 1, '2028-02-29'],
  ['2027-02-28', 1, '2027-03-01'],
  ['2026-03-01', -1, '2026-02-28'],
  ['2026-11-21', 0, '2026-11-21'],
])('%s and %p days is %s', (day, days, expected) => {
  expect(addDays(day, days)).toBe(expected);
});

it.each(['2026-11-21', '2028-02-29'])('%s is a day', (text) => {
  expect(isCalendarDay(text)).toBe(true);
});

it.each([
  '2026-02-29',
  '2026-13-01',
  '2026-00-10',
  '2026-1-1',
  '20261121',
  '2026-11-21T00:00:00',
  '',
  'today',
])('%p is no day', (text) => {
  expect(isCalendarDay(text)).toBe(false);
});

it('reads back from the database what it wrote there', () => {
  expect(databaseTime(BEFORE)).toBe('2026-11-21 14:59:59.999');
  expect(fromDatabaseTime(BEFORE)).toBe(BEFORE);
  fc.assert(fc.property(instants, (at) => fromDatabaseTime(databaseTime(at)).getTime() === at.getTime()));
});
