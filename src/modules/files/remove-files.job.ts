import { Inject, Injectable } from '@nestjs/common';
import { AppConfig } from '../../config/app-config';
import { Logger } from '../../common/logging/logger';
import { FilesRepository } from './files.repository';
import { FILE_STORAGES, type FileStorages } from './storage/file-storage.port';

const AT_A_TIME = 20;

/** Removes files that nothing has taken up: content first, row second, so that a killed worker's work is taken up. */
@Injectable()
export class RemoveFilesJob {
  constructor(
    private readonly files: FilesRepository,
    @Inject(FILE_STORAGES) private readonly storages: FileStorages,
    private readonly config: AppConfig,
    private readonly logger: Logger,
  ) {}

  /** Answers how many went. */
  async run(): Promise<number> {
    const due = await this.files.claimDue(AT_A_TIME, this.config.worker.leaseMs);
    let gone = 0;
    for (const { fileId, storage, storageKey } of due) {
      try {
        const place = this.storages.find(storage);
        // Not set up in this process: another worker, or a later one, has it.
        if (place === undefined) continue;
        await place.remove(storageKey);
        await this.files.remove(fileId);
        gone += 1;
      } catch (error) {
        this.logger.failure('files.remove', error);
      }
    }
    return gone;
  }
}
