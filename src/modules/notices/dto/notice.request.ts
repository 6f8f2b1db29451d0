import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
} from 'class-validator';
import { IsInstant } from '../../../common/http/instant.validator';
import { MayBeAbsent } from '../../../common/http/may-be-absent';
import { PLAIN_LINES, PLAIN_TEXT, Trimmed } from '../../../common/http/plain-text';
import { PageQuery } from '../../../common/pagination/page.query';
import { AUDIENCES, type Audience } from '../audience.policy';

const PLAIN = /^[^\p{Cc}]*$/u;
const TITLE_MAX = 200;
const BODY_MAX = 10_000;
const ATTACHMENTS_MAX = 10;
const VERSION_MAX = 4_294_967_295;

/** Absent and null are fine: null takes it away. */
const present = (_: unknown, value: unknown) => value !== undefined && value !== null;

export class ListNoticesQuery extends PageQuery {
  @ApiPropertyOptional({
    example: '정산 점검',
    maxLength: 100,
    description:
      '제목에 모두 들어 있을 낱말, 다섯까지. 최근 1,000건에서 찾습니다 / Words that are all in the title, five at most; looked for in the latest 1,000',
  })
  @MayBeAbsent()
  @IsString()
  @Length(1, 100)
  @Matches(PLAIN)
  query?: string;

  @ApiPropertyOptional({
    type: Boolean,
    example: true,
    description:
      'true: 읽지 않은 것만, false: 읽은 것만. 로그인한 회원만, 최근 1,000건에서 / Only unread, or only read; for members, among the latest 1,000',
  })
  @MayBeAbsent()
  @Transform(({ obj }: { obj: { unread?: unknown } }) =>
    obj.unread === 'true' ? true : obj.unread === 'false' ? false : obj.unread,
  )
  @IsBoolean()
  unread?: boolean;
}

/** What a notice need not say, alike for a new one and a change. */
class NoticeOptions {
  @ApiPropertyOptional({ example: false, description: '위에 고정 / Pinned to the top' })
  @MayBeAbsent()
  @IsBoolean()
  pinned?: boolean;

  @ApiPropertyOptional({
    format: 'date-time',
    example: '2026-11-24T09:00:00+09:00',
    description: '게시 시작, 만들 때 없으면 지금 / Published from; absent when made = now',
  })
  @MayBeAbsent()
  @IsInstant()
  publishedFrom?: string;

  @ApiPropertyOptional({
    type: [String],
    example: ['fil_01KAJR38VNR81X7S9FZBZ4D62E'],
    maxItems: ATTACHMENTS_MAX,
    description: '첨부 파일 전부, 보일 차례와 무관 / All attachments, from POST /v1/files',
  })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(ATTACHMENTS_MAX)
  @ArrayUnique()
  @Matches(/^fil_[0-9A-HJKMNP-TV-Z]{26}$/, { each: true })
  attachments?: string[];
}

export class ChangeNoticeRequest extends NoticeOptions {
  @ApiProperty({
    example: 1,
    minimum: 1,
    description: '조회한 version, 그사이 바뀌었으면 409 / The version that was read; 409 if it has changed',
  })
  @IsInt()
  @Min(1)
  @Max(VERSION_MAX)
  version: number;

  @ApiPropertyOptional({ example: '정기 점검 안내', maxLength: TITLE_MAX, description: '제목 / Title' })
  @MayBeAbsent()
  @Trimmed()
  @IsString()
  @Length(1, TITLE_MAX)
  @Matches(PLAIN_TEXT)
  title?: string;

  @ApiPropertyOptional({
    example: '**11월 25일** 02:00부터 03:00까지 점검합니다.',
    maxLength: BODY_MAX,
    description: '본문, 마크다운 / Body, Markdown',
  })
  @MayBeAbsent()
  @IsString()
  @Length(1, BODY_MAX)
  @Matches(PLAIN_LINES)
  body?: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'Maintenance',
    maxLength: TITLE_MAX,
    description:
      '영어 제목, 영어 본문과 함께. null이면 지움 / English title, with the body; null takes it away',
  })
  @ValidateIf(present)
  @Trimmed()
  @IsString()
  @Length(1, TITLE_MAX)
  @Matches(PLAIN_TEXT)
  titleEn?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'Maintenance from 02:00 to 03:00 on **25 November**.',
    maxLength: BODY_MAX,
    description: '영어 본문, 마크다운 / English body, Markdown',
  })
  @ValidateIf(present)
  @IsString()
  @Length(1, BODY_MAX)
  @Matches(PLAIN_LINES)
  bodyEn?: string | null;

  @ApiPropertyOptional({
    enum: AUDIENCES,
    isArray: true,
    example: ['MERCHANT', 'BRANCH'],
    description: '대상: 누구나(ALL만), 또는 역할들 / For whom: ALL alone, or roles',
  })
  @MayBeAbsent()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(AUDIENCES.length)
  @ArrayUnique()
  @IsIn(AUDIENCES, { each: true })
  audience?: Audience[];

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    nullable: true,
    example: '2026-12-24T09:00:00+09:00',
    description: '게시 끝, null이면 끝없이 / Published to; null = without end',
  })
  @ValidateIf(present)
  @IsInstant()
  publishedTo?: string | null;
}

/** A new one: it has no version yet, and title, body and audience must be there. */
export class NoticeRequest extends NoticeOptions {
  @ApiProperty({ example: '정기 점검 안내', maxLength: TITLE_MAX, description: '제목 / Title' })
  @Trimmed()
  @IsString()
  @Length(1, TITLE_MAX)
  @Matches(PLAIN_TEXT)
  title: string;

  @ApiProperty({
    example: '**11월 25일** 02:00부터 03:00까지 점검합니다.',
    maxLength: BODY_MAX,
    description: '본문, 마크다운 / Body, Markdown',
  })
  @IsString()
  @Length(1, BODY_MAX)
  @Matches(PLAIN_LINES)
  body: string;

  @ApiPropertyOptional({
    example: 'Maintenance',
    maxLength: TITLE_MAX,
    description: '영어 제목, 영어 본문과 함께 / English title, with the body',
  })
  @MayBeAbsent()
  @Trimmed()
  @IsString()
  @Length(1, TITLE_MAX)
  @Matches(PLAIN_TEXT)
  titleEn?: string;

  @ApiPropertyOptional({
    example: 'Maintenance from 02:00 to 03:00 on **25 November**.',
    maxLength: BODY_MAX,
    description: '영어 본문, 마크다운 / English body, Markdown',
  })
  @MayBeAbsent()
  @IsString()
  @Length(1, BODY_MAX)
  @Matches(PLAIN_LINES)
  bodyEn?: string;

  @ApiProperty({
    enum: AUDIENCES,
    isArray: true,
    example: ['MERCHANT', 'BRANCH'],
    description: '대상: 누구나(ALL만), 또는 역할들 / For whom: ALL alone, or roles',
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(AUDIENCES.length)
  @ArrayUnique()
  @IsIn(AUDIENCES, { each: true })
  audience: Audience[];

  @ApiPropertyOptional({
    format: 'date-time',
    example: '2026-12-24T09:00:00+09:00',
    description: '게시 끝, 없으면 끝없이 / Published to; absent = without end',
  })
  @MayBeAbsent()
  @IsInstant()
  publishedTo?: string;
}
