import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { fault, type FieldError } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { CurrentPrincipal, MemberRoles } from '../../common/http/decorators';
import { actorOf, type Principal } from '../../common/http/principal';
import { Idempotent } from '../../common/idempotency/idempotent.decorator';
import { ApiErrors } from '../../common/openapi/api-errors';
import {
  ListMaintenanceQuery,
  MaintenanceListResponse,
  MaintenanceResponse,
  NewMaintenanceRequest,
  RemoveMaintenanceQuery,
} from './dto/maintenance.dto';
import { MaintenanceCalendar } from './maintenance.service';

const LIST_DEFAULT = 50;

@ApiTags('Admin')
@ApiBearerAuth()
@MemberRoles('OPERATOR')
@Controller('v1/admin/acquirers/maintenance')
export class MaintenanceController {
  constructor(private readonly calendar: MaintenanceCalendar) {}

  @Get()
  @ApiOperation({
    summary: '원천사 점검 일정 / Planned maintenance of acquirers',
    description: '지난 것도 최근 것부터 보여 줍니다. / Past ones too, newest first.',
  })
  @ApiResponse({ status: 200, description: '점검 일정 / The windows', type: MaintenanceListResponse })
  async list(@Query() query: ListMaintenanceQuery): Promise<MaintenanceListResponse> {
    const limit = query.limit ?? LIST_DEFAULT;
    const found = await this.calendar.list(limit + 1, query.cursor);
    const data = found.slice(0, limit).map((window) => MaintenanceResponse.of(window));
    return { data, nextCursor: found.length > limit ? (data.at(-1)?.id ?? null) : null };
  }

  @Post()
  @Idempotent()
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description:
      '같은 키와 같은 내용은 첫 답을 그대로 돌려줍니다. / Same key and content: the first answer again.',
    schema: { type: 'string', minLength: 1, maxLength: 255, example: 'a3f1c0de-0002' },
  })
  @ApiOperation({
    summary: '원천사 점검 등록 / Plan maintenance of an acquirer',
    description:
      '그 시간에는 그 원천사로 새 결제를 보내지 않습니다. 취소와 조회는 계속합니다. / No new payments go to it in that time; cancels and inquiries still do.',
  })
  @ApiResponse({ status: 201, description: '등록됨 / Planned', type: MaintenanceResponse })
  async create(
    @Body() body: NewMaintenanceRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<MaintenanceResponse> {
    const { acquirer, method, reason } = body;
    const wanted = { acquirer, method: method ?? null, reason, ...period(body) };
    return MaintenanceResponse.of(await this.calendar.add(wanted, actorOf(principal)));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    summary: '원천사 점검 삭제 / Take planned maintenance back',
    description: '몇 초 안에 모든 서버가 따릅니다. / Every server follows within seconds.',
  })
  @ApiParam({ name: 'id', description: '점검 ID / Id', example: 'mnt_01KAJR38VNR81X7S9FZBZ4D62E' })
  @ApiResponse({ status: 204, description: '삭제됨 / Taken back' })
  @ApiErrors(COMMON_ERRORS, 'NOT_FOUND')
  async remove(
    @Param('id') id: string,
    @Query() query: RemoveMaintenanceQuery,
    @CurrentPrincipal() principal: Principal,
  ): Promise<void> {
    await this.calendar.remove(id, query.reason, actorOf(principal));
  }
}

/** The pattern lets a 31st of February through. */
function period({ from, to }: NewMaintenanceRequest): { from: Date; to: Date } {
  const times = { from: new Date(from), to: new Date(to) };
  const errors = (['from', 'to'] as const)
    .filter((field) => Number.isNaN(times[field].getTime()))
    .map((field): FieldError => ({ field, code: 'BAD_FORMAT' }));
  if (errors.length > 0) throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors });
  return times;
}
