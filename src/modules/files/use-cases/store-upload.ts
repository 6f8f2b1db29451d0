import { Inject, Injectable } from '@nestjs/common';
import { AppConfig } from '../../../config/app-config';
import { crashPoint } from '../../../common/crash/crash-point';
import { fault } from '../../../common/errors/app-error';
import { newId } from '../../../common/ids/id';
import { Logger } from '../../../common/logging/logger';
import { Clock } from '../../../common/time/clock';
import { koreanDay } from '../../../common/time/korean-time';
import { FILES_ERRORS } from '../files.errors';
import { FilesRepository } from '../files.repository';
import type { FileView } from '../files.types';
import { FILE_STORAGES, type FileStorages, storageKey } from '../storage/file-storage.port';
import type { Upload } from '../upload.guard';

/** Files of one member that belong to nothing; more is no work but a flood. */
const LOOSE_MAX = 50;

/** Row first, content second, and only then a file: whatever is interrupted is found by its row and removed. */
@Injectable()
export class StoreUpload {
  constructor(
    private readonly files: FilesRepository,
    @Inject(FILE_STORAGES) private readonly storages: FileStorages,
    private readonly config: AppConfig,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Throws FILE_LIMIT, FILE_STORAGE_UNAVAILABLE. */
  async run(memberId: string, upload: Upload): Promise<FileView> {
    if ((await this.files.countLoose(memberId)) >= LOOSE_MAX) throw fault(FILES_ERRORS, 'FILE_LIMIT');
    const { name, mediaType, bytes, sha256 } = upload;
    const { chosen } = this.storages;
    const createdAt = this.clock.now();
    const fileId = newId('fil');
    const key = storageKey(fileId, koreanDay(createdAt));
    const view: FileView = { fileId, name, mediaType, bytes, sha256, createdAt };
    const row = { ...view, uploadedBy: memberId, storage: chosen.name, storageKey: key };
    await this.files.insert(row, this.config.files.orphanMs);
    try {
      await chosen.put(key, upload);
    } catch (error) {
      this.logger.failure('files.put', error);
      throw fault(FILES_ERRORS, 'FILE_STORAGE_UNAVAILABLE', { retryAfterSeconds: 5, cause: error });
    }
    crashPoint('files.content-kept');
    await this.files.markStored(fileId);
    return view;
  }
}
