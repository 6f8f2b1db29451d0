import { command } from './lib/command.mjs';
import { localSecrets } from './lib/env.mjs';
import { startMariaDb } from './lib/mariadb/server.mjs';
import { freePort } from './lib/net.mjs';
import { fromRoot } from './lib/paths.mjs';

const help = `
Usage: node scripts/mariadb.mjs [--data-dir FOLDER] [--port N]

Runs a private MariaDB server in the foreground, with the settings that the gateway counts on. When it is ready it
prints one line of JSON: {"pid", "port", "socket", "url", "adminUrl", "migrationUrl", "verifyUrl", "errorLog"}.
Ends with the server: exit code 0 after SIGTERM or Ctrl-C, 1 when the server died by itself.

  --data-dir FOLDER   the server's own folder; made when it does not exist  (default .data/mariadb)
  --port N            TCP port on 127.0.0.1; 0 takes a free one             (default 0)
`;

await command(
  { help, options: { 'data-dir': { type: 'string' }, port: { type: 'string' } } },
  async ({ 'data-dir': dataDir = fromRoot('.data/mariadb'), port = '0' }) => {
    let asked = false;
    let server;
    const stop = () => {
      asked = true;
      void server?.stop();
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
    server = await startMariaDb({
      dataDir,
      port: Number(port) || (await freePort()),
      secrets: localSecrets(),
    });
    if (asked) await server.stop();
    const { pid, port: used, socket, url, adminUrl, migrationUrl, verifyUrl, errorLog } = server;
    console.log(
      JSON.stringify({ pid, port: used, socket, url, adminUrl, migrationUrl, verifyUrl, errorLog }),
    );
    const why = await server.exited;
    if (asked) return 0;
    console.error(`The MariaDB server (pid ${pid}) ended by itself: ${why}. Its log is ${errorLog}.`);
    return 1;
  },
);
