import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { createServer } from 'node:net';

/**
 * Keeps a second sandbox away from the same journals. Linux gives the name back when the process ends, however it
 * ends; other systems have no such name, and there only the port keeps two sandboxes apart.
 */
export async function lockFolder(folder: string): Promise<() => void> {
  fs.mkdirSync(folder, { recursive: true });
  if (process.platform !== 'linux') return () => undefined;
  const name = createHash('sha256').update(fs.realpathSync(folder)).digest('hex');
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', () =>
      reject(
        new Error(
          `${folder} is in use by another sandbox. Stop that one, or set SANDBOX_DATA_DIR to another folder.`,
        ),
      ),
    );
    server.listen(`\0pg-gateway-sandbox-${name}`, resolve);
  });
  server.unref();
  return () => server.close();
}
