import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { dataScope } from '../../../common/http/data-scope';
import { CurrentPrincipal, MemberRoles, MerchantScope } from '../../../common/http/decorators';
import { Revalidated } from '../../../common/http/entity-tag.interceptor';
import type { Principal } from '../../../common/http/principal';
import { ApiErrors } from '../../../common/openapi/api-errors';
import { ApiExport } from '../../../common/openapi/api-export';
import { PageQuery } from '../../../common/pagination/page.query';
import { SettlementsQuery } from '../payout/dto/settlement.request';
import { SettlementListResponse, SettlementResponse } from '../payout/dto/settlement.response';
import { SETTLEMENT_ERRORS } from '../settlements.errors';
import { ExportSettlementsQuery } from './dto/export.request';
import { AggregateQuery, LinePath } from './dto/report.request';
import {
  ExplainedLineResponse,
  SalesReportResponse,
  SettlementDetailsResponse,
  SettlementLineResponse,
  SettlementStatusResponse,
} from './dto/report.response';
import { ExportSettlements } from './export-settlements';
import { Sales } from './sales.service';
import { SettlementReports } from './settlement-reports.service';

const LIST_DEFAULT = 50;

@ApiTags('Settlements')
@ApiBearerAuth()
@MerchantScope('settlements:read')
@MemberRoles('OPERATOR', 'AGENCY', 'MERCHANT', 'BRANCH')
@Controller('v1/settlements')
export class SettlementReportsController {
  constructor(
    private readonly reports: SettlementReports,
    private readonly sales: Sales,
    private readonly exports: ExportSettlements,
  ) {}

  @Get('status')
  @Revalidated()
  @ApiOperation({
    summary: '정산 현황 / Settlement status',
    description:
      '상태마다 정산의 수와 금액, 다음 지급일과 금액. 지급과 이월은 최근 31일의 지급일만 셉니다. 영업점은 자기 몫을 봅니다.\n\nHow many settlements are in each state and what they come to, and the next payout. Paid and carried over: payout days of the last 31 days. A branch sees its own part.',
  })
  @ApiResponse({ status: 200, description: '정산 현황 / The status', type: SettlementStatusResponse })
  async status(@CurrentPrincipal() principal: Principal): Promise<SettlementStatusResponse> {
    return SettlementStatusResponse.of(await this.reports.status(dataScope(principal)));
  }

