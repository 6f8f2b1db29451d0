import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { CurrentPrincipal, MemberRoles } from '../../common/http/decorators';
import { actorOf, type Principal } from '../../common/http/principal';
import { ApiErrors } from '../../common/openapi/api-errors';
import { addDays, startOfKoreanDay } from '../../common/time/korean-time';
import { AuditSearchService } from './audit-search.service';
import { AuditLogsQuery } from './dto/audit-log.query';
import { AuditLogListResponse, AuditLogResponse } from './dto/audit-log.response';

const { VALIDATION_FAILED, UNAUTHENTICATED, FORBIDDEN } = COMMON_ERRORS;
const LIST_DEFAULT = 50;

@ApiTags('Admin')
@ApiBearerAuth()
@MemberRoles('OPERATOR')
@Controller('v1/admin/audit-logs')
export class AuditLogsController {
  constructor(private readonly logs: AuditSearchService) {}

  @Get()
  @ApiOperation({
    summary: '감사 기록 찾기 / Search the audit trail',
    description:
      '최근 것부터. actor, target, mid, requestId, action 가운데 하나와, outcome과 기간을 함께 쓸 수 있습니다. 찾기를 시작한 것도 기록에 남습니다.\n\nNewest first. One of actor, target, mid, requestId and action, together with outcome and days. That a search was begun is recorded too.',
  })
  @ApiResponse({ status: 200, description: '감사 기록 / The audit rows', type: AuditLogListResponse })
  @ApiErrors({ VALIDATION_FAILED, UNAUTHENTICATED, FORBIDDEN })
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() { limit = LIST_DEFAULT, cursor, from, to, ...named }: AuditLogsQuery,
  ): Promise<AuditLogListResponse> {
    const search = {
      ...named,
      from: from === undefined ? undefined : startOfKoreanDay(from),
      to: to === undefined ? undefined : startOfKoreanDay(addDays(to, 1)),
    };
    const page = await this.logs.search(search, { limit, cursor }, actorOf(principal));
    return { data: page.data.map((row) => AuditLogResponse.of(row)), nextCursor: page.nextCursor };
  }
}
