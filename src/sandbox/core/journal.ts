import * as fs from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';

const write = promisify(fs.write);
const fdatasync = promisify(fs.fdatasync);
const ftruncate = promisify(fs.ftruncate);
const READ_BYTES = 1 << 20;
const NEWLINE = 0x0a;

/** Lines that go to the disk together, and the promise that they are there. */
interface Group {
  readonly lines: string[];
  readonly durable: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
  /** Empties the file before the lines are written. */
  truncate: boolean;
}

function newGroup(): Group {
  let resolve: () => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const durable = new Promise<void>((onDone, onFailure) => {
    resolve = onDone;
    reject = onFailure;
  });
  // Nobody may be waiting for this group; the failure is told to `onFailure` as well.
  durable.catch(() => undefined);
  return { lines: [], durable, resolve, reject, truncate: false };
}

/**
 * An append-only file of JSON lines. Calls append at once and wait for `barrier()` before their answer leaves: all
 * lines that came while the disk was busy share the next write and the next fdatasync.
 */
export class Journal {
  private waiting: Group | null = null;
  private writing: Group | null = null;
  private scheduled = false;
  private failure: Error | null = null;

  private position = 0;

  private constructor(
    private readonly file: string,
    private readonly descriptor: number,
    /** Told once when the disk refuses; whoever runs the sandbox must stop it, since its memory is ahead of the disk. */
    private readonly onFailure: (error: Error) => void,
  ) {}

  /** Opens or makes the file. Nothing may be appended before `replay`. */
  static open(file: string, onFailure: (error: Error) => void): Journal {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const isNew = !fs.existsSync(file);
    const descriptor = fs.openSync(file, isNew ? 'w+' : 'r+', 0o600);
    if (isNew) syncFolder(path.dirname(file));
    return new Journal(file, descriptor, onFailure);
  }

  /**
   * Hands every record to `restore` and cuts off a last line that was torn by an abrupt end. A torn line was never
   * fsynced, so nobody was answered because of it.
   */
  replay(restore: (record: unknown) => void): void {
    this.position = readRecords(this.descriptor, this.file, restore);
    fs.ftruncateSync(this.descriptor, this.position);
    fs.fdatasyncSync(this.descriptor);
  }

  append(record: object): void {
    this.group().lines.push(`${JSON.stringify(record)}\n`);
    this.schedule();
  }

  /** Settles when everything appended so far is on the disk; undefined where it already is. */
  barrier(): Promise<void> | undefined {
    if (this.failure) return Promise.reject(this.failure);
    return (this.waiting ?? this.writing)?.durable;
  }

  /** Empties the file. Lines that still waited are dropped, later ones are written after it. */
  async truncate(): Promise<void> {
    const group = this.group();
    group.lines.length = 0;
    group.truncate = true;
    this.schedule();
    await group.durable;
  }

  async close(): Promise<void> {
    try {
      await this.barrier();
    } finally {
      fs.closeSync(this.descriptor);
    }
  }

  private group(): Group {
    this.waiting ??= newGroup();
    return this.waiting;
  }

  private schedule(): void {
    if (this.scheduled || this.writing || this.failure) return;
    this.scheduled = true;
    // After the requests that arrived in the same turn of the event loop, so that they share this group.
    setImmediate(() => {
      this.scheduled = false;
      void this.writeGroups();
    });
  }

  private async writeGroups(): Promise<void> {
    while (this.waiting) {
      const group = this.waiting;
      this.writing = group;
      this.waiting = null;
      try {
        await this.writeGroup(group);
        group.resolve();
      } catch (error) {
        this.fail(error instanceof Error ? error : new Error(String(error)));
        return;
      }
    }
    this.writing = null;
  }

  private async writeGroup(group: Group): Promise<void> {
    if (group.truncate) {
      await ftruncate(this.descriptor, 0);
      this.position = 0;
    }
    const bytes = Buffer.from(group.lines.join(''), 'utf8');
    let written = 0;
    while (written < bytes.length) {
      const { bytesWritten } = await write(
        this.descriptor,
        bytes,
        written,
        bytes.length - written,
        this.position + written,
      );
      written += bytesWritten;
    }
    await fdatasync(this.descriptor);
    this.position += bytes.length;
  }

  private fail(error: Error): void {
    this.failure = error;
    this.writing?.reject(error);
    this.waiting?.reject(error);
    this.onFailure(error);
  }
}

/** Returns where the last whole record ends. */
function readRecords(descriptor: number, file: string, restore: (record: unknown) => void): number {
  const size = fs.fstatSync(descriptor).size;
  const chunk = Buffer.allocUnsafe(READ_BYTES);
  let rest: Buffer = Buffer.alloc(0);
  let end = 0;
  let line = 0;
  for (;;) {
    const read = fs.readSync(descriptor, chunk, 0, READ_BYTES, end + rest.length);
    if (read === 0) return end;
    const bytes = Buffer.concat([rest, chunk.subarray(0, read)]);
    let from = 0;
    for (let stop = bytes.indexOf(NEWLINE); stop !== -1; stop = bytes.indexOf(NEWLINE, from)) {
      line += 1;
      const record = parseRecord(bytes.toString('utf8', from, stop));
      // Broken and the very last: torn. Broken with more behind it: somebody else's doing, and not ours to drop.
      if (record === undefined && end + stop + 1 === size) return end + from;
      if (record === undefined) throw new Error(brokenRecord(file, line));
      restore(record);
      from = stop + 1;
    }
    end += from;
    rest = bytes.subarray(from);
  }
}

function parseRecord(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function brokenRecord(file: string, line: number): string {
  return `${file}:${line} is not a journal record. Repair the file, or delete it to start with empty books.`;
}

/** Makes the new file's name durable too: fsync of a file does not cover the folder that lists it. */
function syncFolder(folder: string): void {
  const descriptor = fs.openSync(folder, 'r');
  try {
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}
