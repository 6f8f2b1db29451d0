import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { ownMid } from '../../common/http/data-scope';
import { CurrentPrincipal, MemberRoles, OwnersOnly } from '../../common/http/decorators';
import { actorOf, type Principal } from '../../common/http/principal';
import { IDEMPOTENCY_HEADER } from '../../common/idempotency/idempotency-header';
import { Idempotent } from '../../common/idempotency/idempotent.decorator';
import { canonicalPhone } from '../../common/numbers/phone';
import { ApiErrors } from '../../common/openapi/api-errors';
import { BRANCH_INVITATION_ERRORS } from './branch-invitations.errors';
import {
  DeleteUnregisteredQuery,
  InviteBranchesRequest,
  ListInvitationsQuery,
} from './dto/branch-invitation.request';
import {
  BranchInvitationListResponse,
  BranchInvitationResponse,
  DeletedInvitationsResponse,
  InvitedListResponse,
  InvitedRowResponse,
} from './dto/branch-invitation.response';
import { InviteBranches } from './use-cases/invite-branches';
import { ManageInvitations } from './use-cases/manage-invitations';

const { VALIDATION_FAILED, UNAUTHENTICATED, FORBIDDEN } = COMMON_ERRORS;
const { INVITATION_NOT_FOUND, INVITATION_CLOSED, INVITATION_CHANGED, INVITATION_LIMIT_REACHED } =
  BRANCH_INVITATION_ERRORS;
const LIST_DEFAULT = 50;

/** The merchant's side. */
@ApiTags('Branch invitations')
@ApiBearerAuth()
@MemberRoles('MERCHANT')
@Controller('v1/branch-invitations')
export class BranchInvitationsController {
  constructor(
    private readonly inviting: InviteBranches,
    private readonly manage: ManageInvitations,
  ) {}

  @Post()
  @OwnersOnly()
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '영업점 초대 / Invite branches',
    description:
      '등록 링크를 문자로 보냅니다. 한 번에 500명까지, 링크는 7일 동안 유효합니다. 줄마다 결과를 알려 주고, 초대하지 못한 줄은 다른 줄에 영향을 주지 않습니다. 번호마다, 가맹점마다 하루 한도가 있습니다.\n\nSends a link to sign up by SMS, to 500 at once, good for 7 days. Tells the result of each; one that is not invited does not keep the others from it. There is a limit a day to a number and for a merchant.',
  })
  @ApiResponse({ status: 201, description: '결과 / The results', type: InvitedListResponse })
  @ApiErrors({ VALIDATION_FAILED, UNAUTHENTICATED, FORBIDDEN })
  async invite(
    @CurrentPrincipal() principal: Principal,
    @Body() { recipients }: InviteBranchesRequest,
  ): Promise<InvitedListResponse> {
    const wanted = recipients.map(({ name, phone }) => ({ name, phone: canonicalPhone(phone) }));
    const rows = await this.inviting.invite(ownMid(principal), wanted, actorOf(principal));
    const data = rows.map((row) => InvitedRowResponse.of(row));
    return { data, invitedCount: data.filter(({ result }) => result === 'INVITED').length };
  }

  @Get()
  @ApiOperation({
    summary: '영업점 초대 목록 / List invitations',
    description:
      '최근 것부터. SENT는 보내는 중, OPENED는 링크를 연 것입니다. / Newest first. SENT: on its way; OPENED: the link was opened.',
  })
  @ApiResponse({ status: 200, description: '초대 / The invitations', type: BranchInvitationListResponse })
  @ApiErrors({ VALIDATION_FAILED, UNAUTHENTICATED, FORBIDDEN })
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: ListInvitationsQuery,
  ): Promise<BranchInvitationListResponse> {
    const { limit = LIST_DEFAULT, cursor, status } = query;
    const phone = query.phone === undefined ? undefined : canonicalPhone(query.phone);
    const page = await this.manage.list({ mid: ownMid(principal), status, phone, limit, cursor });
    return {
      data: page.data.map((view) => BranchInvitationResponse.of(view)),
      nextCursor: page.nextCursor,
    };
  }

  @Post(':id/resend')
  @OwnersOnly()
  @HttpCode(200)
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '초대 다시 보내기 / Send an invitation again',
    description:
      '새 링크를 보냅니다. 먼저 보낸 링크는 못 쓰게 되고, 기한은 새로 7일입니다. / Sends a new link, good for another 7 days; the one before is void.',
  })
  @ApiParam({ name: 'id', description: '초대 ID / Invitation id', example: 'inv_01KAJR38VNR81X7S9FZBZ4D62E' })
  @ApiResponse({ status: 200, description: '보냄 / Sent', type: BranchInvitationResponse })
  @ApiErrors({
    ...{ UNAUTHENTICATED, FORBIDDEN, INVITATION_NOT_FOUND },
    ...{ INVITATION_CLOSED, INVITATION_CHANGED, INVITATION_LIMIT_REACHED },
  })
  async resend(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<BranchInvitationResponse> {
    const mid = ownMid(principal);
    const { invitationId } = await this.manage.one(mid, id);
    await this.inviting.resend(mid, invitationId, actorOf(principal));
    return BranchInvitationResponse.of(await this.manage.one(mid, invitationId));
  }

  @Delete('unregistered')
  @OwnersOnly()
  @HttpCode(200)
  @ApiOperation({
    summary: '등록하지 않은 초대 거두기 / Take back what was not used',
    description:
      '등록하지 않은 초대를 모두, 또는 ids에 적은 것만 거둡니다. 링크는 바로 못 쓰게 됩니다. / All that have not signed up, or those of ids. Their links are void at once.',
  })
  @ApiResponse({ status: 200, description: '철회한 수 / How many', type: DeletedInvitationsResponse })
  @ApiErrors({ VALIDATION_FAILED, UNAUTHENTICATED, FORBIDDEN })
  async deleteUnregistered(
    @CurrentPrincipal() principal: Principal,
    @Query() { ids }: DeleteUnregisteredQuery,
  ): Promise<DeletedInvitationsResponse> {
    const actor = actorOf(principal);
    return { deletedCount: await this.manage.deleteUnregistered(ownMid(principal), ids ?? null, actor) };
  }
}
