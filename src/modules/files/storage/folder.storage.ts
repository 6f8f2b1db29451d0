import { constants } from 'node:fs';
import { copyFile, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { assertStorageKey, type FileStorage, type SpooledContent } from './file-storage.port';

const FOLDER_MODE = 0o700;

/** Contents in a folder of this machine, or one that several machines share. */
export class FolderStorage implements FileStorage {
  readonly name = 'folder' as const;
  private readonly root: string;

  constructor(folder: string) {
    this.root = resolve(folder);
  }

  async put(key: string, { path }: SpooledContent): Promise<void> {
    const place = this.place(key);
    await mkdir(dirname(place), { recursive: true, mode: FOLDER_MODE });
    // Copied and flushed under another name first: a reader never sees half of a file, and neither does a power cut.
    const half = `${place}.part`;
    await copyFile(path, half, constants.COPYFILE_FICLONE);
    const file = await open(half, 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(half, place);
  }

  async open(key: string): Promise<Readable | null> {
    try {
      const file = await open(this.place(key), 'r');
      return file.createReadStream();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  async remove(key: string): Promise<void> {
    const place = this.place(key);
    await rm(place, { force: true });
    await rm(`${place}.part`, { force: true });
  }

  private place(key: string): string {
    assertStorageKey(key);
    return join(this.root, key);
  }
}
