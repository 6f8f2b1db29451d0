import { spawn } from 'node:child_process';
import { pipeline } from 'node:stream/promises';
import { neededProgram } from '../apt.mjs';
import { Problem, warn } from '../output.mjs';
import { withClientFile } from './client-file.mjs';

/** What mariadb-binlog says of the last log of a server that was killed while it wrote an event. */
const TORN = /truncated|read error|unexpected end of file|corrupt/i;

/** 2026-11-22 09:00:00, in the time zone that the programs are given. */
const asText = (moment) => moment.toISOString().slice(0, 19).replace('T', ' ');

/**
 * Plays binary logs, files in their order, over a server: from a position of the first, up to a moment or to the end. An
 * event that is not whole at the very end was never committed, and is left out.
 */
export async function replay(adminUrl, { sequence, position, to }) {
  const reader = await neededProgram('mariadb-binlog', 'mariadb-client');
  const writer = await neededProgram('mariadb', 'mariadb-client');
  const env = { ...process.env, TZ: 'UTC' };
  const until = to === undefined ? [] : [`--stop-datetime=${asText(to)}`];
  const args = ['--no-defaults', `--start-position=${position}`, ...until, ...sequence];
  await withClientFile(adminUrl, async (client) => {
    const from = startOf(reader, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const into = startOf(writer, [client, '--binary-mode'], { env, stdio: ['pipe', 'ignore', 'pipe'] });
    const flow = pipeline(from.child.stdout, into.child.stdin).catch((error) => error);
    const [read, written] = await Promise.all([from.ended, into.ended, flow]);
    if (written.code !== 0) throw failed('The server refused what the logs hold.', written.errors);
    if (read.code === 0) return;
    if (to !== undefined || !TORN.test(read.errors)) throw failed('The logs cannot be read.', read.errors);
    warn('The last log ends within an event, which was never committed; it is left out.');
  });
}

const failed = (message, errors) =>
  new Problem(message, 'The data folder is not to be used.', errors.slice(-1_500));

/** A program, and how it ends: {code, errors}. */
function startOf(program, args, options) {
  const child = spawn(program, args, options);
  let errors = '';
  child.stderr.on('data', (data) => (errors += data));
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 127, errors: error.message }));
    child.once('close', (code) => resolve({ code: code ?? 143, errors }));
  });
  return { child, ended };
}
