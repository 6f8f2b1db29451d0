import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { Public } from '../../common/http/decorators';
import { RateLimit } from '../../common/http/rate-limit';
import { IDEMPOTENCY_HEADER } from '../../common/idempotency/idempotency-header';
import { Idempotent } from '../../common/idempotency/idempotent.decorator';
import { canonicalPhone } from '../../common/numbers/phone';
import { ApiErrors } from '../../common/openapi/api-errors';
import { BRANCHES_ERRORS } from '../branches/branches.errors';
import { MEMBERS_ERRORS } from '../members/members.errors';
import { BRANCH_INVITATION_ERRORS } from './branch-invitations.errors';
import { type BranchConsentsRequest, SignUpBranchRequest } from './dto/branch-invitation.request';
import { OpenInvitationResponse, SignedUpBranchResponse } from './dto/branch-invitation.response';
import { ManageInvitations } from './use-cases/manage-invitations';
import { SignUpBranch } from './use-cases/sign-up-branch';

const { VALIDATION_FAILED, RATE_LIMITED, SERVICE_UNAVAILABLE } = COMMON_ERRORS;
const { INVITATION_NOT_FOUND } = BRANCH_INVITATION_ERRORS;
const { LOGIN_ID_TAKEN } = MEMBERS_ERRORS;
const { BRANCH_CODE_TAKEN } = BRANCHES_ERRORS;

const CONSENTS = [
  ['TERMS', 'terms'],
  ['PRIVACY', 'privacy'],
  ['MARKETING', 'marketing'],
] as const;

/** The side of who was invited: whoever has the link. */
@ApiTags('Branch invitations')
@Controller('v1')
export class BranchSignUpController {
  constructor(
    private readonly manage: ManageInvitations,
    private readonly signingUp: SignUpBranch,
  ) {}

  @Get('branch-invitations/:token')
  @Public()
  @ApiOperation({
    summary: '초대 보기 / What an invitation says',
    description:
      '등록 화면에 보일 내용입니다. 없거나, 지났거나, 쓰였거나, 철회한 초대는 모두 똑같이 404입니다.\n\nWhat the sign-up page shows. Unknown, expired, used and taken back are answered alike, with 404.',
  })
  @ApiParam({
    name: 'token',
    description: '링크의 토큰 / The token of the link',
    example: 'k3XdRq0vYt5mQ2nB7cJ1hLw8sZp4aF6gUeT9iOyVxKM',
  })
  @ApiResponse({ status: 200, description: '초대 / The invitation', type: OpenInvitationResponse })
  @ApiErrors({ INVITATION_NOT_FOUND, RATE_LIMITED })
  async show(@Param('token') token: string): Promise<OpenInvitationResponse> {
    return OpenInvitationResponse.of(await this.manage.open(token));
  }

  @Post('branches/sign-up')
  @Public()
  @RateLimit('login')
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '영업점 등록 / Sign a branch up',
    description:
      '초대로 영업점과 그 대표자 회원을 만듭니다. 초대는 한 번만 쓸 수 있습니다. 거절되면 초대는 그대로 남습니다.\n\nMakes the branch and its owner. An invitation works once; when something is refused it stays good.',
  })
  @ApiResponse({ status: 201, description: '등록됨 / Signed up', type: SignedUpBranchResponse })
  @ApiErrors({
    ...{ VALIDATION_FAILED, INVITATION_NOT_FOUND, LOGIN_ID_TAKEN, BRANCH_CODE_TAKEN },
    ...{ RATE_LIMITED, SERVICE_UNAVAILABLE },
  })
  async signUp(@Body() body: SignUpBranchRequest): Promise<SignedUpBranchResponse> {
    const { branchCode = null, phone, ...wanted } = body;
    const consents: Partial<BranchConsentsRequest> = body.consents ?? {};
    const agreed = CONSENTS.flatMap(([consent, field]) =>
      consents[field] === undefined ? [] : [{ consent, agreed: consents[field] }],
    );
    const command = { ...wanted, branchCode, phone: canonicalPhone(phone), consents: agreed };
    const signedUp = await this.signingUp.run(command);
    return SignedUpBranchResponse.of(signedUp);
  }
}
