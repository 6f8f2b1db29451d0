import { ensureBuilt } from './lib/build.mjs';
import { command } from './lib/command.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { runJest } from './lib/jest.mjs';
import { withTestDatabase } from './lib/test-database.mjs';

const PROJECTS = ['unit', 'tidy', 'integration', 'contract', 'e2e', 'fault'];

const help = `
Usage: npm test [-- JEST-ARGUMENTS]

Runs every test (${PROJECTS.join(', ')}) on a database server of its own, which it starts and stops. npm start may run
at the same time. Installs and builds first where that is needed.

  npm test -- payments            only test files whose path contains "payments"
  npm test -- -t 'declines'       only tests whose name contains "declines"
  npm test -- --selectProjects unit

  DATABASE_URL_TEST=mysql://user:password@host:3306/   uses that server; the user must be able to create databases
`;

await command({ help, passThrough: true }, async ({ rest }) => {
  await ensureInstalled();
  await ensureBuilt({ test: true });
  return withTestDatabase((env) => runJest(PROJECTS, { args: rest, env }));
});
