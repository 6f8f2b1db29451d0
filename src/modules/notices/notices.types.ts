import type { Audience, Reader } from './audience.policy';
import type { NoticePhase, NoticeStatus } from './notice.state';

/** Who reads. */
export interface NoticeReader {
  readonly reader: Reader;
  /** null when nobody is logged in. */
  readonly memberId: string | null;
}

export interface NoticeListing {
  readonly noticeId: string;
  readonly title: string;
  readonly titleEn: string | null;
  readonly pinned: boolean;
  readonly status: NoticeStatus;
  readonly publishedFrom: Date;
  readonly publishedTo: Date | null;
  /** null when nobody is logged in. */
  readonly unread: boolean | null;
}

export interface Notice extends NoticeListing {
  /** Markdown. */
  readonly body: string;
  readonly bodyEn: string | null;
  readonly audience: readonly Audience[];
  readonly version: number;
  readonly viewCount: number;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What an operator writes. */
export interface NoticeContent {
  readonly title: string;
  readonly body: string;
  readonly titleEn: string | null;
  readonly bodyEn: string | null;
  readonly audience: readonly Audience[];
  readonly pinned: boolean;
  readonly publishedFrom: Date;
  readonly publishedTo: Date | null;
}

export interface Attachment {
  readonly fileId: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
}

export interface ShownNotice extends Notice {
  readonly phase: NoticePhase;
  readonly attachments: readonly Attachment[];
}
