import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { fault } from '../../../common/errors/app-error';
import { actorOf, type Principal } from '../../../common/http/principal';
import { isId } from '../../../common/ids/id';
import { Logger } from '../../../common/logging/logger';
import { AuditFacade } from '../../audit/audit.facade';
import { FileReaders } from '../file-readers';
import { FILES_ERRORS } from '../files.errors';
import { FilesRepository, type StoredFile } from '../files.repository';
import type { FileView } from '../files.types';
import { FILE_STORAGES, type FileStorages } from '../storage/file-storage.port';

export interface OpenedFile {
  readonly file: FileView;
  readonly content: Readable;
}

/** Opens a file for its uploader, the readers of what it belongs to, and operators. For everybody else it is not there. */
@Injectable()
export class ReadFile {
  constructor(
    private readonly files: FilesRepository,
    private readonly readers: FileReaders,
    @Inject(FILE_STORAGES) private readonly storages: FileStorages,
    private readonly audit: AuditFacade,
    private readonly logger: Logger,
  ) {}

  /** `principal` null: nobody has logged in. Throws FILE_NOT_FOUND, FILE_STORAGE_UNAVAILABLE. */
  async open(principal: Principal | null, fileId: string): Promise<OpenedFile> {
    const file = isId('fil', fileId) ? await this.files.find(fileId) : null;
    if (file === null) throw fault(FILES_ERRORS, 'FILE_NOT_FOUND');
    const isForeign = !(await this.isReadBy(principal, file));
    if (isForeign && !isOperator(principal)) throw fault(FILES_ERRORS, 'FILE_NOT_FOUND');
    const content = await this.content(file);
    if (isForeign) await this.recordReading(principal!, file);
    return { file, content };
  }

  private async isReadBy(principal: Principal | null, { uploadedBy, owner }: StoredFile): Promise<boolean> {
    if (principal?.kind === 'MEMBER' && principal.memberId === uploadedBy) return true;
    return owner !== null && this.readers.mayRead(principal, owner);
  }

  private async content({ storage, storageKey }: StoredFile): Promise<Readable> {
    try {
      const content = await this.storages.find(storage)?.open(storageKey);
      if (content) return content;
      this.logger.error('files.content-missing', { context: storage });
    } catch (error) {
      this.logger.failure('files.open', error);
    }
    throw fault(FILES_ERRORS, 'FILE_STORAGE_UNAVAILABLE', { retryAfterSeconds: 5 });
  }

  /** An operator may read anybody's papers, and that it did is kept. */
  private recordReading(principal: Principal, { fileId }: StoredFile): Promise<void> {
    const actor = actorOf(principal);
    return this.audit.recordAlone({ actor, action: 'file.read', target: fileId, outcome: 'SUCCESS' });
  }
}

function isOperator(principal: Principal | null): boolean {
  return principal?.kind === 'MEMBER' && principal.role === 'OPERATOR';
}
