import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Runs `work` with the option that tells MariaDB's own programs of a server and its user. In a file that nobody else may
 * read, since a password on a command line is seen by everyone on the machine.
 */
export async function withClientFile(url, work) {
  const { hostname, port, username, password } = new URL(url);
  const folder = mkdtempSync(join(tmpdir(), 'pg-gateway-client-'));
  const file = join(folder, 'client.cnf');
  const lines = [
    `host = ${hostname}`,
    `port = ${port || 3306}`,
    `user = "${decodeURIComponent(username)}"`,
    `password = "${decodeURIComponent(password)}"`,
  ];
  try {
    writeFileSync(file, `[client]\nprotocol = tcp\n${lines.join('\n')}\n`, { mode: 0o600 });
    return await work(`--defaults-file=${file}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
