import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, MemberRoles } from '../../common/http/decorators';
import type { Principal } from '../../common/http/principal';
import { ApiErrors } from '../../common/openapi/api-errors';
import { PageQuery } from '../../common/pagination/page.query';
import { AGENCIES_ERRORS } from '../agencies/agencies.errors';
import { AgencyMerchants } from './agency-merchants.service';
import {
  AgencyMerchantResponse,
  AgencyMerchantsResponse,
  AgencyOfMerchantsPath,
} from './dto/agency-merchant.response';

const LIST_DEFAULT = 50;

@ApiTags('Agencies')
@ApiBearerAuth()
@MemberRoles('OPERATOR', 'AGENCY')
@Controller('v1/agencies')
export class AgencyMerchantsController {
  constructor(private readonly merchants: AgencyMerchants) {}

  @Get(':agencyCode/merchants')
  @ApiOperation({
    summary: '대리점의 가맹점 / Merchants of an agency',
    description:
      '이 대리점과 그 아래 대리점이 데려온 가맹점입니다.\n\nThe merchants that this agency and those below it brought in.',
  })
  @ApiResponse({ status: 200, description: '가맹점 / The merchants', type: AgencyMerchantsResponse })
  @ApiErrors(AGENCIES_ERRORS, 'AGENCY_NOT_FOUND')
  async list(
    @Param() { agencyCode }: AgencyOfMerchantsPath,
    @Query() { limit = LIST_DEFAULT, cursor }: PageQuery,
    @CurrentPrincipal() principal: Principal,
  ): Promise<AgencyMerchantsResponse> {
    const page = await this.merchants.list(principal, agencyCode, { limit, cursor });
    return {
      data: page.data.map((merchant) => AgencyMerchantResponse.of(merchant)),
      nextCursor: page.nextCursor,
    };
  }
}
