import { Module } from '@nestjs/common';
import { AppConfig } from '../../config/app-config';
import { Clock } from '../../common/time/clock';
import { AuditModule } from '../audit/audit.module';
import { FileReaders } from './file-readers';
import { FilesController } from './files.controller';
import { FilesFacade } from './files.facade';
import { FilesRepository } from './files.repository';
import { RemoveFilesJob } from './remove-files.job';
import { FILE_STORAGES, type FileStorage, type FileStorages } from './storage/file-storage.port';
import { FolderStorage } from './storage/folder.storage';
import { S3Storage } from './storage/s3.storage';
import { UploadSpool } from './upload-spool';
import { UploadGuard } from './upload.guard';
import { ReadFile } from './use-cases/read-file';
import { StoreUpload } from './use-cases/store-upload';

@Module({
  imports: [AuditModule],
  controllers: [FilesController],
  providers: [
    FileReaders,
    FilesFacade,
    FilesRepository,
    ReadFile,
    RemoveFilesJob,
    StoreUpload,
    UploadGuard,
    UploadSpool,
    {
      provide: FILE_STORAGES,
      inject: [AppConfig, Clock],
      useFactory: ({ files }: AppConfig, clock: Clock): FileStorages => {
        const folder = new FolderStorage(files.folder);
        const s3 = files.s3 === null ? undefined : new S3Storage(files.s3, clock);
        const all: readonly (FileStorage | undefined)[] = [folder, s3];
        return {
          chosen: files.storage === 's3' && s3 !== undefined ? s3 : folder,
          find: (name) => all.find((storage) => storage?.name === name),
        };
      },
    },
  ],
  exports: [FilesFacade],
})
export class FilesModule {}
