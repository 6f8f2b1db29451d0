import { existsSync, readFileSync, rmSync } from 'node:fs';

/**
 * The test build's twin of src/common/crash/crash-point.ts. CRASH_POINT_FILE names a file that holds the name of the
 * point to die at; the file is taken away first, so that the restarted process lives.
 */
export function crashPoint(name: string): void {
  const file = process.env.CRASH_POINT_FILE;
  if (file === undefined || !existsSync(file)) return;
  if (readFileSync(file, 'utf8').trim() !== name) return;
  rmSync(file);
  process.kill(process.pid, 'SIGKILL');
}
