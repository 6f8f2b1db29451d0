import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppConfig } from '../../config/app-config';
import { fault } from '../../common/errors/app-error';
import { isId } from '../../common/ids/id';
import { FileReaders } from './file-readers';
import { FILES_ERRORS } from './files.errors';
import { FilesRepository } from './files.repository';
import type { FileClaim, FileOwner, FileOwnerKind, FileReader, FileView } from './files.types';
import { RemoveFilesJob } from './remove-files.job';

/** What other modules may ask of files. A file that belongs to nothing is removed after FILES_ORPHAN_MS. */
@Injectable()
export class FilesFacade {
  constructor(
    private readonly files: FilesRepository,
    private readonly readers: FileReaders,
    private readonly job: RemoveFilesJob,
    private readonly config: AppConfig,
  ) {}

  /** Once, at start: says who may read the files of one kind of owner, besides their uploaders and operators. */
  registerReader(kind: FileOwnerKind, reader: FileReader): void {
    this.readers.register(kind, reader);
  }

  /** Those among the claimed that cannot be had, for naming bad fields before anything is written. */
  async unclaimable(claim: FileClaim): Promise<string[]> {
    const wellFormed = claim.fileIds.filter((fileId) => isId('fil', fileId));
    const good = new Set(await this.files.claimable({ ...claim, fileIds: wellFormed }));
    return claim.fileIds.filter((fileId) => !good.has(fileId));
  }

  /**
   * In the caller's transaction: exactly these are the owner's files from now on. Throws FILE_NOT_FOUND for one that is
   * another member's, another owner's, or gone.
   */
  async replaceFiles(tx: EntityManager, claim: FileClaim): Promise<void> {
    const isDone = await this.files.replaceOf(tx, claim, this.config.files.orphanMs);
    if (!isDone) throw fault(FILES_ERRORS, 'FILE_NOT_FOUND');
  }

  filesOf(owner: FileOwner): Promise<readonly FileView[]> {
    return this.files.ofOwner(owner);
  }

  /** One sweep of the worker; answers how many files it removed. */
  sweep(): Promise<number> {
    return this.job.run();
  }
}