  @Get()
  @Revalidated()
  @ApiOperation({
    summary: '정산 집계 / Settlement aggregates',
    description:
      '매입일 기준의 건수, 승인·취소 금액, 수수료, 부가세, 정산 금액. 아직 정산되지 않은 날의 거래는 unsettled로 따로 세며 수수료는 없습니다. 영업점마다 셀 때는 한 쪽이 짧거나 비어 있어도 nextCursor가 있으면 더 있습니다.\n\nBy day of capture. Movements of days that are not settled yet are counted apart as unsettled, without a fee. By branch a page may be short or empty: there is more as long as it has a nextCursor.',
  })
  @ApiResponse({ status: 200, description: '정산 집계 / The aggregates', type: SalesReportResponse })
  @ApiErrors(COMMON_ERRORS, 'VALIDATION_FAILED')
  async aggregates(
    @Query() { from, to, groupBy, limit = LIST_DEFAULT, cursor }: AggregateQuery,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SalesReportResponse> {
    const report = await this.sales.report(dataScope(principal), { from, to }, { groupBy, limit, cursor });
    return SalesReportResponse.of(report);
  }

  @Get('payouts')
  @Revalidated()
  @ApiOperation({
    summary: '정산 목록 / List settlements',
    description:
      '지급일 기준, 늦은 것부터. 영업점은 자기 몫을 봅니다. / By payout day, the latest first. A branch sees its own part.',
  })
  @ApiResponse({ status: 200, description: '정산 / The settlements', type: SettlementListResponse })
  @ApiErrors(COMMON_ERRORS, 'VALIDATION_FAILED')
  async payouts(
    @Query() { limit = LIST_DEFAULT, cursor, ...filter }: SettlementsQuery,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SettlementListResponse> {
    const wanted = { ...filter, scope: dataScope(principal) };
    const { data, nextCursor } = await this.reports.list(wanted, { limit, cursor });
    return { data: data.map((settlement) => SettlementResponse.of(settlement)), nextCursor };
  }

  @Get('export')
  @ApiOperation({
    summary: '정산 내려받기 / Export of settlements',
    description:
      '정산 목록과 같은 조건을 파일로 흘려 보냅니다. level=lines이면 결제와 취소마다 한 줄입니다. 영업점은 자기 몫만 받습니다. 도중에 끊기면 파일이 다 오지 않은 것이니 다시 받아 주세요. 수식으로 실행될 글자 앞에는 작은따옴표가 붙습니다.\n\nWhat the list of settlements holds, streamed as a file; with level=lines every line of them. A branch gets its own part. A connection that breaks off means that the file is not whole. Text that would run as a formula gets an apostrophe.',
  })
  @ApiExport('"지급일","상태","가맹점 ID"\r\n"2026-11-23","확정","M0000001"\r\n')
  @ApiErrors(COMMON_ERRORS, 'VALIDATION_FAILED')
  @ApiErrors(SETTLEMENT_ERRORS, 'SETTLEMENT_EXPORTS_BUSY')
  async export(
    @Query() query: ExportSettlementsQuery,
    @Res() reply: FastifyReply,
    @CurrentPrincipal() principal: Principal,
  ): Promise<void> {
    const { headers, stream } = await this.exports.run(principal, query);
    void reply.headers(headers).send(stream);
  }

  @Get('lines/:lineId/explain')
  @Revalidated()
  @ApiOperation({
    summary: '수수료 계산 설명 / How a fee was reckoned',
    description:
      '어느 정책의 어느 요율로, 어떻게 버림하여 계산했는지 차례로 보여 줍니다.\n\nWhich policy, which rate and which rounding, step by step.',
  })
  @ApiResponse({ status: 200, description: '계산 / The steps', type: ExplainedLineResponse })
  @ApiErrors(COMMON_ERRORS, 'VALIDATION_FAILED')
  @ApiErrors(SETTLEMENT_ERRORS, 'SETTLEMENT_LINE_NOT_FOUND')
  async explain(
    @Param() { lineId }: LinePath,
    @CurrentPrincipal() principal: Principal,
  ): Promise<ExplainedLineResponse> {
    const seq = lineId.slice('stn_'.length);
    return ExplainedLineResponse.explained(await this.reports.explain(dataScope(principal), seq));
  }

  @Get(':settlementId/details')
  @Revalidated()
  @ApiOperation({
    summary: '정산 상세 / Settlement details',
    description:
      '결제와 취소 하나하나의 내역. 영업점은 자기 것만 봅니다. / Every line down to its payment or cancel; a branch sees its own.',
  })
  @ApiParam({
    name: 'settlementId',
    description: '정산 ID / Settlement id',
    example: 'stl_01K9Z3V4T5W6X7Y8Z9ABCDEFGH',
  })
  @ApiResponse({ status: 200, description: '정산 내역 / The lines', type: SettlementDetailsResponse })
  @ApiErrors(COMMON_ERRORS, 'VALIDATION_FAILED')
  @ApiErrors(SETTLEMENT_ERRORS, 'SETTLEMENT_NOT_FOUND')
  async details(
    @Param('settlementId') settlementId: string,
    @Query() { limit = LIST_DEFAULT, cursor }: PageQuery,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SettlementDetailsResponse> {
    const found = await this.reports.details(dataScope(principal), settlementId, { limit, cursor });
    return {
      settlement: SettlementResponse.of(found.settlement),
      data: found.data.map((line) => SettlementLineResponse.of(line)),
      nextCursor: found.nextCursor,
    };
  }
}
