import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isDeepStrictEqual } from 'node:util';
import { step } from '../../scripts/lib/output.mjs';
import { DATA, ensureFolder } from '../../scripts/lib/paths.mjs';
import { residentBytes } from '../rig/gauges.mjs';
import { readExport } from './files.mjs';

const SAMPLE_MS = 100;
const MIB = 1_048_576;
export const FORMATS = ['xlsx', 'csv'];

/** All transactions of the one day as a file: what it costs the API in memory and time, and that the file is right. */
export async function measureExport(day, plan, format) {
  const folder = mkdtempSync(join(ensureFolder(join(DATA, 'bench')), 'export-'));
  try {
    const path = join(folder, `transactions.${format}`);
    const query = new URLSearchParams({ format, from: plan.yesterday, to: plan.yesterday });
    const taken = await step(`Exporting a day as ${format}`, () =>
      download(day, `/v1/transactions/export?${query}`, path),
    );
    const { rows } = await step(`Reading the ${format} file`, () => checkFile(day, format, path));
    const { ms, idle, highest } = taken;
    return {
      ...{ kind: 'export', name: `export ${format}`, rows, ms, rowsPerSecond: rows / (ms / 1_000) },
      ...{ idleMiB: idle / MIB, memoryMiB: (highest - idle) / MIB, fileMiB: statSync(path).size / MIB },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function download({ pid, readers }, path, file) {
  const idle = residentBytes(pid);
  let highest = idle;
  const sample = () => {
    highest = Math.max(highest, residentBytes(pid));
  };
  const timer = setInterval(sample, SAMPLE_MS);
  const since = performance.now();
  try {
    const { statusCode, body } = await readers.open('operator', path);
    if (statusCode !== 200) throw new Error(`${path} answered ${statusCode}: ${await body.text()}`);
    await pipeline(body, createWriteStream(file));
    sample();
    return { idle, highest, ms: performance.now() - since };
  } finally {
    clearInterval(timer);
  }
}

/** Every payment is in the file, and its sums are those of the payments. */
async function checkFile(day, format, path) {
  const charged = "p.status IN ('APPROVED', 'PARTIALLY_CANCELLED', 'CANCELLED')";
  const sum = (column, name) => `CAST(SUM(IF(${charged}, p.${column}, 0)) AS DOUBLE) AS ${name}`;
  const [row] = await day.rows(
    `SELECT CAST(COUNT(*) AS DOUBLE) AS n, ${sum('amount', 'approved')}, ${sum('cancelled_amount', 'cancelled')},
       ${sum('balance_amount', 'due')} FROM payments p WHERE p.mid LIKE 'M9______'`,
  );
  const sums = [row.approved, row.cancelled, row.due];
  // What reads CSV adds up by itself: it has no row of sums.
  const expected = { rows: row.n, sums, totals: format === 'csv' ? null : sums };
  const found = await readExport(format, path);
  if (!isDeepStrictEqual(found, expected)) {
    throw new Error(
      `the ${format} file has ${JSON.stringify(found)}; the payments come to ${JSON.stringify(expected)}`,
    );
  }
  return found;
}
