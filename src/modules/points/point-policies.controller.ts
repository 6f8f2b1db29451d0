import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { CurrentPrincipal, MemberRoles, MerchantScope } from '../../common/http/decorators';
import { actorOf, type Principal } from '../../common/http/principal';
import { PageQuery } from '../../common/pagination/page.query';
import { ownMid } from '../../common/http/data-scope';
import { MethodPath, PointPolicyRequest } from './dto/points.request';
import { PointPoliciesResponse, PointPolicyResponse } from './dto/points.response';
import { PointPolicies } from './point-policies.service';

const LIST_DEFAULT = 50;
const PPM_MAX = 1_000_000;

@ApiTags('Points')
@Controller('v1/point-policies')
export class PointPoliciesController {
  constructor(private readonly policies: PointPolicies) {}

  @Get(':method')
  @MerchantScope('payments:read')
  @MemberRoles('MERCHANT')
  @ApiOperation({
    summary: '포인트 정책 조회 / Point policies of a payment method',
    description: '지금 시행 중인 것과 지금까지 정한 모든 것. / The one in force, and all that were ever set.',
  })
  @ApiOkResponse({ type: PointPoliciesResponse, description: '정책 / The policies' })
  async list(
    @Param() { method }: MethodPath,
    @Query() query: PageQuery,
    @CurrentPrincipal() principal: Principal,
  ): Promise<PointPoliciesResponse> {
    const { limit = LIST_DEFAULT, cursor } = query;
    const page = await this.policies.list(ownMid(principal), method, { limit, cursor });
    return {
      current: page.current === null ? null : PointPolicyResponse.of(page.current),
      data: page.data.map((policy) => PointPolicyResponse.of(policy)),
      nextCursor: page.nextCursor,
    };
  }

  @Put(':method')
  @MemberRoles('MERCHANT')
  @ApiOperation({
    summary: '포인트 정책 정하기 / Set the point policy of a payment method',
    description:
      '새 정책이 effectiveFrom(없으면 지금)부터 시행됩니다. 지난 정책은 바뀌지 않고, 이미 요청한 결제는 그때의 정책을 따릅니다. 몇 초 안에 모든 서버가 따릅니다. / A new policy from effectiveFrom (or now) on. What held before stays as it was, and payments keep the terms under which they were asked for. Every server follows within seconds.',
  })
  @ApiOkResponse({ type: PointPolicyResponse, description: '정해짐 / Set' })
  async set(
    @Param() { method }: MethodPath,
    @Body() body: PointPolicyRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<PointPolicyResponse> {
    const { earnRatePpm, minimumUse, maximumSharePpm, discount = null, reason } = body;
    const { refundOrder = 'CARD_FIRST' } = body;
    checkMore(body);
    const policy = await this.policies.add(
      {
        ...{ mid: ownMid(principal), method, earnRatePpm, minimumUse, maximumSharePpm, refundOrder, reason },
        discount: discount === null ? null : { kind: discount.kind, value: discount.value },
        ...(body.effectiveFrom === undefined ? {} : { effectiveFrom: new Date(body.effectiveFrom) }),
      },
      actorOf(principal),
    );
    return PointPolicyResponse.of(policy);
  }
}

/** What no single field can tell. */
function checkMore({ discount }: PointPolicyRequest): void {
  if (discount?.kind !== 'RATE' || discount.value <= PPM_MAX) return;
  const errors = [{ field: 'discount.value', code: 'OUT_OF_RANGE' }];
  throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors });
}
