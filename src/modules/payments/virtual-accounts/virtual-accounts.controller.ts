import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { CurrentPrincipal, MerchantScope } from '../../../common/http/decorators';
import { actorOf, type MerchantPrincipal, type Principal } from '../../../common/http/principal';
import { requestContext } from '../../../common/http/request-context';
import { Idempotent } from '../../../common/idempotency/idempotent.decorator';
import { ApiErrors } from '../../../common/openapi/api-errors';
import { Clock } from '../../../common/time/clock';
import { dataScope } from '../../../common/http/data-scope';
import { DECLINE_ERRORS } from '../decline.errors';
import { IdempotencyHeader } from '../idempotency-header';
import { PAYMENT_ERRORS } from '../payments.errors';
import { CloseVirtualAccount } from '../use-cases/close-virtual-account';
import { IssueVirtualAccount } from '../use-cases/issue-virtual-account';
import { AccountVault } from './account-vault';
import { IssueVirtualAccountRequest } from './dto/virtual-account.request';
import { toVirtualAccount, VirtualAccountResponse } from './dto/virtual-account.response';
import { VIRTUAL_ACCOUNT_ERRORS } from './virtual-account.errors';
import { dueAtOf, issueFaults } from './virtual-account.rules';
import type { AccountWithPayment } from './virtual-account.types';

@ApiTags('Virtual accounts')
@Controller('v1/virtual-accounts')
export class VirtualAccountsController {
  constructor(
    private readonly issuing: IssueVirtualAccount,
    private readonly closing: CloseVirtualAccount,
    private readonly vault: AccountVault,
    private readonly clock: Clock,
  ) {}

  @Post()
  @MerchantScope('payments:write')
  @Idempotent()
  @IdempotencyHeader()
  @ApiOperation({
    summary: '가상계좌 발급 / Issue a virtual account',
    description:
      '한 주문에 계좌 하나입니다. 같은 주문번호의 같은 내용은 outcome DUPLICATE로 첫 계좌를 200으로 돌려줍니다. 응답을 받지 못하면 계좌는 닫히고 504와 status로 알립니다. / One account for an order. The same order again gets the first account with 200 and outcome DUPLICATE. After a lost acquirer answer the account is closed again; the 504 tells the status.',
  })
  @ApiCreatedResponse({ type: VirtualAccountResponse, description: '발급됨 / Issued' })
  @ApiOkResponse({
    type: VirtualAccountResponse,
    description: '이미 발급된 계좌 / The account of this order',
  })
  @ApiErrors(DECLINE_ERRORS, 'ACQUIRER_REJECTED')
  @ApiErrors(
    PAYMENT_ERRORS,
    'ORDER_NO_CONFLICT',
    'ORDER_NET_CANCELLED',
    'PAYMENT_IN_PROGRESS',
    'NO_ACQUIRER_CONTRACT',
    'AMOUNT_OVER_CONTRACT_LIMIT',
    'BRANCH_NOT_FOUND',
    'BRANCH_NOT_ACTIVE',
    'ACQUIRER_UNAVAILABLE',
    'ACQUIRER_TIMEOUT',
    'PAYMENT_OUTCOME_UNKNOWN',
  )
  @ApiErrors(COMMON_ERRORS, 'IDEMPOTENCY_KEY_REUSED', 'IDEMPOTENCY_IN_PROGRESS', 'SERVICE_UNAVAILABLE')
  async issue(
    @Body() request: IssueVirtualAccountRequest,
    @CurrentPrincipal() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VirtualAccountResponse> {
    const now = this.clock.now();
    const errors = issueFaults(request, now);
    if (errors.length > 0) throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors });
    const { mid } = principal as MerchantPrincipal;
    const dueAt = dueAtOf(request, now);
    const issued = await this.issuing.run({ mid, actor: actorOf(principal), request, dueAt });
    void reply.status(issued.outcome === 'SUCCESS' ? 201 : 200);
    return this.shown(issued, issued.outcome);
  }

  @Get(':virtualAccountId')
  @MerchantScope('payments:read')
  @ApiOperation({
    summary: '가상계좌 조회 / Look up a virtual account',
    description: '계좌와 입금 상태. / The account and whether it was deposited.',
  })
  @ApiOkResponse({ type: VirtualAccountResponse, description: '가상계좌 / The account' })
  @ApiErrors(VIRTUAL_ACCOUNT_ERRORS, 'VIRTUAL_ACCOUNT_NOT_FOUND')
  async byId(
    @Param('virtualAccountId') virtualAccountId: string,
    @CurrentPrincipal() principal: Principal,
  ): Promise<VirtualAccountResponse> {
    return this.shown(await this.closing.inScope(dataScope(principal), virtualAccountId));
  }

  @Post(':virtualAccountId/close')
  @HttpCode(200)
  @MerchantScope('payments:write')
  @Idempotent()
  @IdempotencyHeader()
  @ApiOperation({
    summary: '가상계좌 닫기 / Close a virtual account',
    description:
      '더는 입금할 수 없습니다. 먼저 온 입금은 그대로 승인되고 409로 알립니다. / No deposit is taken any more. A deposit that came first stands, and the answer is 409.',
  })
  @ApiOkResponse({ type: VirtualAccountResponse, description: '닫힘 / Closed' })
  @ApiErrors(
    VIRTUAL_ACCOUNT_ERRORS,
    'VIRTUAL_ACCOUNT_NOT_FOUND',
    'VIRTUAL_ACCOUNT_NOT_CLOSABLE',
    'VIRTUAL_ACCOUNT_CLOSE_REFUSED',
  )
  @ApiErrors(PAYMENT_ERRORS, 'ACQUIRER_UNAVAILABLE', 'ACQUIRER_TIMEOUT')
  @ApiErrors(COMMON_ERRORS, 'IDEMPOTENCY_KEY_REUSED', 'IDEMPOTENCY_IN_PROGRESS', 'SERVICE_UNAVAILABLE')
  async close(
    @Param('virtualAccountId') virtualAccountId: string,
    @CurrentPrincipal() principal: Principal,
  ): Promise<VirtualAccountResponse> {
    const actor = actorOf(principal);
    const closed = await this.closing.run({ scope: dataScope(principal), virtualAccountId, actor });
    return this.shown(closed, 'SUCCESS');
  }

  private async shown(
    found: AccountWithPayment,
    outcome?: VirtualAccountResponse['outcome'],
  ): Promise<VirtualAccountResponse> {
    const accountNumber = await this.vault.openNumber(found.account);
    const language = requestContext()?.language ?? 'ko';
    return toVirtualAccount(found, { accountNumber, language }, outcome);
  }
}
