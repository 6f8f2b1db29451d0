import { Body, Controller, Delete, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type FieldError, fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { CurrentPrincipal, MemberRoles } from '../../common/http/decorators';
import { actorOf, type Principal } from '../../common/http/principal';
import { IDEMPOTENCY_HEADER } from '../../common/idempotency/idempotency-header';
import { Idempotent } from '../../common/idempotency/idempotent.decorator';
import { ApiErrors } from '../../common/openapi/api-errors';
import { Clock } from '../../common/time/clock';
import { FILES_ERRORS } from '../files/files.errors';
import { type Audience, isAudience } from './audience.policy';
import { ChangeNoticeRequest, NoticeRequest } from './dto/notice.request';
import { EditedNoticeResponse } from './dto/notice.response';
import { EditNotices, type NoticeChange, type NoticeEditor } from './edit-notices.service';
import { NOTICES_ERRORS } from './notices.errors';

const { VALIDATION_FAILED, UNAUTHENTICATED, FORBIDDEN } = COMMON_ERRORS;
const { NOTICE_NOT_FOUND, NOTICE_CHANGED, NOTICE_WITHDRAWN } = NOTICES_ERRORS;
const { FILE_NOT_FOUND } = FILES_ERRORS;
const NOTICE_ID = {
  name: 'id',
  description: '공지 ID / Notice id',
  example: 'ntc_01KAJR38VNR81X7S9FZBZ4D62E',
};

/** Operators write; there is no other caller. */
@ApiTags('Admin')
@ApiBearerAuth()
@MemberRoles('OPERATOR')
@Controller('v1/admin/notices')
export class AdminNoticesController {
  constructor(
    private readonly notices: EditNotices,
    private readonly clock: Clock,
  ) {}

  @Post()
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '공지사항 쓰기 / Write a notice',
    description:
      '본문은 마크다운입니다. 영어 제목과 본문은 함께 적거나 함께 비웁니다. 첨부는 먼저 올린 파일의 ID입니다.\n\nThe body is Markdown. English title and body come together or not at all. Attachments are ids of files uploaded before.',
  })
  @ApiResponse({ status: 201, description: '쓴 공지사항 / The notice', type: EditedNoticeResponse })
  @ApiErrors({ VALIDATION_FAILED, UNAUTHENTICATED, FORBIDDEN, FILE_NOT_FOUND })
  async create(
    @CurrentPrincipal() principal: Principal,
    @Body() body: NoticeRequest,
  ): Promise<EditedNoticeResponse> {
    checkAudience(body.audience);
    const made = await this.notices.create(
      {
        ...{ title: body.title, body: body.body, titleEn: body.titleEn ?? null, bodyEn: body.bodyEn ?? null },
        ...{ audience: body.audience, pinned: body.pinned ?? false },
        publishedFrom:
          body.publishedFrom === undefined ? undefined : instant('publishedFrom', body.publishedFrom),
        publishedTo: body.publishedTo === undefined ? null : instant('publishedTo', body.publishedTo),
        attachments: body.attachments ?? [],
      },
      editorOf(principal),
    );
    return EditedNoticeResponse.edited(made, this.clock.now());
  }

  @Patch(':id')
  @ApiOperation({
    summary: '공지사항 고치기 / Change a notice',
    description: '적은 항목만 바꿉니다. / Changes what is given and nothing else.',
  })
  @ApiParam(NOTICE_ID)
  @ApiResponse({ status: 200, description: '고친 공지사항 / The notice now', type: EditedNoticeResponse })
  @ApiErrors({
    ...{ VALIDATION_FAILED, UNAUTHENTICATED, FORBIDDEN },
    ...{ NOTICE_NOT_FOUND, NOTICE_CHANGED, NOTICE_WITHDRAWN, FILE_NOT_FOUND },
  })
  async change(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: ChangeNoticeRequest,
  ): Promise<EditedNoticeResponse> {
    if (body.audience !== undefined) checkAudience(body.audience);
    const changed = await this.notices.change(id, changeOf(body), editorOf(principal));
    return EditedNoticeResponse.edited(changed, this.clock.now());
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    summary: '공지사항 내리기 / Withdraw a notice',
    description:
      '모든 목록에서 사라지고 기록으로 남습니다. 다시 내려도 아무 일도 하지 않습니다. / It is in no list any more, and kept. Withdrawing it again does nothing.',
  })
  @ApiParam(NOTICE_ID)
  @ApiResponse({ status: 204, description: '내림 / Withdrawn' })
  @ApiErrors({ UNAUTHENTICATED, FORBIDDEN, NOTICE_NOT_FOUND, NOTICE_CHANGED })
  withdraw(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<void> {
    return this.notices.withdraw(id, editorOf(principal));
  }
}

function changeOf(body: ChangeNoticeRequest): NoticeChange {
  const { version, attachments, publishedFrom, publishedTo, ...texts } = body;
  const content = {
    ...texts,
    ...(publishedFrom !== undefined && { publishedFrom: instant('publishedFrom', publishedFrom) }),
    ...(publishedTo !== undefined && {
      publishedTo: publishedTo === null ? null : instant('publishedTo', publishedTo),
    }),
  };
  const named = Object.entries(content).filter(([, value]) => value !== undefined);
  return { version, attachments, content: Object.fromEntries(named) };
}

function editorOf(principal: Principal): NoticeEditor {
  if (principal.kind !== 'MEMBER') throw fault(COMMON_ERRORS, 'FORBIDDEN');
  return { memberId: principal.memberId, actor: actorOf(principal) };
}

function checkAudience(audience: readonly Audience[]): void {
  if (!isAudience(audience)) throw invalid({ field: 'audience', code: 'NOT_ALLOWED' });
}

/** The form is checked already; the day may still be one that does not exist. */
function instant(field: string, text: string): Date {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) throw invalid({ field, code: 'BAD_FORMAT' });
  return at;
}

const invalid = (error: FieldError) => fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors: [error] });
