import { ensureBuilt } from './lib/build.mjs';
import { command } from './lib/command.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { runJest } from './lib/jest.mjs';
import { Problem, say } from './lib/output.mjs';
import { withTestDatabase } from './lib/test-database.mjs';

const ROUNDS = { quick: 1, release: 20 };

const help = `
Usage: npm run fault -- --quick | --release [--rounds N] [-- JEST-ARGUMENTS]

Kills the API at every step of an approval, a reversal and a cancel, the worker, the sandbox and MariaDB, under load
where that matters, and proves after each that the acquirer's book and ours agree. On a database server of its own.

  --quick      every fault once (what .ci/run does)
  --release    every fault ${ROUNDS.release} times
  --rounds N   every fault N times
`;

const options = {
  quick: { type: 'boolean' },
  release: { type: 'boolean' },
  rounds: { type: 'string' },
};

await command({ help, options, passThrough: true }, async ({ release, rounds: given, rest }) => {
  const rounds = given === undefined ? ROUNDS[release ? 'release' : 'quick'] : Number(given);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new Problem(`--rounds ${given} is not a count.`, 'Give a whole number from 1.');
  }
  await ensureInstalled();
  await ensureBuilt({ test: true });
  say(`Every fault ${rounds === 1 ? 'once' : `${rounds} times`}.`);
  const env = (server) => ({ ...server, FAULT_ROUNDS: String(rounds) });
  return withTestDatabase((server) => runJest(['fault'], { args: rest, env: env(server) }));
});
