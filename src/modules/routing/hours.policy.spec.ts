import type { Weekday } from '../merchants/merchants.types';
import { isOpen } from './hours.policy';

/** 2026-11-21 is a Saturday. */
const korea = (text: string) => new Date(`2026-11-${text}:00+09:00`);
const WORKDAYS: readonly Weekday[] = ['MON', 'TUE', 'WED', 'THU', 'FRI'];

it.each([
  ['21T08:59', false],
  ['21T09:00', true],
  ['21T17:59', true],
  ['21T18:00', false],
])('09:00 to 18:00 at %s: %p', (time, expected) => {
  expect(isOpen({ from: '09:00', to: '18:00', days: null }, korea(time))).toBe(expected);
});

it('counts days and hours as Korea does', () => {
  const hours = { from: '00:00', to: '24:00', days: WORKDAYS };
  expect(isOpen(hours, korea('20T23:59'))).toBe(true);
  expect(isOpen(hours, korea('21T00:00'))).toBe(false);
  expect(isOpen(hours, korea('22T23:59'))).toBe(false);
  expect(isOpen(hours, korea('23T00:00'))).toBe(true);
});

it('goes over midnight, on the day on which it began', () => {
  const hours = { from: '22:00', to: '02:00', days: ['FRI'] as Weekday[] };
  expect(isOpen(hours, korea('20T21:59'))).toBe(false);
  expect(isOpen(hours, korea('20T22:00'))).toBe(true);
  expect(isOpen(hours, korea('21T01:59'))).toBe(true);
  expect(isOpen(hours, korea('21T02:00'))).toBe(false);
  expect(isOpen(hours, korea('21T22:00'))).toBe(false);
  expect(isOpen(hours, korea('20T01:00'))).toBe(false);
});
