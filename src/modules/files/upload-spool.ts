import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { AppConfig } from '../../config/app-config';
import { fault } from '../../common/errors/app-error';
import { Logger } from '../../common/logging/logger';
import { Clock } from '../../common/time/clock';
import { FILE_BYTES_MAX, HEAD_BYTES, mediaTypeOf } from './file-content.policy';
import { FILES_ERRORS } from './files.errors';
import type { MediaType } from './files.types';

/** Longer than any request lives. */
const LEFTOVER_MS = 3_600_000;

/** A content that lies whole on this machine, looked at and found good. */
export interface Spooled {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly mediaType: MediaType;
}

/** Where uploads are written while they arrive, so that none is held in memory and a broken one leaves nothing. */
@Injectable()
export class UploadSpool implements OnApplicationBootstrap {
  private readonly folder: string;

  constructor(
    config: AppConfig,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {
    this.folder = join(resolve(config.files.folder), 'incoming');
  }

  /** What a killed process left half-way. */
  async onApplicationBootstrap(): Promise<void> {
    const names = await readdir(this.folder).catch(() => []);
    const before = this.clock.now().getTime() - LEFTOVER_MS;
    for (const name of names) {
      const path = join(this.folder, name);
      const seen = await stat(path).catch(() => null);
      if (seen !== null && seen.mtimeMs < before) await this.remove(path);
    }
  }

  /** Throws FILE_TOO_LARGE, FILE_EMPTY, FILE_TYPE_NOT_ALLOWED, and whatever the stream throws; then nothing is left. */
  async write(content: Readable): Promise<Spooled> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const path = join(this.folder, randomUUID());
    const seen = new SeenContent();
    try {
      await pipeline(content, seen, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
      return { path, ...seen.judged() };
    } catch (error) {
      await this.remove(path);
      throw error;
    }
  }

  async remove(path: string): Promise<void> {
    await rm(path, { force: true }).catch((error: unknown) => this.logger.failure('files.spool', error));
  }
}

/** Counts, hashes and looks at what flows through; ends the flow when it is too much, or nothing that is taken. */
class SeenContent extends Transform {
  private readonly hash = createHash('sha256');
  private head = Buffer.alloc(0);
  private bytes = 0;

  override _transform(
    chunk: Buffer,
    _encoding: string,
    done: (error: Error | null, data?: Buffer) => void,
  ): void {
    this.bytes += chunk.length;
    if (this.head.length < HEAD_BYTES) this.head = Buffer.concat([this.head, chunk]).subarray(0, HEAD_BYTES);
    if (this.bytes > FILE_BYTES_MAX) done(fault(FILES_ERRORS, 'FILE_TOO_LARGE'));
    else if (this.head.length === HEAD_BYTES && mediaTypeOf(this.head) === null)
      done(fault(FILES_ERRORS, 'FILE_TYPE_NOT_ALLOWED'));
    else {
      this.hash.update(chunk);
      done(null, chunk);
    }
  }

  judged(): Omit<Spooled, 'path'> {
    if (this.bytes === 0) throw fault(FILES_ERRORS, 'FILE_EMPTY');
    const mediaType = mediaTypeOf(this.head);
    if (mediaType === null) throw fault(FILES_ERRORS, 'FILE_TYPE_NOT_ALLOWED');
    return { bytes: this.bytes, sha256: this.hash.digest('hex'), mediaType };
  }
}
