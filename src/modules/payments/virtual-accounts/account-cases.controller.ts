import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { CurrentPrincipal, MemberRoles } from '../../../common/http/decorators';
import { actorOf, type Principal } from '../../../common/http/principal';
import { ApiErrors } from '../../../common/openapi/api-errors';
import { Clock } from '../../../common/time/clock';
import { AccountCases } from '../use-cases/account-cases';
import { AccountCasePath, CloseAccountCaseRequest, ListAccountCasesQuery } from './dto/account-case.request';
import { AccountCaseResponse, AccountCasesResponse } from './dto/account-case.response';
import { VIRTUAL_ACCOUNT_ERRORS } from './virtual-account.errors';

const LIST_DEFAULT = 50;

@ApiTags('Admin')
@ApiBearerAuth()
@MemberRoles('OPERATOR')
@Controller('v1/admin/virtual-account-cases')
export class AccountCasesController {
  constructor(
    private readonly cases: AccountCases,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({
    summary: '가상계좌 확인 건 목록 / List virtual account cases',
    description:
      '사람만 바로잡을 수 있는 가상계좌를 최근 것부터 보여 줍니다.\n\nVirtual accounts that only a person can put right, newest first.',
  })
  @ApiResponse({ status: 200, description: '확인 건 / The cases', type: AccountCasesResponse })
  @ApiErrors(COMMON_ERRORS, 'VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'RATE_LIMITED')
  async list(@Query() query: ListAccountCasesQuery): Promise<AccountCasesResponse> {
    const { limit = LIST_DEFAULT, cursor, status, code, mid, acquirer } = query;
    const page = await this.cases.list({ status, code, mid, acquirer }, { limit, cursor });
    const now = this.clock.now();
    return {
      data: page.data.map((found) => AccountCaseResponse.of(found, now)),
      nextCursor: page.nextCursor,
    };
  }

  @Post(':virtualAccountId/close')
  @HttpCode(200)
  @ApiOperation({
    summary: '가상계좌 확인 건 닫기 / Close a virtual account case',
    description:
      '확인이 끝났음을 까닭과 함께 남깁니다. 돈과 결제 상태는 바뀌지 않으며, 같은 내용으로는 다시 열리지 않습니다.\n\nSays, with a reason, that it was dealt with. No money and no payment changes by it, and the same finding does not open it again.',
  })
  @ApiResponse({ status: 200, description: '닫힌 확인 건 / The case, closed', type: AccountCaseResponse })
  @ApiErrors(COMMON_ERRORS, 'VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'RATE_LIMITED')
  @ApiErrors(VIRTUAL_ACCOUNT_ERRORS, 'VIRTUAL_ACCOUNT_CASE_NOT_FOUND', 'VIRTUAL_ACCOUNT_CASE_CLOSED')
  async close(
    @Param() { virtualAccountId }: AccountCasePath,
    @Body() { reason }: CloseAccountCaseRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<AccountCaseResponse> {
    const closed = await this.cases.close(virtualAccountId, reason, actorOf(principal));
    return AccountCaseResponse.of(closed, this.clock.now());
  }
}
