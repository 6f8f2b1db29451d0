import { statfsSync } from 'node:fs';
import { Problem } from '../../scripts/lib/output.mjs';
import { DATA, ensureFolder, shown } from '../../scripts/lib/paths.mjs';

/** A payment with its events, movements, lines and all of their indexes: 3,300, and what building the indexes takes besides. */
const BYTES_EACH = 5_000;
/** The server's own logs and temporary files. */
const BYTES_BESIDE = 2e9;

const gigabytes = (bytes) => `${Math.ceil(bytes / 1e9)} GB`;

/** Refuses to begin what the disk has no room for. */
export function refuseSmallDisk(payments) {
  const needed = payments * BYTES_EACH + BYTES_BESIDE;
  const { bavail, bsize } = statfsSync(ensureFolder(DATA));
  const free = bavail * bsize;
  if (free >= needed) return;
  throw new Problem(
    `${payments} payments need ${gigabytes(needed)} of disk, and ${shown(DATA)} has ${gigabytes(free)}.`,
    'Make room, or ask for fewer: npm run bench:reading -- --payments 1000000',
  );
}
