import { join } from 'node:path';
import { ensureFolder, fromRoot, ROOT } from './paths.mjs';
import { run } from './processes.mjs';
import { readJson } from './stamp.mjs';

/** Where a run that counts (CI) wants the results of every jest run, one file each. */
const summaryFolder = () => process.env.PG_GATEWAY_SUMMARY;
let files = 0;

export function resultFile() {
  if (!summaryFolder()) return undefined;
  files += 1;
  return join(ensureFolder(summaryFolder()), `jest-${process.pid}-${files}.json`);
}

/** {passed, failed} of a jest result file; a suite that could not run counts as one failure. */
export function countsOf(path) {
  const result = readJson(path);
  if (!result) return { passed: 0, failed: 0 };
  const { numPassedTests = 0, numFailedTests = 0, numRuntimeErrorTestSuites = 0 } = result;
  return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites };
}

/**
 * One more than the two processors we count on: a served test waits for about half of its time. With four of them answers
 * came later than the tenth of production's limits that tests allow (test/support/stack.ts).
 */
const WORKERS = 3;

/** Runs jest in the foreground on some of its projects; gives its exit code. */
export async function runJest(projects, { args = [], env = {} } = {}) {
  const results = resultFile();
  const own = args.some((arg) => arg.startsWith('--selectProjects')) ? [] : ['--selectProjects', ...projects];
  const workers = args.some((arg) => /^(-w|-i|--maxWorkers|--runInBand)/.test(arg))
    ? []
    : [`--maxWorkers=${WORKERS}`];
  const reports = results ? ['--json', `--outputFile=${results}`] : [];
  const { code } = await run(
    process.execPath,
    [fromRoot('node_modules/jest/bin/jest.js'), ...args, ...workers, ...reports, ...own],
    {
      cwd: ROOT,
      env: { ...process.env, ...env },
      inherit: true,
    },
  );
  return code;
}
