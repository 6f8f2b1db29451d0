import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GUIDE_LANGUAGES, guideBlocks, guideNames, notShown } from '../support/guides';
import { freePort } from '../support/program';
import { Stack } from '../support/stack';

/*
 * A stranger with an empty folder who copies every block of the guides, in their order, and looks whether what is shown comes
 * out. Nothing is changed but the ports, since a gateway of the reader's own may run on the written ones.
 */

const GUIDE_MS = 120_000;
/** From an empty folder to a verified webhook. */
const START_MS_MAX = 600_000;
const MARK = '-- block';

let stack: Stack;
let here: (commands: string) => string;

beforeAll(async () => {
  stack = await Stack.start('guides', { env: { WEBHOOK_LOOPBACK_ALLOWED: 'true' } });
  const port = await freePort();
  here = (commands) =>
    commands
      .replaceAll('http://127.0.0.1:3000', stack.api.url)
      .replaceAll('http://127.0.0.1:3900', stack.sandboxUrl)
      .replaceAll('4100', String(port));
});
afterAll(() => stack?.stop());

interface Ran {
  readonly code: number | null;
  readonly output: string;
}

/** Runs in a group of its own: what a guide leaves in the background ends with it. */
async function inShell(script: string, cwd: string): Promise<Ran> {
  const { PATH, HOME } = process.env;
  const child = spawn('sh', ['-c', script], {
    cwd,
    env: { PATH, HOME },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => (output += data.toString()));
  const endGroup = () => {
    try {
      process.kill(-child.pid!, 'SIGKILL');
    } catch {
      // All of it has ended.
    }
  };
  const timer = setTimeout(endGroup, GUIDE_MS);
  const code = await new Promise<number | null>((done) => child.once('exit', done));
  clearTimeout(timer);
  endGroup();
  return { code, output };
}

describe.each(GUIDE_LANGUAGES)('the guides in %s', (language) => {
  const folder = mkdtempSync(join(tmpdir(), 'pg-gateway-guides-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(guideNames(language))(
    '%s',
    async (name) => {
      const blocks = guideBlocks(language, name);
      expect(blocks.length).toBeGreaterThan(0);
      const since = performance.now();
      const script = blocks.map(({ commands }) => `echo '${MARK}'\n${here(commands)}`).join('');
      const isFirst = name === 'start';
      const { code, output } = await inShell(`set -e\n${script}`, isFirst ? folder : join(folder, 'shop'));
      const tookMs = performance.now() - since;
      process.stderr.write(`${language}/${name}: ${(tookMs / 1_000).toFixed(1)} s\n`);
      const outputs = output.split(`${MARK}\n`).slice(1);
      const missing = blocks.flatMap(({ shown }, at) => notShown(shown, outputs[at] ?? ''));
      expect({ code, missing, output: code === 0 && missing.length === 0 ? '' : output }).toEqual({
        code: 0,
        missing: [],
        output: '',
      });
      if (isFirst) expect(tookMs).toBeLessThan(START_MS_MAX);
    },
    GUIDE_MS + 10_000,
  );
});
