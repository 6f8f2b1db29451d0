import { spawn } from 'node:child_process';
import { pipeline } from 'node:stream/promises';
import { neededProgram } from '../apt.mjs';
import { Problem, warn } from '../output.mjs';
import { withClientFile } from './client-file.mjs';

/**
 * What mariadb-binlog says of the last log of a server that was killed while it wrote an event. It ends whatever it cannot
 * read, a wrong checksum too, with “Error in log format or read error”: that tells nothing.
 */
const TORN = /'Event truncated'/;

/** 2026-11-22 09:00:00, in the time zone that the programs are given. */
const asText = (moment) => moment.toISOString().slice(0, 19).replace('T', ' ');

/**
 * Plays binary logs, files in their order, over a server: from a position of the first, up to a moment or to the end. An
 * event that is not whole at the end of the last file was never committed, and is left out; in any other file it would
 * hide everything that came after it, and is a Problem.
 */
export async function replay(adminUrl, { sequence, position, to }) {
  const reader = neededProgram('mariadb-binlog', 'mariadb-client');
  const writer = neededProgram('mariadb', 'mariadb-client');
  const env = { ...process.env, TZ: 'UTC' };
  const until = to === undefined ? [] : [`--stop-datetime=${asText(to)}`];
  const play = async (client, files, { start, mayBeTorn }) => {
    const args = ['--no-defaults', '--verify-binlog-checksum', ...start, ...until, ...files];
    const from = startOf(reader, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const into = startOf(writer, [client, '--binary-mode'], { env, stdio: ['pipe', 'ignore', 'pipe'] });
    const flow = pipeline(from.child.stdout, into.child.stdin).catch((error) => error);
    const [read, written] = await Promise.all([from.ended, into.ended, flow]);
    if (written.code !== 0) throw failed('The server refused what the logs hold.', written.errors);
    if (read.code === 0) return;
    if (!mayBeTorn || !TORN.test(read.errors)) throw failed('The logs cannot be read.', read.errors);
    warn('The last log ends within an event, which was never committed; it is left out.');
  };
  const start = [`--start-position=${position}`];
  await withClientFile(adminUrl, async (client) => {
    // One reading where it ends at a moment: mariadb-binlog stops at the first event that is too late, in whichever file.
    if (to !== undefined || sequence.length === 1) {
      return play(client, sequence, { start, mayBeTorn: to === undefined });
    }
    await play(client, sequence.slice(0, -1), { start, mayBeTorn: false });
    await play(client, sequence.slice(-1), { start: [], mayBeTorn: true });
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
