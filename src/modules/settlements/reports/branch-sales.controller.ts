import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { dataScope } from '../../../common/http/data-scope';
import { CurrentPrincipal, MemberRoles, MerchantScope } from '../../../common/http/decorators';
import { Revalidated } from '../../../common/http/entity-tag.interceptor';
import type { Principal } from '../../../common/http/principal';
import { ApiErrors } from '../../../common/openapi/api-errors';
import { BranchSalesQuery, PeriodQuery } from './dto/report.request';
import { SalesDetailListResponse, SalesDetailResponse, SalesReportResponse } from './dto/report.response';
import { Sales } from './sales.service';

const LIST_DEFAULT = 50;
const BRANCH_ID = {
  name: 'id',
  description: '영업점 ID / Branch id',
  example: 'brn_0000000000DEM0BRANCH000001',
};

@ApiTags('Branches')
@ApiBearerAuth()
@MerchantScope('settlements:read')
@MemberRoles('OPERATOR', 'AGENCY', 'MERCHANT', 'BRANCH')
@Controller('v1/branches')
export class BranchSalesController {
  constructor(private readonly sales: Sales) {}

  @Get('sales')
  @Revalidated()
  @ApiOperation({
    summary: '영업점 매출 집계 / Sales by branch',
    description:
      '매입일 기준, 영업점마다. 영업점 없이 받은 결제는 group이 null입니다. 한 쪽이 짧거나 비어 있어도 nextCursor가 있으면 더 있습니다. / By day of capture, for each branch; null = without a branch. A page may be short or empty: there is more as long as it has a nextCursor.',
  })
  @ApiResponse({ status: 200, description: '매출 / The sales', type: SalesReportResponse })
  @ApiErrors(COMMON_ERRORS, 'VALIDATION_FAILED')
  async all(
    @Query() { from, to, limit = LIST_DEFAULT, cursor }: PeriodQuery,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SalesReportResponse> {
    const wish = { groupBy: 'branch' as const, limit, cursor };
    return SalesReportResponse.of(await this.sales.report(dataScope(principal), { from, to }, wish));
  }

  @Get(':id/sales')
  @Revalidated()
  @ApiOperation({
    summary: '영업점 매출 집계 상세 / Sales of a branch',
    description: '날마다, 또는 수단마다. / By day or by method.',
  })
  @ApiParam(BRANCH_ID)
  @ApiResponse({ status: 200, description: '매출 / The sales', type: SalesReportResponse })
  @ApiErrors(COMMON_ERRORS, 'VALIDATION_FAILED', 'NOT_FOUND')
  async one(
    @Param('id') branchId: string,
    @Query() { from, to, groupBy, limit = LIST_DEFAULT, cursor }: BranchSalesQuery,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SalesReportResponse> {
    const wish = { groupBy, branchId, limit, cursor };
    return SalesReportResponse.of(await this.sales.report(dataScope(principal), { from, to }, wish));
  }

  @Get(':id/sales/details')
  @Revalidated()
  @ApiOperation({
    summary: '영업점 매출 상세 / Movements of a branch',
    description: '승인과 취소 하나하나, 매입일 차례로. / Every approval and cancel, in the order of capture.',
  })
  @ApiParam(BRANCH_ID)
  @ApiResponse({ status: 200, description: '매출 상세 / The movements', type: SalesDetailListResponse })
  @ApiErrors(COMMON_ERRORS, 'VALIDATION_FAILED', 'NOT_FOUND')
  async details(
    @Param('id') branchId: string,
    @Query() { limit = LIST_DEFAULT, ...wish }: PeriodQuery,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SalesDetailListResponse> {
    const page = await this.sales.details(dataScope(principal), branchId, { ...wish, limit });
    return { data: page.data.map((detail) => SalesDetailResponse.of(detail)), nextCursor: page.nextCursor };
  }
}
