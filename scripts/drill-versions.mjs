import { readFileSync, writeFileSync } from 'node:fs';
import { runBench, whole } from '../bench/rig/run-bench.mjs';
import { command } from './lib/command.mjs';
import { basesOf, build, withOlderBuild } from './lib/drills/older-build.mjs';
import { judgeRollOut, rollOut } from './lib/drills/versions.mjs';
import { DrillWorld } from './lib/drills/world.mjs';
import { bold, green, say, step } from './lib/output.mjs';
import { fromRoot } from './lib/paths.mjs';
import { DRILLED, migrationsIn } from './lib/released-migrations.mjs';

const help = `
Usage: npm run drill:versions [-- OPTIONS]

For each of the last migrations: builds the commit before it, starts that build over its own schema, migrates to the
newest schema while approvals go through it, starts the newest build beside it, and ends the older one. No approval may
fail, and npm run verify must be clean. Needs the history of the project, and a database server as npm test does. About a minute
and a half for each.

  --migrations 1   how many of the last migrations
  --rate 30        approvals a second
  --save           writes the figures to ${DRILLED}, where npm run migrations:diff looks for them
`;

const options = {
  migrations: { type: 'string', default: '1' },
  rate: { type: 'string', default: '30' },
  save: { type: 'boolean' },
};

/** A drill that refused an approval does not come this far; the count is written for those who read the file. */
function keep(name, base, parts) {
  const path = fromRoot(DRILLED);
  const kept = JSON.parse(readFileSync(path, 'utf8'));
  const approved = Object.fromEntries(parts.map(({ label, acknowledged }) => [label, acknowledged.length]));
  const refused = parts.flatMap((part) => Object.values(part.refused)).reduce((sum, each) => sum + each, 0);
  kept.migrations[name] = { sha256: migrationsIn()[name], before: base, approved, refused };
  const sorted = Object.entries(kept.migrations).sort(([one], [other]) => (one < other ? -1 : 1));
  writeFileSync(path, `${JSON.stringify({ ...kept, migrations: Object.fromEntries(sorted) }, null, 2)}\n`);
}

await command({ help, options }, async ({ migrations, rate, save }) => {
  const perSecond = whole('rate', rate, { max: 500 });
  const bases = await basesOf(whole('migrations', migrations, { max: 20 }));
  for (const { name, base } of bases) {
    say(bold(`${name}: the build of ${base}, before it`));
    await withOlderBuild(base, async (older) => {
      await step('Building it', () => build(older));
      const makeWorld = ({ adminUrl }) => new DrillWorld({ name: 'versions', adminUrl });
      await runBench(makeWorld, async (world) => {
        const parts = await rollOut(world, { older, perSecond });
        await judgeRollOut(world, parts);
        if (save) keep(name, base, parts);
      });
    });
  }
  say(green(`Old and new worked side by side over ${bases.length} schema change(s).`));
});
