import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentPrincipal, MemberRoles } from '../../common/http/decorators';
import type { Principal } from '../../common/http/principal';
import { IDEMPOTENCY_HEADER } from '../../common/idempotency/idempotency-header';
import { Idempotent } from '../../common/idempotency/idempotent.decorator';
import { ApiErrors } from '../../common/openapi/api-errors';
import { wantedContract } from '../merchants/contract-request.types';
import { MERCHANTS_ERRORS } from '../merchants/merchants.errors';
import { ApplicationDetailResponse } from './dto/application.response';
import {
  ApproveApplicationRequest,
  RejectApplicationRequest,
  RequestChangesRequest,
} from './dto/decision.request';
import { APPLICATION_ID, ChangeErrors } from './dto/change.documentation';
import { SERVICE_APPLICATION_ERRORS } from './service-applications.errors';
import { ApproveApplication } from './use-cases/approve-application';
import { DecideApplication } from './use-cases/decide-application';
import { ReadApplications } from './use-cases/read-applications';

/** The operator's decisions on applications. */
@ApiTags('Service applications')
@ApiBearerAuth()
@MemberRoles('OPERATOR')
@Controller('v1/service-applications')
export class ApplicationDecisionsController {
  constructor(
    private readonly read: ReadApplications,
    private readonly approving: ApproveApplication,
    private readonly deciding: DecideApplication,
  ) {}

  @Post(':applicationId/request-changes')
  @HttpCode(200)
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiParam(APPLICATION_ID)
  @ApiOperation({
    summary: '서비스 신청 보완 요청 / Ask for changes',
    description: '신청인이 고쳐 다시 제출합니다. / The applicant edits it and submits it again.',
  })
  @ApiResponse({ status: 200, description: '보완 요청됨 / Asked for', type: ApplicationDetailResponse })
  @ChangeErrors()
  async requestChanges(
    @Param('applicationId') applicationId: string,
    @Body() { reason, fields }: RequestChangesRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<ApplicationDetailResponse> {
    const seen = await this.read.inScope(principal, applicationId);
    await this.deciding.run(principal, seen, { to: 'CHANGES_REQUESTED', reason, fields });
    return this.detail(principal, applicationId);
  }

  @Post(':applicationId/approve')
  @HttpCode(200)
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiParam(APPLICATION_ID)
  @ApiBody({ type: ApproveApplicationRequest, required: false })
  @ApiOperation({
    summary: '서비스 신청 승인 / Approve an application',
    description:
      '가맹점, 첫 비밀 키, 첫 암호화 키, 계약, 수수료, 정산 계좌를 한 번에 만듭니다. 여러 번 불러도 한 번만 만들며 같은 답을 줍니다. 키는 신청인만 받습니다.\n\nMakes the merchant, its first secret key, its first encryption key, contracts, fees and settlement account together; once, however often it is called, with the same answer. The keys are the applicant’s to fetch.',
  })
  @ApiResponse({ status: 200, description: '승인됨 / Approved', type: ApplicationDetailResponse })
  @ApiErrors(SERVICE_APPLICATION_ERRORS, 'APPLICANT_HAS_MERCHANT')
  @ApiErrors(MERCHANTS_ERRORS, 'MID_TAKEN', 'CONTRACT_EXISTS')
  @ChangeErrors()
  async approve(
    @Param('applicationId') applicationId: string,
    @Body() { mid, contracts = [] }: ApproveApplicationRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<ApplicationDetailResponse> {
    const seen = await this.read.inScope(principal, applicationId);
    await this.approving.run(principal, seen, { mid, contracts: contracts.map(wantedContract) });
    return this.detail(principal, applicationId);
  }

  @Post(':applicationId/reject')
  @HttpCode(200)
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiParam(APPLICATION_ID)
  @ApiOperation({
    summary: '서비스 신청 반려 / Reject an application',
    description: '사유를 신청인이 봅니다. / The applicant sees why.',
  })
  @ApiResponse({ status: 200, description: '반려됨 / Rejected', type: ApplicationDetailResponse })
  @ChangeErrors()
  async reject(
    @Param('applicationId') applicationId: string,
    @Body() { reason }: RejectApplicationRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<ApplicationDetailResponse> {
    const seen = await this.read.inScope(principal, applicationId);
    await this.deciding.run(principal, seen, { to: 'REJECTED', reason });
    return this.detail(principal, applicationId);
  }

  private async detail(principal: Principal, applicationId: string): Promise<ApplicationDetailResponse> {
    return ApplicationDetailResponse.detail(await this.read.detail(principal, applicationId));
  }
}
