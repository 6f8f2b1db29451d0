import { resolve } from 'node:path';
import { command } from './lib/command.mjs';
import { localSecrets } from './lib/env.mjs';
import { DATABASE_FOLDER, startPrivateDatabase } from './lib/gateway-env.mjs';
import { composeProject } from './lib/mariadb/docker.mjs';
import { freePort } from './lib/net.mjs';
import { Problem } from './lib/output.mjs';
import { fromRoot } from './lib/paths.mjs';

const help = `
Usage: node scripts/mariadb.mjs [--data-dir FOLDER] [--port N] [--tls FOLDER]

Runs a private MariaDB server in the foreground, with the settings that the gateway counts on. When it is ready it
prints one line of JSON: {"pid", "port", "socket", "url", "adminUrl", "migrationUrl", "verifyUrl", "errorLog"}; on a
machine without a MariaDB program Docker serves it, and "container" and "project" stand there instead of "pid".
Ends with the server: exit code 0 after SIGTERM or Ctrl-C, 1 when the server died by itself.

  --data-dir FOLDER   the server's own folder; made when it does not exist  (default .data/mariadb). With Docker the
                      data is in a volume, one for each such folder.
  --port N            TCP port on 127.0.0.1; 0 takes a free one             (default 0)
  --tls FOLDER        takes encrypted connections only, by cert.pem and key.pem of that folder; not with Docker
`;

const options = { 'data-dir': { type: 'string' }, port: { type: 'string' }, tls: { type: 'string' } };

const encrypted = (folder) => ({
  ssl_cert: resolve(folder, 'cert.pem'),
  ssl_key: resolve(folder, 'key.pem'),
  require_secure_transport: 'ON',
});

await command(
  { help, options },
  async ({ 'data-dir': dataDir = fromRoot('.data/mariadb'), port = '0', tls }) => {
    let stop;
    const stopped = new Promise((done) => (stop = done));
    process.on('SIGTERM', () => stop());
    process.on('SIGINT', () => stop());
    // While Docker has the server, nothing else keeps this process.
    const staying = setInterval(() => {}, 60_000);
    try {
      const server = await startPrivateDatabase({
        dataDir,
        port: Number(port) || (await freePort()),
        secrets: localSecrets(),
        project: composeProject('pg-gateway-own', resolve(dataDir)),
        // As npm start has it: a change that its log does not hold could not be recovered.
        binlog: resolve(dataDir) === DATABASE_FOLDER,
        ...(tls === undefined ? {} : { settings: encrypted(tls) }),
      });
      if (tls !== undefined && server.container !== undefined) {
        await server.stop();
        throw new Problem(
          '--tls needs a MariaDB program: Docker serves without it.',
          'Install one, or leave --tls out.',
        );
      }
      const { exited, stop: end, ...shown } = server;
      console.log(JSON.stringify(shown));
      const why = await Promise.race([exited, stopped]);
      if (why === undefined) {
        await end();
        return 0;
      }
      console.error(
        `The MariaDB server (pid ${server.pid}) ended by itself: ${why}. Its log is ${server.errorLog}.`,
      );
      return 1;
    } finally {
      clearInterval(staying);
    }
  },
);
