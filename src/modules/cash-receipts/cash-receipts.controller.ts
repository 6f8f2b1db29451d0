import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { CurrentPrincipal, MerchantScope } from '../../common/http/decorators';
import { actorOf, type MerchantPrincipal, type Principal } from '../../common/http/principal';
import { IDEMPOTENCY_HEADER } from '../../common/idempotency/idempotency-header';
import { Idempotent, type IdempotentRequest } from '../../common/idempotency/idempotent.decorator';
import { ApiErrors } from '../../common/openapi/api-errors';
import { PAYMENT_ERRORS } from '../payments/payments.errors';
import { CASH_RECEIPT_ERRORS } from './cash-receipts.errors';
import { CancelCashReceiptRequest, IssueCashReceiptRequest } from './dto/cash-receipt.request';
import {
  CancelledCashReceiptResponse,
  CashReceiptDetailResponse,
  CashReceiptResponse,
} from './dto/cash-receipt.response';
import { toReceiptCancelResponse, toReceiptDetail, toReceiptResponse } from './dto/cash-receipt.views';
import { issueCommand } from './issue-command';
import { CancelReceipt } from './use-cases/cancel-receipt';
import { IssueReceipt } from './use-cases/issue-receipt';
import { ReadReceipts } from './use-cases/read-receipts';

@ApiTags('Cash receipts')
@Controller('v1/cash-receipts')
export class CashReceiptsController {
  constructor(
    private readonly issueReceipt: IssueReceipt,
    private readonly cancelReceipt: CancelReceipt,
    private readonly read: ReadReceipts,
  ) {}

  @Post()
  @HttpCode(200)
  @MerchantScope('payments:write')
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '현금영수증 발급 / Issue a cash receipt',
    description:
      '주문번호 하나에 한 번만 발급됩니다. 같은 내용이면 outcome DUPLICATE로 첫 결과를, 다른 내용이면 409를 돌려줍니다. 공급가액과 부가세는 저절로 나눕니다. 발급처는 가맹점의 계약이 정합니다. / One for each order number: the same content gets the first result with outcome DUPLICATE, other content a 409. Supply value and VAT are split by themselves. Who issues it is told by the contracts.',
  })
  @ApiOkResponse({ type: CashReceiptResponse, description: '발급됨 / Issued' })
  @ApiErrors(
    CASH_RECEIPT_ERRORS,
    'CASH_RECEIPT_IN_PROGRESS',
    'CASH_RECEIPT_REFUSED',
    'NO_CASH_RECEIPT_CONTRACT',
    'CASH_RECEIPT_TIMEOUT',
  )
  @ApiErrors(PAYMENT_ERRORS, 'ORDER_NO_CONFLICT', 'ACQUIRER_UNAVAILABLE')
  @ApiErrors(COMMON_ERRORS, 'IDEMPOTENCY_KEY_REUSED', 'IDEMPOTENCY_IN_PROGRESS', 'SERVICE_UNAVAILABLE')
  async issue(
    @Body() body: IssueCashReceiptRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<CashReceiptResponse> {
    const { mid } = principal as MerchantPrincipal;
    const { receipt, outcome } = await this.issueReceipt.run(issueCommand(mid, actorOf(principal), body));
    return toReceiptResponse(receipt, outcome);
  }

  @Get(':receiptId')
  @MerchantScope('payments:read')
  @ApiOperation({
    summary: '현금영수증 조회 / Look up a cash receipt',
    description: '취소와 이벤트를 함께 돌려줍니다. / With its cancels and events.',
  })
  @ApiOkResponse({ type: CashReceiptDetailResponse, description: '현금영수증 / The receipt' })
  @ApiErrors(CASH_RECEIPT_ERRORS, 'CASH_RECEIPT_NOT_FOUND')
  async byId(
    @Param('receiptId') receiptId: string,
    @CurrentPrincipal() principal: Principal,
  ): Promise<CashReceiptDetailResponse> {
    return toReceiptDetail(await this.read.byId((principal as MerchantPrincipal).mid, receiptId));
  }

  @Post(':receiptId/cancel')
  @HttpCode(200)
  @MerchantScope('payments:write')
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '현금영수증 취소, 부분취소 / Cancel, partial cancel',
    description:
      '원래 승인번호와 거래일로 취소합니다. cancelAmount가 없으면 남은 전액입니다. / Cancels against the original approval number and day. Without cancelAmount all that is left.',
  })
  @ApiOkResponse({ type: CancelledCashReceiptResponse, description: '취소됨 / Cancelled' })
  @ApiErrors(
    CASH_RECEIPT_ERRORS,
    'CASH_RECEIPT_NOT_FOUND',
    'CASH_RECEIPT_NOT_CANCELLABLE',
    'CASH_RECEIPT_TIMEOUT',
  )
  @ApiErrors(
    PAYMENT_ERRORS,
    'ALREADY_CANCELLED',
    'CANCEL_AMOUNT_EXCEEDS_BALANCE',
    'TAX_FREE_AMOUNT_EXCEEDS_BALANCE',
    'CANCEL_IN_PROGRESS',
    'CANCEL_REFUSED',
    'ACQUIRER_UNAVAILABLE',
  )
  @ApiErrors(COMMON_ERRORS, 'IDEMPOTENCY_KEY_REUSED', 'IDEMPOTENCY_IN_PROGRESS', 'SERVICE_UNAVAILABLE')
  async cancel(
    @Param('receiptId') receiptId: string,
    @Body() body: CancelCashReceiptRequest,
    @Req() request: IdempotentRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<CancelledCashReceiptResponse> {
    const { cancelAmount, taxFreeAmount, reason } = body;
    const done = await this.cancelReceipt.run({
      mid: (principal as MerchantPrincipal).mid,
      receiptId,
      wish: { cancelAmount, taxFreeAmount },
      reason,
      actor: actorOf(principal),
      requestKey: request.idempotencyKeyHash?.toString('hex') ?? null,
    });
    return { ...toReceiptDetail(done, 'SUCCESS'), cancel: toReceiptCancelResponse(done.cancel) };
  }
}
