import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, MemberRoles } from '../../common/http/decorators';
import { actorOf, type Principal } from '../../common/http/principal';
import { IDEMPOTENCY_HEADER } from '../../common/idempotency/idempotency-header';
import { Idempotent } from '../../common/idempotency/idempotent.decorator';
import { ApiErrors } from '../../common/openapi/api-errors';
import { PageQuery } from '../../common/pagination/page.query';
import { AGENCIES_ERRORS } from './agencies.errors';
import { AgenciesService } from './agencies.service';
import type { CommissionOwner } from './agencies.types';
import { CommissionRates } from './commission-rates.service';
import { AgencyPath, CommissionRateRequest, SellerPath } from './dto/agency.request';
import { CommissionRateResponse, CommissionRatesResponse } from './dto/agency.response';
import { SellersService } from './sellers.service';

const LIST_DEFAULT = 50;
const SET_TEXT =
  '수수료에서 받는 비율을 effectiveFrom부터 정합니다. 한 대리점과 그 위의 모든 대리점, 판매자의 비율은 어느 날에도 합하여 100 %를 넘지 못합니다.\n\nSets the share of the fee from effectiveFrom on. The shares of an agency, of all above it and of its seller may not sum to over 100 % on any day.';

@ApiTags('Agencies')
@ApiBearerAuth()
@Controller('v1')
export class CommissionRatesController {
  constructor(
    private readonly rates: CommissionRates,
    private readonly agencies: AgenciesService,
    private readonly sellers: SellersService,
  ) {}

  @Get('agencies/:agencyCode/commission-rates')
  @MemberRoles('OPERATOR', 'AGENCY')
  @ApiOperation({
    summary: '대리점 요율 목록 / Commission rates of an agency',
    description:
      '지금까지 정한 것 모두를 봅니다. 대리점은 자기와 그 아래의 것을 봅니다.\n\nAll that were ever set; an agency sees its own and of those below it.',
  })
  @ApiResponse({ status: 200, description: '요율 / The rates', type: CommissionRatesResponse })
  @ApiErrors(AGENCIES_ERRORS, 'AGENCY_NOT_FOUND')
  async ofAgency(
    @Param() { agencyCode }: AgencyPath,
    @Query() query: PageQuery,
    @CurrentPrincipal() principal: Principal,
  ): Promise<CommissionRatesResponse> {
    await this.agencies.own(principal, agencyCode);
    return this.page({ agencyCode }, query);
  }

  @Post('agencies/:agencyCode/commission-rates')
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @MemberRoles('OPERATOR')
  @ApiOperation({
    summary: '대리점 요율 정하기 / Set the commission rate of an agency',
    description: SET_TEXT,
  })
  @ApiResponse({ status: 201, description: '정해짐 / Set', type: CommissionRateResponse })
  @ApiErrors(AGENCIES_ERRORS, 'AGENCY_NOT_FOUND', 'COMMISSION_ABOVE_FEE')
  async setOfAgency(
    @Param() { agencyCode }: AgencyPath,
    @Body() body: CommissionRateRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<CommissionRateResponse> {
    return CommissionRateResponse.of(await this.rates.set({ agencyCode }, body, actorOf(principal)));
  }

  @Get('admin/sellers/:sellerCode/commission-rates')
  @MemberRoles('OPERATOR')
  @ApiOperation({
    summary: '판매자 요율 목록 / Commission rates of a seller',
    description: '지금까지 정한 것 모두. / All that were ever set.',
  })
  @ApiResponse({ status: 200, description: '요율 / The rates', type: CommissionRatesResponse })
  @ApiErrors(AGENCIES_ERRORS, 'SELLER_NOT_FOUND')
  async ofSeller(
    @Param() { sellerCode }: SellerPath,
    @Query() query: PageQuery,
  ): Promise<CommissionRatesResponse> {
    await this.sellers.assertThere(sellerCode);
    return this.page({ sellerCode }, query);
  }

  @Post('admin/sellers/:sellerCode/commission-rates')
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @MemberRoles('OPERATOR')
  @ApiOperation({
    summary: '판매자 요율 정하기 / Set the commission rate of a seller',
    description: SET_TEXT,
  })
  @ApiResponse({ status: 201, description: '정해짐 / Set', type: CommissionRateResponse })
  @ApiErrors(AGENCIES_ERRORS, 'SELLER_NOT_FOUND', 'COMMISSION_ABOVE_FEE')
  async setOfSeller(
    @Param() { sellerCode }: SellerPath,
    @Body() body: CommissionRateRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<CommissionRateResponse> {
    return CommissionRateResponse.of(await this.rates.set({ sellerCode }, body, actorOf(principal)));
  }

  private async page(
    owner: CommissionOwner,
    { limit = LIST_DEFAULT, cursor }: PageQuery,
  ): Promise<CommissionRatesResponse> {
    const page = await this.rates.list(owner, { limit, cursor });
    return { data: page.data.map((rate) => CommissionRateResponse.of(rate)), nextCursor: page.nextCursor };
  }
}
