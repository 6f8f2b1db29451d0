import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { CurrentPrincipal, MemberRoles, OwnAccount } from '../../common/http/decorators';
import type { MemberPrincipal, Principal } from '../../common/http/principal';
import { IDEMPOTENCY_HEADER } from '../../common/idempotency/idempotency-header';
import { Idempotent } from '../../common/idempotency/idempotent.decorator';
import { ApiErrors } from '../../common/openapi/api-errors';
import { PageQuery } from '../../common/pagination/page.query';
import {
  ChangeTransactionViewRequest,
  CreateTransactionViewRequest,
  TransactionViewListResponse,
  TransactionViewResponse,
} from './dto/transaction-view';
import { HISTORY_ERRORS } from './history.errors';
import { TransactionViews } from './transaction-views.service';

const LIMIT_DEFAULT = 50;

@ApiTags('History')
@MemberRoles('OPERATOR', 'AGENCY', 'MERCHANT', 'BRANCH')
@OwnAccount()
@Controller('v1/transaction-views')
export class TransactionViewsController {
  constructor(private readonly views: TransactionViews) {}

  @Get()
  @ApiOperation({
    summary: '저장한 조회 조건 목록 / Saved views',
    description: '본인이 저장한 것만, 최근 것부터. / Your own only, newest first.',
  })
  @ApiOkResponse({ type: TransactionViewListResponse, description: '목록 / The views' })
  list(
    @Query() { limit = LIMIT_DEFAULT, cursor }: PageQuery,
    @CurrentPrincipal() principal: Principal,
  ): Promise<TransactionViewListResponse> {
    return this.views.list(memberOf(principal), { limit, cursor });
  }

  @Post()
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '조회 조건 저장 / Save a view',
    description:
      '거래내역의 조건을 이름으로 저장합니다. 50개까지. / Keeps filters of the list under a name; 50 at most.',
  })
  @ApiResponse({ status: 201, type: TransactionViewResponse, description: '저장됨 / Saved' })
  @ApiErrors(HISTORY_ERRORS, 'TRANSACTION_VIEW_LIMIT')
  @ApiErrors(COMMON_ERRORS, 'IDEMPOTENCY_KEY_REUSED', 'IDEMPOTENCY_IN_PROGRESS', 'SERVICE_UNAVAILABLE')
  create(
    @Body() body: CreateTransactionViewRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<TransactionViewResponse> {
    return this.views.create(memberOf(principal), body);
  }

  @Patch(':viewId')
  @ApiOperation({
    summary: '저장한 조회 조건 바꾸기 / Change a saved view',
    description:
      '보낸 것만 바뀝니다. filters는 전체를 대신합니다. / What is sent changes; filters as a whole.',
  })
  @ApiOkResponse({ type: TransactionViewResponse, description: '바뀜 / Changed' })
  @ApiErrors(HISTORY_ERRORS, 'TRANSACTION_VIEW_NOT_FOUND')
  change(
    @Param('viewId') viewId: string,
    @Body() body: ChangeTransactionViewRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<TransactionViewResponse> {
    return this.views.change(memberOf(principal), viewId, body);
  }

  @Delete(':viewId')
  @HttpCode(204)
  @ApiOperation({
    summary: '저장한 조회 조건 지우기 / Delete a saved view',
    description: '거래내역은 그대로입니다. / No transaction is touched.',
  })
  @ApiNoContentResponse({ description: '지워짐 / Deleted' })
  @ApiErrors(HISTORY_ERRORS, 'TRANSACTION_VIEW_NOT_FOUND')
  remove(@Param('viewId') viewId: string, @CurrentPrincipal() principal: Principal): Promise<void> {
    return this.views.remove(memberOf(principal), viewId);
  }
}

/** No merchant system has the scope: the guard lets members alone come as far as this. */
const memberOf = (principal: Principal) => (principal as MemberPrincipal).memberId;
