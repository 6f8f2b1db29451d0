import { Body, Controller, Get, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, MemberRoles, Public } from '../../common/http/decorators';
import { actorOf, type Principal } from '../../common/http/principal';
import { IDEMPOTENCY_HEADER } from '../../common/idempotency/idempotency-header';
import { Idempotent } from '../../common/idempotency/idempotent.decorator';
import { ApiErrors } from '../../common/openapi/api-errors';
import { AGENCIES_ERRORS } from './agencies.errors';
import { AgenciesService } from './agencies.service';
import {
  AgencyChangeRequest,
  AgencyParentRequest,
  AgencyPath,
  NewAgencyRequest,
  SearchQuery,
} from './dto/agency.request';
import { AgenciesResponse, AgencyResponse, PublicAgencyResponse } from './dto/agency.response';

const LIST_DEFAULT = 50;

@ApiTags('Agencies')
@Controller('v1/agencies')
export class AgenciesController {
  constructor(private readonly agencies: AgenciesService) {}

  @Get()
  @ApiBearerAuth()
  @MemberRoles('OPERATOR', 'AGENCY')
  @ApiOperation({
    summary: '대리점 목록 / List agencies',
    description:
      '대리점은 자기와 그 아래를, 운영자는 모두를 봅니다.\n\nAn agency sees itself and those below it, an operator all of them.',
  })
  @ApiResponse({ status: 200, description: '대리점 / The agencies', type: AgenciesResponse })
  async list(
    @Query() { query, limit = LIST_DEFAULT, cursor }: SearchQuery,
    @CurrentPrincipal() principal: Principal,
  ): Promise<AgenciesResponse> {
    const page = await this.agencies.list(principal, { query, limit, cursor });
    return { data: page.data.map((agency) => AgencyResponse.of(agency)), nextCursor: page.nextCursor };
  }

  @Post()
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiBearerAuth()
  @MemberRoles('OPERATOR', 'AGENCY')
  @ApiOperation({
    summary: '대리점 등록 / Register an agency',
    description:
      '코드를 매기고 상위 대리점 아래에 둡니다. 대리점은 자기와 그 아래의 대리점에만 등록할 수 있습니다.\n\nGives it a code and its place below another one. An agency may register only below itself and those below it.',
  })
  @ApiResponse({ status: 201, description: '등록됨 / Registered', type: AgencyResponse })
  @ApiErrors(
    AGENCIES_ERRORS,
    'AGENCY_NOT_FOUND',
    'SELLER_NOT_FOUND',
    'SELLER_STATUS_CONFLICT',
    'AGENCY_STATUS_CONFLICT',
    'AGENCY_BUSINESS_NUMBER_TAKEN',
    'COMMISSION_ABOVE_FEE',
  )
  async register(
    @Body() body: NewAgencyRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<AgencyResponse> {
    const { name, businessNumber, representative, phone, account, sellerCode = null, parentCode } = body;
    const { bankCode, accountNumber, holderName } = account;
    const wish = { name, businessNumber, representative, phone, sellerCode, parentCode };
    const agency = await this.agencies.register(principal, {
      ...wish,
      email: body.email.toLowerCase(),
      account: { bankCode, accountNumber, holderName },
    });
    return AgencyResponse.of(agency);
  }

  @Get(':agencyCode')
  @Public()
  @ApiOperation({
    summary: '대리점 정보 / An agency',
    description:
      '가맹점이 서비스를 신청할 때 확인하는 상호, 대표자, 전화입니다.\n\nName, representative and telephone, as a merchant checks them before it applies.',
  })
  @ApiResponse({ status: 200, description: '대리점 / The agency', type: PublicAgencyResponse })
  @ApiErrors(AGENCIES_ERRORS, 'AGENCY_NOT_FOUND')
  async show(@Param() { agencyCode }: AgencyPath): Promise<PublicAgencyResponse> {
    return PublicAgencyResponse.shown(await this.agencies.shown(agencyCode));
  }

  @Patch(':agencyCode')
  @ApiBearerAuth()
  @MemberRoles('OPERATOR')
  @ApiOperation({
    summary: '대리점 바꾸기 / Change an agency',
    description:
      '대표자, 전화, 상태를 바꿉니다. 정지하거나 폐점한 대리점은 새 대리점을 두지 못하며, 지난 약정은 그대로입니다. 정지된 대리점의 회원은 조회만 할 수 있고, 폐점하면 로그인할 수 없습니다.\n\nChanges representative, telephone or status. A suspended or closed one gets no new agencies below it; what was agreed stays. Members of a suspended one may only look; those of a closed one cannot log in.',
  })
  @ApiResponse({ status: 200, description: '바뀐 대리점 / The agency now', type: AgencyResponse })
  @ApiErrors(AGENCIES_ERRORS, 'AGENCY_NOT_FOUND', 'AGENCY_CHANGED', 'AGENCY_STATUS_CONFLICT')
  async change(
    @Param() { agencyCode }: AgencyPath,
    @Body() body: AgencyChangeRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<AgencyResponse> {
    const { version, representative, phone, status, reason } = body;
    const change = { version, representative, phone, status, reason };
    return AgencyResponse.of(await this.agencies.change(agencyCode, change, actorOf(principal)));
  }

  @Put(':agencyCode/parent')
  @ApiBearerAuth()
  @MemberRoles('OPERATOR')
  @ApiOperation({
    summary: '대리점 옮기기 / Move an agency',
    description:
      '그 아래의 대리점과 함께 다른 대리점 아래로, 또는 최상위로 옮깁니다. 자기 아래로는 옮길 수 없습니다.\n\nMoves it, with all below it, under another agency or to the top. It cannot go below itself.',
  })
  @ApiResponse({ status: 200, description: '옮긴 대리점 / The agency now', type: AgencyResponse })
  @ApiErrors(
    AGENCIES_ERRORS,
    'AGENCY_NOT_FOUND',
    'AGENCY_CHANGED',
    'AGENCY_STATUS_CONFLICT',
    'AGENCY_TREE_CYCLE',
    'COMMISSION_ABOVE_FEE',
  )
  async move(
    @Param() { agencyCode }: AgencyPath,
    @Body() { parentCode, version, reason }: AgencyParentRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<AgencyResponse> {
    const moved = await this.agencies.move(agencyCode, parentCode, { version, reason }, actorOf(principal));
    return AgencyResponse.of(moved);
  }
}
