import { yearCalendarText } from '../../src/modules/settlements/calendar/year-calendar.text';
import { filesBelow, textOf } from './files';

const pages = filesBelow(['docs'], /^settlement-calendar-\d{4}\.md$/);

it('has the calendars of this year and the next', () => {
  expect(pages).toEqual(['docs/settlement-calendar-2026.md', 'docs/settlement-calendar-2027.md']);
});

it.each(pages)('%s is what the sources say', (page) => {
  const year = /\d{4}/.exec(page)?.[0] ?? '';
  expect(textOf(page)).toBe(yearCalendarText(year));
});
