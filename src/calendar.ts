import { yearCalendarText } from './modules/settlements/calendar/year-calendar.text';

/** Prints the settlement calendar of the year that it is given, as Markdown. Needs no database. */
try {
  process.stdout.write(yearCalendarText(process.argv[2] ?? ''));
} catch (error) {
  process.stderr.write(`calendar: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
