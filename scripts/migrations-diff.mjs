import { readFileSync, writeFileSync } from 'node:fs';
import { command } from './lib/command.mjs';
import { Problem, say } from './lib/output.mjs';
import { fromRoot } from './lib/paths.mjs';
import {
  DRILLED,
  migrationProblems,
  migrationsIn,
  RELEASED,
  unreleased,
} from './lib/released-migrations.mjs';

const help = `
Usage: npm run migrations:diff [-- --release]

Exit code 1 when a migration that was released is gone or another file, or when a newer one was not rolled out beside the
version before (npm run drill:versions -- --save). The rules: docs/released/README.md.

  --release   writes ${RELEASED} anew: what is there now is what databases have run from now on
`;

const options = { release: { type: 'boolean' } };
const read = (path) => JSON.parse(readFileSync(fromRoot(path), 'utf8'));

await command({ help, options }, ({ release }) => {
  const present = migrationsIn();
  const released = read(RELEASED);
  const problems = migrationProblems({ released, present, drilled: read(DRILLED).migrations });
  if (problems.length > 0) {
    const next =
      'Put a released one back and write another after it; try a new one by npm run drill:versions -- --save.';
    throw new Problem('The migrations are not fit to be released.', next, problems.join('\n'));
  }
  const newer = unreleased(released, present);
  if (release) {
    writeFileSync(fromRoot(RELEASED), `${JSON.stringify(present, null, 2)}\n`);
    say(`Wrote ${RELEASED}: ${newer.length} more.`);
    return 0;
  }
  say(
    `${Object.keys(released).length} released migrations are as they were; ${newer.length} newer ones were rolled out.`,
  );
  return 0;
});
