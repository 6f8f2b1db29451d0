import { Body, Controller, Get, Param, Patch, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { dataScope } from '../../common/http/data-scope';
import { CurrentPrincipal, MemberRoles, MerchantScope, OwnersOnly } from '../../common/http/decorators';
import { actorOf, type Principal } from '../../common/http/principal';
import { ApiErrors } from '../../common/openapi/api-errors';
import { BRANCHES_ERRORS } from './branches.errors';
import { BranchesService } from './branches.service';
import { BranchStatusRequest, ListBranchesQuery } from './dto/branch.request';
import { BranchDetailResponse, BranchListResponse, BranchResponse } from './dto/branch.response';

const { VALIDATION_FAILED, UNAUTHENTICATED, FORBIDDEN } = COMMON_ERRORS;
const { BRANCH_UNKNOWN, BRANCH_STATUS_FINAL, BRANCH_CHANGED } = BRANCHES_ERRORS;
const LIST_DEFAULT = 50;
const BRANCH_ID = {
  name: 'id',
  description: '영업점 ID / Branch id',
  example: 'brn_0000000000DEM0BRANCH000001',
};

@ApiTags('Branches')
@ApiBearerAuth()
@Controller('v1/branches')
export class BranchesController {
  constructor(private readonly branches: BranchesService) {}

  @Get()
  @MerchantScope('payments:read')
  @MemberRoles('OPERATOR', 'AGENCY', 'MERCHANT', 'BRANCH')
  @ApiOperation({
    summary: '영업점 목록 / List branches',
    description:
      '최근 것부터 보여 줍니다. query로 찾으면 이름순입니다. 영업점은 자기 자신만 봅니다.\n\nNewest first; by name when query is given. A branch sees itself only.',
  })
  @ApiResponse({ status: 200, description: '영업점 / The branches', type: BranchListResponse })
  @ApiErrors({ VALIDATION_FAILED, UNAUTHENTICATED, FORBIDDEN })
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: ListBranchesQuery,
  ): Promise<BranchListResponse> {
    const { limit = LIST_DEFAULT, cursor, mid, status, query: namePrefix, code } = query;
    const filter = { scope: dataScope(principal), mid, status, namePrefix, code };
    const { data, nextCursor } = await this.branches.list(filter, { limit, cursor });
    return { data: data.map((branch) => BranchResponse.of(branch)), nextCursor };
  }

  @Get(':id')
  @MerchantScope('payments:read')
  @MemberRoles('OPERATOR', 'AGENCY', 'MERCHANT', 'BRANCH')
  @ApiOperation({
    summary: '영업점 조회 / One branch',
    description: '주소, 전화번호, 상태의 이력을 함께 보여 줍니다. / With address, telephone and history.',
  })
  @ApiParam(BRANCH_ID)
  @ApiResponse({ status: 200, description: '영업점 / The branch', type: BranchDetailResponse })
  @ApiErrors({ UNAUTHENTICATED, FORBIDDEN, BRANCH_UNKNOWN })
  async one(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<BranchDetailResponse> {
    return BranchDetailResponse.detailed(await this.branches.detail(dataScope(principal), id));
  }

  @Patch(':id/status')
  @MemberRoles('OPERATOR', 'MERCHANT')
  @OwnersOnly()
  @ApiOperation({
    summary: '영업점 상태 바꾸기 / Change a branch’s status',
    description:
      'SUSPENDED: 결제를 받지 못하고, 직원은 조회만 합니다. CLOSED: 되돌릴 수 없고, 직원은 로그인하지 못합니다. 몇 초 안에 모든 서버에 적용됩니다.\n\nSUSPENDED: takes no payments, its members may only look. CLOSED: for good, its members cannot log in. Every server follows within seconds.',
  })
  @ApiParam(BRANCH_ID)
  @ApiResponse({ status: 200, description: '바뀐 영업점 / The branch now', type: BranchDetailResponse })
  @ApiErrors({
    ...{ VALIDATION_FAILED, UNAUTHENTICATED, FORBIDDEN },
    ...{ BRANCH_UNKNOWN, BRANCH_STATUS_FINAL, BRANCH_CHANGED },
  })
  async changeStatus(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { status, reason, version }: BranchStatusRequest,
  ): Promise<BranchDetailResponse> {
    const command = { branchId: id, to: status, reason, version: version ?? null };
    const changed = await this.branches.changeStatus(dataScope(principal), command, actorOf(principal));
    return BranchDetailResponse.detailed(changed);
  }
}
