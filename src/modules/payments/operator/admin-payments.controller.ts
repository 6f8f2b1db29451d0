import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, MemberRoles } from '../../../common/http/decorators';
import { actorOf, type Principal } from '../../../common/http/principal';
import { ApiErrors } from '../../../common/openapi/api-errors';
import { cursorAfter, placeOf } from '../../../common/pagination/cursor';
import { PageQuery } from '../../../common/pagination/page.query';
import { PAYMENT_ERRORS } from '../payments.errors';
import {
  ReconciledPaymentResponse,
  UnresolvedPaymentResponse,
  UnresolvedPaymentsResponse,
} from './admin-payments.response';
import { OperatorPayments } from '../use-cases/operator-payments';

const LIMIT_DEFAULT = 50;

@ApiTags('Admin')
@ApiBearerAuth()
@MemberRoles('OPERATOR')
@Controller('v1/admin/payments')
export class AdminPaymentsController {
  constructor(private readonly payments: OperatorPayments) {}

  @Get('unresolved')
  @ApiOperation({
    summary: '결과를 모르는 결제 / Payments whose outcome is not known',
    description:
      '승인이나 취소의 결과를 아직 모르는 결제입니다. 워커가 끝까지 확인합니다. / Whose approval or cancel has no known outcome yet; the worker brings each to an end.',
  })
  @ApiResponse({ status: 200, description: '결제 목록 / Payments', type: UnresolvedPaymentsResponse })
  async list(@Query() { limit = LIMIT_DEFAULT, cursor }: PageQuery): Promise<UnresolvedPaymentsResponse> {
    const before = cursor === undefined ? null : placeOf(cursor).id;
    const found = await this.payments.listUnresolved(before, limit + 1);
    const data = found.slice(0, limit);
    const last = data.at(-1)?.payment;
    const more = found.length > limit && last !== undefined;
    return {
      data: data.map((each) => UnresolvedPaymentResponse.ofUnresolved(each)),
      nextCursor: more ? cursorAfter({ at: last.createdAt, id: last.paymentId }) : null,
    };
  }

  @Post(':paymentId/reconcile')
  @HttpCode(200)
  @ApiOperation({
    summary: '결제 하나를 지금 확인 / Look at one payment now',
    description:
      '결과를 모르면 워커가 바로 확인하게 하고, 원천사의 장부를 읽어 비교합니다. 비교는 아무것도 바꾸지 않습니다. / What is unresolved is given to the worker at once; then the acquirer’s book is read and compared. The comparison changes nothing.',
  })
  @ApiParam({
    name: 'paymentId',
    description: '결제 ID / Payment id',
    example: 'pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH',
  })
  @ApiResponse({ status: 200, description: '두 장부 / Both books', type: ReconciledPaymentResponse })
  @ApiErrors(PAYMENT_ERRORS, 'PAYMENT_NOT_FOUND')
  async reconcile(
    @Param('paymentId') paymentId: string,
    @CurrentPrincipal() principal: Principal,
  ): Promise<ReconciledPaymentResponse> {
    return ReconciledPaymentResponse.of(await this.payments.reconcile(paymentId, actorOf(principal)));
  }
}
