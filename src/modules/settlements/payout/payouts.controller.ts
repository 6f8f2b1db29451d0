import { Body, Controller, Get, HttpCode, Param, Post, Query, Res, StreamableFile } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { CurrentPrincipal, MemberRoles } from '../../../common/http/decorators';
import { actorOf, type Principal } from '../../../common/http/principal';
import { IDEMPOTENCY_HEADER } from '../../../common/idempotency/idempotency-header';
import { Idempotent } from '../../../common/idempotency/idempotent.decorator';
import { ApiErrors } from '../../../common/openapi/api-errors';
import { SETTLEMENT_ERRORS } from '../settlements.errors';
import { ConfirmPayoutRequest, PayoutFileQuery, ReasonRequest } from './dto/settlement.request';
import { SettlementResponse } from './dto/settlement.response';
import { PayoutFiles } from './payout-file.service';
import { Payouts } from './payouts.service';

/** A header of two kilobytes: no proxy refuses it. */
const NAMED_MAX = 200;
const { VALIDATION_FAILED } = COMMON_ERRORS;
const { SETTLEMENT_NOT_FOUND, SETTLEMENT_STATE } = SETTLEMENT_ERRORS;
const { SETTLEMENT_NOTHING_TO_HOLD, SETTLEMENT_MERCHANT_HELD } = SETTLEMENT_ERRORS;
const ID = {
  name: 'settlementId',
  description: '정산 ID / Settlement id',
  example: 'stl_01K9Z3V4T5W6X7Y8Z9ABCDEFGH',
};
const ANSWER = { status: 200, description: '바뀐 정산 / The settlement now', type: SettlementResponse };

@ApiTags('Admin')
@ApiBearerAuth()
@MemberRoles('OPERATOR')
@Controller('v1/admin/settlements')
export class PayoutsController {
  constructor(
    private readonly payouts: Payouts,
    private readonly files: PayoutFiles,
  ) {}

  @Get('payout-file')
  @ApiOperation({
    summary: '지급 파일 / Payout file',
    description:
      '그 날까지 지급할 확정된 정산의 은행 대량이체 CSV(UTF-8): 은행코드, 계좌번호, 예금주, 금액, 정산 ID, 가맹점. 지급을 확인하기 전에는 다시 받아도 같은 정산이 들어 있습니다. 정산 계좌가 없는 가맹점은 X-Merchants-Without-Account에, 계좌가 잘못된 가맹점은 X-Merchants-With-Wrong-Account에 200곳까지 적고, 파일에서 빠진 가맹점의 수는 X-Merchants-Left-Out입니다. 받은 것은 감사 기록에 남습니다.\n\nThe bank’s bulk-transfer CSV (UTF-8) of all confirmed settlements due up to that day. Until a payout is confirmed it is in every file again. Merchants without a settlement account are named in X-Merchants-Without-Account, those with a wrong one in X-Merchants-With-Wrong-Account, 200 each at most; X-Merchants-Left-Out is how many there are. Each download is audited.',
  })
  @ApiProduces('text/csv')
  @ApiResponse({
    status: 200,
    description: '지급 파일 / The file',
    headers: {
      'X-Merchants-Without-Account': {
        description: '계좌가 없어 빠진 가맹점, 쉼표로 / Merchants left out, by comma',
        schema: { type: 'string', example: 'M0000003' },
      },
      'X-Merchants-With-Wrong-Account': {
        description: '계좌가 잘못되어 빠진 가맹점, 쉼표로 / Merchants left out for a wrong account, by comma',
        schema: { type: 'string', example: 'M0000004' },
      },
      'X-Merchants-Left-Out': {
        description: '빠진 가맹점의 수 / How many merchants are left out',
        schema: { type: 'integer', example: 2 },
      },
    },
    schema: { type: 'string', example: '은행코드,계좌번호,예금주,이체금액,적요,가맹점' },
  })
  @ApiErrors({ VALIDATION_FAILED })
  async payoutFile(
    @Query() { date }: PayoutFileQuery,
    @CurrentPrincipal() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { content, leftOut } = await this.files.open(date, actorOf(principal));
    void reply
      .header('cache-control', 'private, no-store')
      .header('x-content-type-options', 'nosniff')
      .header('x-merchants-without-account', leftOut.withoutAccount.slice(0, NAMED_MAX).join(','))
      .header('x-merchants-with-wrong-account', leftOut.wrongAccount.slice(0, NAMED_MAX).join(','))
      .header('x-merchants-left-out', leftOut.withoutAccount.length + leftOut.wrongAccount.length);
    const disposition = `attachment; filename="payout-${date}.csv"`;
    return new StreamableFile(content, { type: 'text/csv; charset=utf-8', disposition });
  }

