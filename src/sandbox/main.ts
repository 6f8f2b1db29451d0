import { ACQUIRERS } from './core/acquirer';
import { HELP, readConfig, type SandboxConfig } from './config';
import { REGISTRY } from './registry';
import { SandboxServer } from './server';

const STOP_WITHIN_MS = 5_000;

async function run(config: SandboxConfig): Promise<void> {
  const server = new SandboxServer(config, (error) => fail(`The sandbox stops: ${error.message}`));
  await server.start();
  const stop = () => {
    setTimeout(() => fail('The sandbox did not stop in time.'), STOP_WITHIN_MS).unref();
    server.stop().then(
      () => process.exit(0),
      (error: Error) => fail(error.message),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  const own = ACQUIRERS.filter((name) => REGISTRY.has(name)).map(
    (name) => `http://${config.host}:${server.ownPort(name)}/${name}`,
  );
  process.stdout.write(
    `Sandbox listening on http://${config.host}:${server.mainPort}; acquirers: ${own.join(', ')}; ` +
      `journals in ${config.dataDir}, ${server.ledgerEntries} ledger entries\n`,
  );
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

if (process.argv.slice(2).some((argument) => argument === '--help' || argument === '-h')) {
  process.stdout.write(HELP);
} else {
  try {
    run(readConfig(process.env)).catch((error: Error) => fail(error.message));
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
  }
}
