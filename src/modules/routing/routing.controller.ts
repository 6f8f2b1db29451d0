import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { MemberRoles } from '../../common/http/decorators';
import { ApiErrors } from '../../common/openapi/api-errors';
import { AcquirersResponse, AcquirerStatusResponse } from './dto/acquirers.response';
import { DryRunRequest, DryRunResponse, PaymentRoutingResponse } from './dto/dry-run.dto';
import { RoutingOverview } from './routing-overview.service';

@ApiTags('Admin')
@ApiBearerAuth()
@MemberRoles('OPERATOR')
@Controller('v1/admin')
export class RoutingController {
  constructor(private readonly overview: RoutingOverview) {}

  @Get('acquirers')
  @ApiOperation({
    summary: '원천사 상태 / How acquirers work now',
    description:
      '답한 서버가 본 성공률, 지연, 차단기, 반영된 몫, 점검입니다. / Success rate, latency, breaker, effective weights and maintenance, as the answering server sees them.',
  })
  @ApiResponse({ status: 200, description: '원천사 / The acquirers', type: AcquirersResponse })
  async acquirers(): Promise<AcquirersResponse> {
    const found = await this.overview.acquirers();
    return { data: found.map((each) => AcquirerStatusResponse.of(each)), nextCursor: null };
  }

  @Post('routing/dry-run')
  @HttpCode(200)
  @ApiOperation({
    summary: '결제가 갈 곳 미리 보기 / Where a payment would go',
    description: '아무것도 보내지 않습니다. / Nothing is sent.',
  })
  @ApiResponse({
    status: 200,
    description: '후보와 빠진 계약 / Candidates and excluded',
    type: DryRunResponse,
  })
  @ApiErrors(COMMON_ERRORS, 'NOT_FOUND')
  async dryRun(@Body() body: DryRunRequest): Promise<DryRunResponse> {
    const { mid, method, amount, cardFirst6 = null, at } = body;
    const when = at === undefined ? undefined : new Date(at);
    if (when !== undefined && Number.isNaN(when.getTime())) {
      throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors: [{ field: 'at', code: 'BAD_FORMAT' }] });
    }
    return DryRunResponse.of(await this.overview.dryRun(mid, { method, amount, cardFirst6 }, when));
  }

  @Get('payments/:paymentId/routing')
  @ApiOperation({
    summary: '결제가 그 원천사로 간 까닭 / Why a payment went where it went',
    description:
      '결정 당시의 후보와 몫, 빠진 계약입니다. 잠시 뒤에 기록되며 90일 동안 남습니다. / Candidates, weights and what was left out at the time. Written shortly after, kept for 90 days; the record is lost when a server dies at that moment.',
  })
  @ApiParam({
    name: 'paymentId',
    description: '결제 ID / Payment id',
    example: 'pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH',
  })
  @ApiResponse({ status: 200, description: '결정 / The decision', type: PaymentRoutingResponse })
  @ApiErrors(COMMON_ERRORS, 'NOT_FOUND')
  async decision(@Param('paymentId') paymentId: string): Promise<PaymentRoutingResponse> {
    return PaymentRoutingResponse.of(await this.overview.decisionOf(paymentId));
  }
}
