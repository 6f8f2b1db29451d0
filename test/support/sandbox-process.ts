import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePortRange, httpStatus, Program } from './program';

export interface SandboxProcess {
  /** Of its main port. */
  readonly url: string;
  /** Of an acquirer's own port, by its place after the main one: toss 1, inicis 2, portone 3. */
  own(place: number, acquirer: string): string;
  stop(): Promise<void>;
}

/** The sandbox alone, without a gateway, on free ports and with books of its own. */
export async function startSandbox(env: Readonly<Record<string, string>> = {}): Promise<SandboxProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'pg-gateway-sandbox-'));
  const port = await freePortRange(7);
  const url = `http://127.0.0.1:${port}`;
  const program = new Program({
    name: 'sandbox',
    file: `${process.env.TEST_BUILD_DIR ?? 'dist-test'}/src/sandbox/main.js`,
    env: {
      SANDBOX_PORT: String(port),
      SANDBOX_SMTP_PORT: '0',
      SANDBOX_DATA_DIR: folder,
      SANDBOX_TIME_SCALE: '0.01',
      ...env,
    },
    isReady: async () => (await httpStatus(`${url}/__sandbox/health`)) === 200,
  });
  await program.start();
  return {
    url,
    own: (place, acquirer) => `http://127.0.0.1:${port + place}/${acquirer}`,
    stop: async () => {
      await program.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
