import { parseArgs } from 'node:util';
import { loadVerifyConfig } from '../config/verify-config';
import { runVerify } from './run-verify';

const HELP = `npm run verify [-- options]
Reads the database and the sandbox's ledger and checks the invariants of docs/invariants.md. Changes nothing.
Exits with 0 when all hold, 1 when one is broken (each is named with its row), 2 when something could not be read.

  --settled       nothing may be between states (after a fault run has come to rest)
  --settle-ms N   a difference counts when it lasts so long (default 3000; 0 = at once)
  --help          this text
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      settled: { type: 'boolean', default: false },
      'settle-ms': { type: 'string', default: '3000' },
      help: { type: 'boolean', default: false },
    },
  });
  const out = (line: string) => process.stdout.write(`${line}\n`);
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const started = Date.now();
  const report = await runVerify(loadVerifyConfig(), {
    between: values.settled ? 'FORBIDDEN' : 'ALLOWED',
    settleMs: Number(values['settle-ms']),
  });
  for (const { invariant, what, id } of report.violations) out(`${invariant}  ${id}  ${what}`);
  for (const note of report.notes) out(`note: ${note}`);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  out(
    `verify: ${report.violations.length} violations; ${report.payments} approval attempts against ` +
      `${report.ledgerOrders} orders in the acquirers' books, ${seconds} s`,
  );
  return report.violations.length === 0 ? 0 : 1;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(
      `verify could not read everything: ${reason}\nIs the gateway running (npm start)?\n`,
    );
    process.exitCode = 2;
  },
);
