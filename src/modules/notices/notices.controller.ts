import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { CallerIfKnown, Public, TakesPrincipal } from '../../common/http/decorators';
import { isKnown, tagOf } from '../../common/http/entity-tag';
import type { Principal } from '../../common/http/principal';
import { requestContext } from '../../common/http/request-context';
import { ApiErrors } from '../../common/openapi/api-errors';
import { Clock } from '../../common/time/clock';
import { ListNoticesQuery } from './dto/notice.request';
import { NoticeListingResponse, NoticeListResponse, NoticeResponse } from './dto/notice.response';
import { NOTICES_ERRORS } from './notices.errors';
import { ReadNotices } from './read-notices.service';

const { VALIDATION_FAILED, UNAUTHENTICATED, RATE_LIMITED } = COMMON_ERRORS;
const { NOTICE_NOT_FOUND } = NOTICES_ERRORS;
const LIST_DEFAULT = 50;
const IF_NONE_MATCH = {
  name: 'if-none-match',
  required: false,
  description: '받은 ETag, 같으면 304 / An ETag that was given; 304 if it is the same',
  schema: { type: 'string', example: 'W/"k3XdRq0vYt5mQ2nB7cJ1hA"' },
};
const languageOf = () => requestContext()?.language ?? 'ko';

/** Anyone may read what is for all; with an access token, what is for one's role as well. */
@ApiTags('Notices')
@Controller('v1/notices')
export class NoticesController {
  constructor(
    private readonly notices: ReadNotices,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Public()
  @TakesPrincipal()
  @ApiHeader(IF_NONE_MATCH)
  @ApiOperation({
    summary: '공지사항 목록 / List notices',
    description:
      '고정한 것 먼저, 그다음 최근 것부터. 로그인하지 않으면 모두를 위한 것만, 액세스 토큰을 보내면 그 역할을 위한 것도 보여 줍니다. 운영자는 예약한 것과 끝난 것도 봅니다.\n\nPinned ones first, then the newest. Without a login what is for all, with an access token what is for its role too. Operators see what is scheduled and ended as well.',
  })
  @ApiResponse({ status: 200, description: '공지사항 / The notices', type: NoticeListResponse })
  @ApiResponse({ status: 304, description: '바뀌지 않음 / Not changed' })
  @ApiErrors({ VALIDATION_FAILED, UNAUTHENTICATED, RATE_LIMITED })
  async list(
    @CallerIfKnown() principal: Principal | null,
    @Query() { limit = LIST_DEFAULT, cursor, query, unread }: ListNoticesQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NoticeListResponse | undefined> {
    const page = await this.notices.list(principal, { query, unread, limit, cursor });
    const language = languageOf();
    const data = page.data.map((notice) => NoticeListingResponse.of(notice, page.now, language));
    const answer = { data, nextCursor: page.nextCursor };
    return isKnown(request, reply, tagOf(answer)) ? undefined : answer;
  }

  @Get(':id')
  @Public()
  @TakesPrincipal()
  @ApiHeader(IF_NONE_MATCH)
  @ApiOperation({
    summary: '공지사항 보기 / One notice',
    description:
      '로그인한 회원은 이때부터 읽은 것이 됩니다. 첨부는 GET /v1/files/{fileId}로 받습니다. ETag는 본 횟수와 무관합니다.\n\nA member has read it from then on. Attachments: GET /v1/files/{fileId}. The ETag does not tell of views.',
  })
  @ApiParam({ name: 'id', description: '공지 ID / Notice id', example: 'ntc_01KAJR38VNR81X7S9FZBZ4D62E' })
  @ApiResponse({ status: 200, description: '공지사항 / The notice', type: NoticeResponse })
  @ApiResponse({ status: 304, description: '바뀌지 않음 / Not changed' })
  @ApiErrors({ UNAUTHENTICATED, NOTICE_NOT_FOUND, RATE_LIMITED })
  async one(
    @CallerIfKnown() principal: Principal | null,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NoticeResponse | undefined> {
    const notice = await this.notices.one(principal, id);
    const answer = NoticeResponse.shown(notice, this.clock.now(), languageOf());
    const { viewCount: _later, ...lasting } = answer;
    return isKnown(request, reply, tagOf(lasting)) ? undefined : answer;
  }
}
