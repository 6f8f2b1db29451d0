import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { FilesModule } from '../files/files.module';
import { AdminNoticesController } from './admin-notices.controller';
import { EditNotices } from './edit-notices.service';
import { NoticeViews } from './notice-views';
import { NoticesController } from './notices.controller';
import { NoticesRepository } from './notices.repository';
import { ReadNotices } from './read-notices.service';

@Module({
  imports: [AuditModule, FilesModule],
  controllers: [NoticesController, AdminNoticesController],
  providers: [EditNotices, NoticeViews, NoticesRepository, ReadNotices],
})
export class NoticesModule {}