  @Post(':settlementId/hold')
  @HttpCode(200)
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '정산 보류 / Hold a settlement',
    description:
      '지급하지 않고 둡니다. 금액은 그때 굳으며, 뒤에 오는 내역은 다음 정산으로 갑니다.\n\nWithholds it. Its sum is frozen then; lines that come later go to the next settlement.',
  })
  @ApiParam(ID)
  @ApiResponse(ANSWER)
  @ApiErrors({ VALIDATION_FAILED, SETTLEMENT_NOT_FOUND, SETTLEMENT_STATE, SETTLEMENT_NOTHING_TO_HOLD })
  async hold(
    @Param('settlementId') settlementId: string,
    @Body() { reason }: ReasonRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SettlementResponse> {
    return SettlementResponse.of(
      await this.payouts.hold(settlementId, { actor: actorOf(principal), reason }),
    );
  }

  @Post(':settlementId/release')
  @HttpCode(200)
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '보류 해제 / Release a settlement',
    description: '보류를 풀어 다시 지급할 것이 됩니다. / It is due again.',
  })
  @ApiParam(ID)
  @ApiResponse(ANSWER)
  @ApiErrors({ VALIDATION_FAILED, SETTLEMENT_NOT_FOUND, SETTLEMENT_STATE, SETTLEMENT_MERCHANT_HELD })
  async release(
    @Param('settlementId') settlementId: string,
    @Body() { reason }: ReasonRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SettlementResponse> {
    return SettlementResponse.of(
      await this.payouts.release(settlementId, { actor: actorOf(principal), reason }),
    );
  }

  @Post(':settlementId/confirm-payout')
  @HttpCode(200)
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '지급 확인 / Confirm a payout',
    description: '은행이 이체했음을 적습니다. 되돌릴 수 없습니다. / The bank has transferred it. For good.',
  })
  @ApiParam(ID)
  @ApiResponse(ANSWER)
  @ApiErrors({ VALIDATION_FAILED, SETTLEMENT_NOT_FOUND, SETTLEMENT_STATE })
  async confirmPayout(
    @Param('settlementId') settlementId: string,
    @Body() { reason, payoutReference }: ConfirmPayoutRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SettlementResponse> {
    const deed = { actor: actorOf(principal), reason };
    return SettlementResponse.of(await this.payouts.confirmPayout(settlementId, payoutReference, deed));
  }

  @Post(':settlementId/fail-payout')
  @HttpCode(200)
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '지급 실패 / A payout has failed',
    description:
      '은행이 이체하지 못한 까닭을 적습니다. 고친 뒤 retry-payout으로 다시 지급합니다.\n\nWhy the bank could not transfer it. Once mended, retry-payout puts it into the next file.',
  })
  @ApiParam(ID)
  @ApiResponse(ANSWER)
  @ApiErrors({ VALIDATION_FAILED, SETTLEMENT_NOT_FOUND, SETTLEMENT_STATE })
  async failPayout(
    @Param('settlementId') settlementId: string,
    @Body() { reason }: ReasonRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SettlementResponse> {
    return SettlementResponse.of(
      await this.payouts.failPayout(settlementId, { actor: actorOf(principal), reason }),
    );
  }

  @Post(':settlementId/retry-payout')
  @HttpCode(200)
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '다시 지급 / Pay out again',
    description: '실패한 지급을 다음 지급 파일에 넣습니다. / Puts a failed payout into the next file.',
  })
  @ApiParam(ID)
  @ApiResponse(ANSWER)
  @ApiErrors({ VALIDATION_FAILED, SETTLEMENT_NOT_FOUND, SETTLEMENT_STATE })
  async retryPayout(
    @Param('settlementId') settlementId: string,
    @Body() { reason }: ReasonRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SettlementResponse> {
    return SettlementResponse.of(
      await this.payouts.retryPayout(settlementId, { actor: actorOf(principal), reason }),
    );
  }
}
