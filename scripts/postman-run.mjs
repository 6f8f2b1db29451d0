import { command } from './lib/command.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { Problem, say } from './lib/output.mjs';
import { fromRoot } from './lib/paths.mjs';

const COLLECTION = 'docs/postman/pg-gateway.postman_collection.json';
const FLOWS = '흐름 / Flows';
const REQUEST_MS = 30_000;

const help = `
Usage: npm run postman:run

Runs the flows of ${COLLECTION} with newman against a gateway that
runs: npm start in another terminal. Exit code 1 when an answer is not what the collection expects.

  PG_GATEWAY_URL   where the gateway is (http://127.0.0.1:3000)
  SANDBOX_URL      where the sandbox is (http://127.0.0.1:3900)
`;

await command({ help }, async () => {
  await ensureInstalled();
  // Loaded late: it needs what is installed.
  const { default: newman } = await import('newman');
  const { PG_GATEWAY_URL: baseUrl, SANDBOX_URL: sandboxUrl } = process.env;
  const addresses = Object.entries({ baseUrl, sandboxUrl }).filter(([, value]) => value);
  const { run } = await new Promise((resolve, reject) => {
    newman.run(
      {
        collection: fromRoot(COLLECTION),
        folder: FLOWS,
        envVar: addresses.map(([key, value]) => ({ key, value })),
        reporters: ['cli'],
        timeoutRequest: REQUEST_MS,
      },
      (error, summary) => (error ? reject(error) : resolve(summary)),
    );
  });
  const { assertions } = run.stats;
  if (run.failures.length > 0) {
    throw new Problem(
      `${run.failures.length} of the collection's requests did not do what is expected.`,
      'Is the gateway running (npm start)? Then see above.',
    );
  }
  say(`${run.stats.requests.total} requests, ${assertions.total} checks, all as expected.`);
});
