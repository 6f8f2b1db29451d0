import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Req } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import { fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { CurrentPrincipal, MemberRoles, OwnersOnly } from '../../common/http/decorators';
import type { Principal } from '../../common/http/principal';
import { IDEMPOTENCY_HEADER } from '../../common/idempotency/idempotency-header';
import { Idempotent, type IdempotentRequest } from '../../common/idempotency/idempotent.decorator';
import { ApiErrors } from '../../common/openapi/api-errors';
import { ApplicationRequest, contentOf, NewApplicationRequest } from './dto/application.request';
import {
  ApplicationDetailResponse,
  ApplicationListResponse,
  ApplicationResponse,
  FirstKeysResponse,
} from './dto/application.response';
import { ListApplicationsQuery } from './dto/decision.request';
import { APPLICATION_ID, ChangeErrors } from './dto/change.documentation';
import { SERVICE_APPLICATION_ERRORS } from './service-applications.errors';
import { DecideApplication } from './use-cases/decide-application';
import { EditApplication } from './use-cases/edit-application';
import { memberOf, ReadApplications } from './use-cases/read-applications';
import { SubmitApplication } from './use-cases/submit-application';
import { TakeKeys } from './use-cases/take-keys';

const LIST_DEFAULT = 50;

/** What applicants do; the operator's decisions are in a controller of their own. */
@ApiTags('Service applications')
@ApiBearerAuth()
@Controller('v1/service-applications')
export class ServiceApplicationsController {
  constructor(
    private readonly read: ReadApplications,
    private readonly editing: EditApplication,
    private readonly submitting: SubmitApplication,
    private readonly deciding: DecideApplication,
    private readonly keys: TakeKeys,
  ) {}

  @Post()
  @MemberRoles('MERCHANT')
  @OwnersOnly()
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '서비스 신청서 만들기 / Make an application',
    description:
      '가맹점이 없는 회원은 새 가맹점을, 가맹점의 OWNER는 서비스 추가(services, documents만)를 신청합니다. 바로 제출되므로 모자란 항목이 있으면 400이 모두 알려 주고 아무것도 만들지 않습니다. draft를 true로 보내면 DRAFT로 두고 나중에 제출합니다.\n\nA member without a merchant applies for a new one; an owner of a merchant for more services (services and documents only). It is submitted at once: 400 names everything that is wanting, and nothing is made. With draft true it stays a DRAFT, to be submitted later.',
  })
  @ApiResponse({ status: 201, description: '만든 신청 / The application', type: ApplicationDetailResponse })
  @ApiErrors(
    SERVICE_APPLICATION_ERRORS,
    'APPLICATION_LIMIT',
    'APPLICATION_DUPLICATE',
    'SERVICE_ALREADY_APPROVED',
  )
  async create(
    @Body() { draft = false, ...said }: NewApplicationRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<ApplicationDetailResponse> {
    const maker = draft ? this.editing : this.submitting;
    const applicationId = await maker.create(memberOf(principal), contentOf(said));
    return this.detail(principal, applicationId);
  }

  @Get()
  @MemberRoles('MERCHANT', 'OPERATOR')
  @ApiOperation({
    summary: '서비스 신청 목록 / List applications',
    description:
      '회원은 자기 신청, 운영자는 모두를 최근 것부터 봅니다.\n\nA member’s own, or all for an operator, newest first.',
  })
  @ApiResponse({ status: 200, description: '신청 목록 / The applications', type: ApplicationListResponse })
  async list(
    @Query() { limit = LIST_DEFAULT, cursor, status, agencyCode, query }: ListApplicationsQuery,
    @CurrentPrincipal() principal: Principal,
  ): Promise<ApplicationListResponse> {
    const page = await this.read.page(principal, { limit, cursor, status, agencyCode, query });
    return { data: page.data.map((each) => ApplicationResponse.of(each)), nextCursor: page.nextCursor };
  }

  @Get(':applicationId')
  @MemberRoles('MERCHANT', 'OPERATOR')
  @ApiParam(APPLICATION_ID)
  @ApiOperation({
    summary: '서비스 신청 조회 / Read an application',
    description:
      '서류와 이력, 승인 뒤 모자란 것을 함께 봅니다. / With its papers, its history and what is wanting.',
  })
  @ApiResponse({ status: 200, description: '신청 / The application', type: ApplicationDetailResponse })
  @ApiErrors(SERVICE_APPLICATION_ERRORS, 'APPLICATION_NOT_FOUND')
  async one(
    @Param('applicationId') applicationId: string,
    @CurrentPrincipal() principal: Principal,
  ): Promise<ApplicationDetailResponse> {
    return this.detail(principal, applicationId);
  }

  @Patch(':applicationId')
  @MemberRoles('MERCHANT')
  @OwnersOnly()
  @ApiParam(APPLICATION_ID)
  @ApiBody({ type: ApplicationRequest })
  @ApiOperation({
    summary: '서비스 신청 고치기 / Edit an application',
    description:
      'DRAFT와 CHANGES_REQUESTED에서 보낸 항목만 바꿉니다. / Changes the fields that are sent, in DRAFT and CHANGES_REQUESTED.',
  })
  @ApiResponse({
    status: 200,
    description: '고친 신청 / The application now',
    type: ApplicationDetailResponse,
  })
  @ChangeErrors()
  async edit(
    @Param('applicationId') applicationId: string,
    @Body() body: ApplicationRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<ApplicationDetailResponse> {
    const seen = await this.read.inScope(principal, applicationId);
    await this.editing.edit(memberOf(principal), seen, contentOf(body));
    return this.detail(principal, applicationId);
  }

  @Post(':applicationId/submit')
  @HttpCode(200)
  @MemberRoles('MERCHANT')
  @OwnersOnly()
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiParam(APPLICATION_ID)
  @ApiOperation({
    summary: '서비스 신청 제출 / Submit an application',
    description:
      '모자란 항목을 모두 알려 주거나 심사에 넘깁니다. 예금주를 조회하고 수수료 등급을 정합니다.\n\nNames everything that is wanting, or hands it in. The account’s holder is asked for and the fee tier settled.',
  })
  @ApiResponse({ status: 200, description: '제출됨 / Submitted', type: ApplicationDetailResponse })
  @ApiErrors(SERVICE_APPLICATION_ERRORS, 'APPLICATION_DUPLICATE', 'SERVICE_ALREADY_APPROVED')
  @ApiErrors(COMMON_ERRORS, 'VALIDATION_FAILED')
  @ChangeErrors()
  async submit(
    @Param('applicationId') applicationId: string,
    @CurrentPrincipal() principal: Principal,
  ): Promise<ApplicationDetailResponse> {
    await this.submitting.run(principal, await this.read.inScope(principal, applicationId));
    return this.detail(principal, applicationId);
  }

  @Post(':applicationId/withdraw')
  @HttpCode(200)
  @MemberRoles('MERCHANT')
  @OwnersOnly()
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiParam(APPLICATION_ID)
  @ApiOperation({
    summary: '서비스 신청 철회 / Withdraw an application',
    description: '결정되기 전까지 거둡니다. / Takes it back, until it is decided.',
  })
  @ApiResponse({ status: 200, description: '철회됨 / Withdrawn', type: ApplicationDetailResponse })
  @ChangeErrors()
  async withdraw(
    @Param('applicationId') applicationId: string,
    @CurrentPrincipal() principal: Principal,
  ): Promise<ApplicationDetailResponse> {
    const seen = await this.read.inScope(principal, applicationId);
    await this.deciding.run(principal, seen, { to: 'WITHDRAWN' });
    return this.detail(principal, applicationId);
  }

  @Post(':applicationId/keys')
  @HttpCode(200)
  @MemberRoles('MERCHANT')
  @OwnersOnly()
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiParam(APPLICATION_ID)
  @ApiOperation({
    summary: '첫 키 받기 / Fetch the first keys',
    description:
      '승인된 새 가맹점의 첫 비밀 키와 암호화 키를 신청인에게 한 번만 보입니다. Idempotency-Key를 보내면 답을 잃어도 같은 키로 다시 받습니다.\n\nShows a new merchant’s first secret key and encryption key to its applicant, once. With an Idempotency-Key a lost answer can be had again under the same key.',
  })
  @ApiResponse({ status: 200, description: '첫 키 / The first keys', type: FirstKeysResponse })
  @ApiErrors(SERVICE_APPLICATION_ERRORS, 'APPLICATION_NOT_FOUND', 'APPLICATION_STATE_CONFLICT', 'KEYS_TAKEN')
  async takeKeys(
    @Param('applicationId') applicationId: string,
    @Req() request: IdempotentRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<FirstKeysResponse> {
    const seen = await this.read.inScope(principal, applicationId);
    const keys = await this.keys.run(principal, seen, request.idempotencyKeyHash ?? null);
    const { secretKey, encryptionKey } = keys.expose();
    if (seen.mid === null) throw fault(SERVICE_APPLICATION_ERRORS, 'APPLICATION_STATE_CONFLICT');
    return { mid: seen.mid, secretKey, encryptionKey };
  }

  private async detail(principal: Principal, applicationId: string): Promise<ApplicationDetailResponse> {
    return ApplicationDetailResponse.detail(await this.read.detail(principal, applicationId));
  }
}
