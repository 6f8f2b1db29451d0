import { ApiProperty } from '@nestjs/swagger';
import type { Language } from '../../../common/http/request-context';
import { koreanTime } from '../../../common/time/korean-time';
import { AUDIENCES, type Audience } from '../audience.policy';
import { NOTICE_PHASES, type NoticePhase, phaseOf } from '../notice.state';
import type { Attachment, NoticeListing, ShownNotice } from '../notices.types';

const TIME = '2026-11-24T09:00:00.000+09:00';

export class NoticeListingResponse {
  @ApiProperty({ description: '공지 ID / Notice id', example: 'ntc_01KAJR38VNR81X7S9FZBZ4D62E' })
  noticeId: string;

  @ApiProperty({
    description: '제목, 있으면 Accept-Language의 언어로 / Title, in the language asked for where it is there',
    example: '정기 점검 안내',
  })
  title: string;

  @ApiProperty({ description: '위에 고정 / Pinned', example: false })
  pinned: boolean;

  @ApiProperty({
    enum: NOTICE_PHASES,
    description: '상태. 운영자가 아니면 언제나 PUBLISHED / Where it stands; PUBLISHED for all but operators',
    example: 'PUBLISHED',
  })
  state: NoticePhase;

  @ApiProperty({ format: 'date-time', description: '게시 시작 / Published from', example: TIME })
  publishedFrom: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: '게시 끝 / Published to',
    example: null,
  })
  publishedTo: string | null;

  @ApiProperty({
    type: Boolean,
    nullable: true,
    description: '아직 읽지 않음, 로그인하지 않았으면 null / Not read yet; null without a login',
    example: true,
  })
  unread: boolean | null;

  static of(notice: NoticeListing, now: Date, language: Language): NoticeListingResponse {
    const { noticeId, title, titleEn, pinned, publishedFrom, publishedTo, unread } = notice;
    return {
      noticeId,
      title: language === 'en' ? (titleEn ?? title) : title,
      pinned,
      state: phaseOf(notice, now),
      publishedFrom: koreanTime(publishedFrom),
      publishedTo: publishedTo === null ? null : koreanTime(publishedTo),
      unread,
    };
  }
}

export class NoticeListResponse {
  @ApiProperty({ type: [NoticeListingResponse], description: '공지사항 / The notices' })
  data: NoticeListingResponse[];

  @ApiProperty({ type: String, nullable: true, description: '다음 쪽 / Next page', example: null })
  nextCursor: string | null;
}

export class AttachmentResponse {
  @ApiProperty({ description: '파일 ID / File id', example: 'fil_01KAJR38VNR81X7S9FZBZ4D62E' })
  fileId: string;

  @ApiProperty({ description: '파일 이름 / Name', example: '점검 일정.pdf' })
  name: string;

  @ApiProperty({ description: '형식 / Media type', example: 'application/pdf' })
  mediaType: string;

  @ApiProperty({ description: '크기(바이트) / Bytes', example: 48213 })
  bytes: number;

  static of({ fileId, name, mediaType, bytes }: Attachment): AttachmentResponse {
    return { fileId, name, mediaType, bytes };
  }
}

export class NoticeResponse extends NoticeListingResponse {
  @ApiProperty({
    description: '본문, 마크다운 / Body, Markdown',
    example: '**11월 25일** 02:00부터 점검합니다.',
  })
  body: string;

  @ApiProperty({ type: [AttachmentResponse], description: '첨부 / Attachments' })
  attachments: AttachmentResponse[];

  @ApiProperty({ description: '본 횟수, 몇 초 늦을 수 있음 / Views, some seconds late', example: 42 })
  viewCount: number;

  @ApiProperty({ description: '바뀔 때마다 커집니다 / Grows with every change', example: 1 })
  version: number;

  static shown(notice: ShownNotice, now: Date, language: Language): NoticeResponse {
    const { body, bodyEn, attachments, viewCount, version } = notice;
    return {
      ...NoticeListingResponse.of(notice, now, language),
      body: language === 'en' ? (bodyEn ?? body) : body,
      attachments: attachments.map((attachment) => AttachmentResponse.of(attachment)),
      viewCount,
      version,
    };
  }
}

/** As its editor sees it: in both languages, with its audience. */
export class EditedNoticeResponse extends NoticeResponse {
  @ApiProperty({ type: String, nullable: true, description: '영어 제목 / English title', example: null })
  titleEn: string | null;

  @ApiProperty({ type: String, nullable: true, description: '영어 본문 / English body', example: null })
  bodyEn: string | null;

  @ApiProperty({ enum: AUDIENCES, isArray: true, description: '대상 / For whom', example: ['MERCHANT'] })
  audience: Audience[];

  @ApiProperty({ description: '쓴 사람 / Written by', example: 'member:mem_01KAJR38VNR81X7S9FZBZ4D62E' })
  createdBy: string;

  @ApiProperty({ format: 'date-time', description: '쓴 시각 / Written', example: TIME })
  createdAt: string;

  @ApiProperty({ format: 'date-time', description: '고친 시각 / Last changed', example: TIME })
  updatedAt: string;

  static edited(notice: ShownNotice, now: Date): EditedNoticeResponse {
    const { titleEn, bodyEn, audience, createdBy, createdAt, updatedAt } = notice;
    return {
      ...NoticeResponse.shown(notice, now, 'ko'),
      ...{ titleEn, bodyEn, audience: [...audience], createdBy },
      createdAt: koreanTime(createdAt),
      updatedAt: koreanTime(updatedAt),
    };
  }
}
