import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './files';

const BUILD_MS = 180_000;

it(
  'examples/crypto/vectors.json is what the gateway’s own code says',
  () => {
    const args = [join(ROOT, 'scripts/vectors.mjs'), '--check'];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect({ status, said: status === 0 ? '' : `${stdout}${stderr}` }).toEqual({ status: 0, said: '' });
  },
  BUILD_MS,
);
