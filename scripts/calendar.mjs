import { writeFileSync } from 'node:fs';
import { ensureBuilt } from './lib/build.mjs';
import { command } from './lib/command.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { Problem, say } from './lib/output.mjs';
import { fromRoot, ROOT } from './lib/paths.mjs';
import { run } from './lib/processes.mjs';
import { readText } from './lib/stamp.mjs';

const help = `
Usage: npm run calendar -- --year YEAR [--check]

Writes docs/settlement-calendar-YEAR.md, the day of payout of every day of capture of a year, from the holidays that the
gateway comes with; builds first where that is needed. Needs no database.

  --year    the calendar year, e.g. 2026
  --check   writes nothing; exit code 1 when the file is not what the sources say
`;

const options = { year: { type: 'string' }, check: { type: 'boolean' } };

await command({ help, options }, async ({ year, check }) => {
  if (!/^\d{4}$/.test(year ?? '')) {
    throw new Problem('No year was named.', 'Name one: npm run calendar -- --year 2026');
  }
  await ensureInstalled();
  await ensureBuilt();
  const program = fromRoot('dist/src/calendar.js');
  const { code, output } = await run(process.execPath, [program, year], { cwd: ROOT });
  if (code !== 0) {
    throw new Problem(
      `The calendar of ${year} could not be made.`,
      'Name a year that the holiday library has.',
      output,
    );
  }
  const name = `docs/settlement-calendar-${year}.md`;
  const stale = readText(fromRoot(name)) !== output;
  if (check && stale) {
    throw new Problem(`Not what the sources say: ${name}.`, `Run npm run calendar -- --year ${year}.`);
  }
  if (stale) writeFileSync(fromRoot(name), output);
  say(stale ? `Wrote ${name}.` : `${name} is current.`);
});
