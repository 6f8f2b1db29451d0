import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { BufferedWriter } from '../../common/db/buffered-writer';
import { Logger } from '../../common/logging/logger';
import { AppConfig } from '../../config/app-config';
import { NoticesRepository } from './notices.repository';

const BATCH_MAX = 1_000;
const WAITING_MAX = 50_000;

/**
 * Views of notices, counted in memory and written together every NOTICE_VIEWS_FLUSH_MS and when the process ends. A
 * killed process loses what it had not written: one such time at most.
 */
@Injectable()
export class NoticeViews implements BeforeApplicationShutdown {
  private readonly writer: BufferedWriter<string>;

  constructor(notices: NoticesRepository, logger: Logger, { notices: { viewsFlushMs } }: AppConfig) {
    this.writer = new BufferedWriter(
      { batchMax: BATCH_MAX, everyMs: viewsFlushMs, waitingMax: WAITING_MAX },
      (noticeIds) => notices.addViews(counted(noticeIds)),
      (count, why) => logger.failure('notices.views-not-written', why, { count }),
    );
  }

  add(noticeId: string): void {
    this.writer.add(noticeId);
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.writer.flush();
  }
}

function counted(noticeIds: readonly string[]): ReadonlyMap<string, number> {
  const views = new Map<string, number>();
  for (const noticeId of noticeIds) views.set(noticeId, (views.get(noticeId) ?? 0) + 1);
  return views;
}
