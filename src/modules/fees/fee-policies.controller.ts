import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { CurrentPrincipal, MemberRoles } from '../../common/http/decorators';
import { actorOf, type Principal } from '../../common/http/principal';
import { IDEMPOTENCY_HEADER } from '../../common/idempotency/idempotency-header';
import { Idempotent } from '../../common/idempotency/idempotent.decorator';
import { ApiErrors } from '../../common/openapi/api-errors';
import { AGENCIES_ERRORS } from '../agencies/agencies.errors';
import { FeePoliciesQuery, FeePolicyRequest } from './dto/fee-policy.request';
import { FeePoliciesResponse, FeePolicyResponse } from './dto/fee-policy.response';
import { FeePolicies } from './fee-policies.service';
import { FEES_ERRORS } from './fees.errors';

const LIST_DEFAULT = 50;

@ApiTags('Admin')
@ApiBearerAuth()
@MemberRoles('OPERATOR')
@Controller('v1/admin/fee-policies')
export class FeePoliciesController {
  constructor(private readonly policies: FeePolicies) {}

  @Get()
  @ApiOperation({
    summary: '수수료 정책 목록 / List fee policies',
    description:
      '정한 것 모두를 최근 것부터 보여 줍니다. mid와 day를 주면 그날 그 가맹점에 시행 중인 것만 보여 줍니다.\n\nAll that were ever set, newest first. With mid and day only those that hold for that merchant on that day.',
  })
  @ApiResponse({ status: 200, description: '수수료 정책 / The fee policies', type: FeePoliciesResponse })
  async list(@Query() query: FeePoliciesQuery): Promise<FeePoliciesResponse> {
    const { limit = LIST_DEFAULT, cursor, mid, day } = query;
    const page = await this.policies.list({ mid, day, limit, cursor });
    return { data: page.data.map((policy) => FeePolicyResponse.of(policy)), nextCursor: page.nextCursor };
  }

  @Post()
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '수수료 정책 정하기 / Set a fee policy',
    description:
      'effectiveFrom부터 시행되며 지난 날의 정책은 바뀌지 않습니다. 다만 그날 기본 정책이 없던 가맹점에는 지난 날부터의 기본 정책도 정할 수 있습니다. 정책의 대리점·판매자 몫은 상위 대리점의 몫과 더해 수수료를 넘을 수 없습니다. 결제에는 맞는 것 중 가장 좁은 정책이 적용됩니다: 영업점, 원천사, 카드사, 카드 종류, 결제 수단, 금액대의 차례로 좁고, 같으면 시행일이 늦은 것, 나중에 정한 것입니다.\n\nHolds from effectiveFrom on; what held before stays as it was. A past day is taken for a general policy alone, of a merchant that had none on it. With the shares of the agencies above, those of the policy never pass the fee. A payment is under the most specific policy that fits: branch before acquirer, card issuer, card type, method and band of amounts; of equals the later day, then the one set last.',
  })
  @ApiResponse({ status: 201, description: '정해짐 / Set', type: FeePolicyResponse })
  @ApiErrors(COMMON_ERRORS, 'VALIDATION_FAILED')
  @ApiErrors(FEES_ERRORS, 'FEE_POLICY_OWNER_NOT_FOUND')
  @ApiErrors(AGENCIES_ERRORS, 'COMMISSION_ABOVE_FEE')
  async add(
    @Body() body: FeePolicyRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<FeePolicyResponse> {
    const wish = {
      ...{ mid: body.mid, branchId: body.branchId ?? null, acquirer: body.acquirer ?? null },
      ...{ cardIssuer: body.cardIssuer ?? null, cardType: body.cardType ?? null },
      ...{
        method: body.method ?? null,
        amountMin: body.amountMin ?? null,
        amountMax: body.amountMax ?? null,
      },
      ...{ effectiveFrom: body.effectiveFrom, ended: body.ended ?? false, reason: body.reason },
      ...{ ratePpm: body.ratePpm, fixedFee: body.fixedFee ?? 0, minimumFee: body.minimumFee ?? 0 },
      acquirerCostPpm: body.acquirerCostPpm ?? 0,
      agencyCommissionPpm: body.agencyCommissionPpm ?? null,
      sellerCommissionPpm: body.sellerCommissionPpm ?? null,
    };
    return FeePolicyResponse.of(await this.policies.add(wish, actorOf(principal)));
  }
}
