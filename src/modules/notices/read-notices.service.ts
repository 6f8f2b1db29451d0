import { Injectable, type OnModuleInit } from '@nestjs/common';
import { fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import type { Principal } from '../../common/http/principal';
import { isId } from '../../common/ids/id';
import { cursorAfter, placeOf } from '../../common/pagination/cursor';
import { Clock } from '../../common/time/clock';
import { FilesFacade } from '../files/files.facade';
import { readersOf } from './audience.policy';
import { NoticeViews } from './notice-views';
import { phaseOf } from './notice.state';
import { NOTICES_ERRORS } from './notices.errors';
import { type NoticePlace, NoticesRepository } from './notices.repository';
import type { Notice, NoticeListing, NoticeReader, ShownNotice } from './notices.types';

const PLACE = /^([01])-(ntc_[0-9A-Z]{26})$/;

export interface ListNotices {
  readonly query?: string;
  readonly unread?: boolean;
  readonly limit: number;
  readonly cursor?: string;
}

/** What everybody reads. Operators see what is scheduled and ended as well, and by its id what was withdrawn. */
@Injectable()
export class ReadNotices implements OnModuleInit {
  constructor(
    private readonly notices: NoticesRepository,
    private readonly views: NoticeViews,
    private readonly files: FilesFacade,
    private readonly clock: Clock,
  ) {}

  /** Whoever may read a notice now may read its attachments. */
  onModuleInit(): void {
    this.files.registerReader('NOTICE', async (principal, noticeId) => {
      const seen = await this.visible(readerOf(principal), noticeId);
      return seen !== null;
    });
  }

  /** Throws VALIDATION_FAILED for `unread` where nobody is logged in. */
  async list(
    principal: Principal | null,
    { query, unread, limit, cursor }: ListNotices,
  ): Promise<{
    readonly data: readonly NoticeListing[];
    readonly nextCursor: string | null;
    readonly now: Date;
  }> {
    const reader = readerOf(principal);
    if (unread !== undefined && reader.memberId === null) {
      throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors: [{ field: 'unread', code: 'NOT_ALLOWED' }] });
    }
    const now = this.clock.now();
    const after = cursor === undefined ? null : noticePlace(cursor);
    const rows = await this.notices.page({ reader, now, query, unread }, { limit: limit + 1, after });
    const data = rows.slice(0, limit);
    const last = data.at(-1);
    const more = rows.length > limit && last !== undefined;
    return { data, nextCursor: more ? cursorOf(last) : null, now };
  }

  /** One notice; a member has read it from then on. Throws NOTICE_NOT_FOUND. */
  async one(principal: Principal | null, noticeId: string): Promise<ShownNotice> {
    const reader = readerOf(principal);
    const seen = await this.visible(reader, noticeId);
    if (seen === null) throw fault(NOTICES_ERRORS, 'NOTICE_NOT_FOUND');
    const now = this.clock.now();
    if (reader.memberId !== null && seen.unread === true) {
      await this.notices.markRead(noticeId, reader.memberId, now);
    }
    if (reader.reader !== 'OPERATOR') this.views.add(noticeId);
    const read = reader.memberId === null ? null : false;
    return {
      ...seen,
      unread: read,
      phase: phaseOf(seen, now),
      attachments: await this.attachmentsOf(noticeId),
    };
  }

  async attachmentsOf(noticeId: string) {
    return this.files.filesOf({ kind: 'NOTICE', id: noticeId });
  }

  private async visible(reader: NoticeReader, noticeId: string): Promise<Notice | null> {
    const seen = isId('ntc', noticeId) ? await this.notices.find(noticeId, reader) : null;
    if (seen === null || reader.reader === 'OPERATOR') return seen;
    const isPublished = phaseOf(seen, this.clock.now()) === 'PUBLISHED';
    return isPublished && readersOf(seen.audience).includes(reader.reader) ? seen : null;
  }
}

export function readerOf(principal: Principal | null): NoticeReader {
  if (principal?.kind !== 'MEMBER') return { reader: 'PUBLIC', memberId: null };
  return { reader: principal.role, memberId: principal.memberId };
}

function cursorOf({ pinned, publishedFrom, noticeId }: NoticeListing): string {
  return cursorAfter({ at: publishedFrom, id: `${pinned ? 1 : 0}-${noticeId}` });
}

function noticePlace(cursor: string): NoticePlace {
  const { at, id } = placeOf(cursor);
  const place = PLACE.exec(id);
  if (place !== null) return { pinned: place[1] === '1', publishedFrom: at, noticeId: place[2]! };
  throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors: [{ field: 'cursor', code: 'BAD_FORMAT' }] });
}
