import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem } from '../output.mjs';
import { fromRoot, ROOT } from '../paths.mjs';
import { run } from '../processes.mjs';

async function git(...args) {
  const { code, output } = await run('git', args, { cwd: ROOT });
  if (code === 0) return output.trim();
  throw new Problem(
    `git ${args[0]} failed.`,
    'The drill needs the history of the project: a clone that is not shallow.',
    output,
  );
}

/** The last migrations, the newest first, each with the commit before the one that brought it: {name, base}. */
export async function basesOf(count) {
  const names = readdirSync(fromRoot('migrations'))
    .filter((name) => /^\d+-.*\.ts$/.test(name))
    .sort()
    .reverse()
    .slice(0, count);
  return Promise.all(names.map(async (name) => ({ name, base: await commitBefore(name) })));
}

async function commitBefore(name) {
  const added = await git('log', '--diff-filter=A', '--format=%H', '--', `migrations/${name}`);
  const commit = added.split('\n').at(-1);
  if (commit) return git('rev-parse', '--short=12', `${commit}^`);
  throw new Problem(`No commit brings migrations/${name}.`, 'Commit it, then run the drill again.');
}

/**
 * Builds a commit in a folder of its own and runs `work` with that folder, which is removed afterwards. It uses the packages
 * that are installed here, as its own may not be at hand any more.
 */
export async function withOlderBuild(commit, work) {
  const root = join(mkdtempSync(join(tmpdir(), 'pg-gateway-older-')), 'tree');
  await git('worktree', 'add', '--quiet', '--detach', root, commit);
  try {
    symlinkSync(fromRoot('node_modules'), join(root, 'node_modules'));
    return await work(root);
  } finally {
    await git('worktree', 'remove', '--force', root);
    rmSync(join(root, '..'), { recursive: true, force: true });
  }
}

export async function build(root) {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const { code, output } = await run(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
    cwd: root,
  });
  if (code === 0 && existsSync(join(root, 'dist/src/main.js'))) return;
  const next = 'It needs packages of its time: take fewer migrations with --migrations.';
  throw new Problem('The older sources do not compile.', next, output.slice(0, 2_000));
}
