import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/db/unit-of-work';
import { type FieldError, fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { isId, newId } from '../../common/ids/id';
import { Clock } from '../../common/time/clock';
import { AuditFacade } from '../audit/audit.facade';
import { FilesFacade } from '../files/files.facade';
import { phaseOf } from './notice.state';
import { NOTICES_ERRORS } from './notices.errors';
import { NoticesRepository } from './notices.repository';
import type { Notice, NoticeContent, ShownNotice } from './notices.types';

/** The operator who writes. */
export interface NoticeEditor {
  readonly memberId: string;
  readonly actor: string;
}

export interface NewNotice extends Omit<NoticeContent, 'publishedFrom'> {
  /** Absent = now. */
  readonly publishedFrom?: Date;
  readonly attachments: readonly string[];
}

/** Absent = as it is. */
export interface NoticeChange {
  readonly version: number;
  readonly content: Partial<NoticeContent>;
  readonly attachments?: readonly string[];
}

/** What operators write. Each write has its audit row and its attachments in its own transaction. */
@Injectable()
export class EditNotices {
  constructor(
    private readonly notices: NoticesRepository,
    private readonly files: FilesFacade,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditFacade,
    private readonly clock: Clock,
  ) {}

  /** Throws VALIDATION_FAILED, FILE_NOT_FOUND. */
  async create({ attachments, ...wanted }: NewNotice, editor: NoticeEditor): Promise<ShownNotice> {
    const noticeId = newId('ntc');
    const at = this.clock.now();
    const content = { ...wanted, publishedFrom: wanted.publishedFrom ?? at };
    await this.check(content, this.claim(noticeId, attachments, editor));
    await this.unitOfWork.run('notice.create', async (tx) => {
      await this.notices.insert(tx, noticeId, content, { actor: editor.actor, at });
      await this.files.replaceFiles(tx, this.claim(noticeId, attachments, editor));
      await this.audit.record(tx, {
        ...{ actor: editor.actor, action: 'notice.create', target: noticeId, outcome: 'SUCCESS' },
      });
    });
    return this.shown(noticeId, editor);
  }

  /** Throws NOTICE_NOT_FOUND, NOTICE_CHANGED, NOTICE_WITHDRAWN, VALIDATION_FAILED, FILE_NOT_FOUND. */
  async change(noticeId: string, change: NoticeChange, editor: NoticeEditor): Promise<ShownNotice> {
    const seen = await this.seen(noticeId, editor);
    if (seen.status === 'WITHDRAWN') throw fault(NOTICES_ERRORS, 'NOTICE_WITHDRAWN');
    if (seen.version !== change.version) throw fault(NOTICES_ERRORS, 'NOTICE_CHANGED');
    const content: NoticeContent = { ...seen, ...change.content };
    const { attachments } = change;
    await this.check(content, attachments && this.claim(noticeId, attachments, editor));
    const at = this.clock.now();
    await this.unitOfWork.run('notice.update', async (tx) => {
      if (!(await this.notices.update(tx, seen, content, at))) throw fault(NOTICES_ERRORS, 'NOTICE_CHANGED');
      if (attachments) await this.files.replaceFiles(tx, this.claim(noticeId, attachments, editor));
      const changed = [...Object.keys(change.content), ...(attachments ? ['attachments'] : [])].join(',');
      await this.audit.record(tx, {
        ...{ actor: editor.actor, action: 'notice.update', target: noticeId, outcome: 'SUCCESS' },
        details: { changed },
      });
    });
    return this.shown(noticeId, editor);
  }

  /** Takes it out of every list; it is kept. Again: nothing. Throws NOTICE_NOT_FOUND, NOTICE_CHANGED. */
  async withdraw(noticeId: string, editor: NoticeEditor): Promise<void> {
    const seen = await this.seen(noticeId, editor);
    if (seen.status === 'WITHDRAWN') return;
    const at = this.clock.now();
    await this.unitOfWork.run('notice.withdraw', async (tx) => {
      if (!(await this.notices.withdraw(tx, seen, at))) throw fault(NOTICES_ERRORS, 'NOTICE_CHANGED');
      await this.audit.record(tx, {
        ...{ actor: editor.actor, action: 'notice.withdraw', target: noticeId, outcome: 'SUCCESS' },
      });
    });
  }

  private claim(noticeId: string, fileIds: readonly string[], { memberId }: NoticeEditor) {
    return { owner: { kind: 'NOTICE' as const, id: noticeId }, fileIds, memberId };
  }

  /** What no single field can tell, of the whole as it would be. */
  private async check(content: NoticeContent, claim?: ReturnType<EditNotices['claim']>): Promise<void> {
    const errors: FieldError[] = [];
    const { publishedFrom, publishedTo, titleEn, bodyEn } = content;
    if (publishedTo !== null && publishedTo <= publishedFrom) {
      errors.push({ field: 'publishedTo', code: 'OUT_OF_RANGE' });
    }
    if ((titleEn === null) !== (bodyEn === null)) {
      errors.push({ field: titleEn === null ? 'titleEn' : 'bodyEn', code: 'REQUIRED' });
    }
    const missing = claim === undefined ? [] : await this.files.unclaimable(claim);
    if (missing.length > 0) errors.push({ field: 'attachments', code: 'NOT_ALLOWED' });
    if (errors.length > 0) throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors });
  }

  private async seen(noticeId: string, { memberId }: NoticeEditor): Promise<Notice> {
    const reader = { reader: 'OPERATOR', memberId } as const;
    const found = isId('ntc', noticeId) ? await this.notices.find(noticeId, reader) : null;
    if (found === null) throw fault(NOTICES_ERRORS, 'NOTICE_NOT_FOUND');
    return found;
  }

  private async shown(noticeId: string, editor: NoticeEditor): Promise<ShownNotice> {
    const notice = await this.seen(noticeId, editor);
    const attachments = await this.files.filesOf({ kind: 'NOTICE', id: noticeId });
    return { ...notice, phase: phaseOf(notice, this.clock.now()), attachments };
  }
}
