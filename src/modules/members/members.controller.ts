import { Body, Controller, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { CurrentPrincipal, MemberRoles, OwnAccount } from '../../common/http/decorators';
import type { Principal } from '../../common/http/principal';
import { ApiErrors } from '../../common/openapi/api-errors';
import { NotificationSettingsResponse, ProfileResponse } from './dto/member.response';
import { ChangeProfileRequest, NotificationsRequest } from './dto/profile.request';
import { CodeRequest } from './dto/recovery.request';
import { MEMBERS_ERRORS } from './members.errors';
import { ChangeContact } from './use-cases/change-contact';
import { OwnProfiles } from './use-cases/own-profile';

const { VALIDATION_FAILED, UNAUTHENTICATED, FORBIDDEN, RATE_LIMITED } = COMMON_ERRORS;
const { MEMBER_NOT_FOUND, EMAIL_TAKEN, MEMBER_CODE_INVALID, SECURITY_NOTICES_NEEDED } = MEMBERS_ERRORS;
const CALLER = { UNAUTHENTICATED, FORBIDDEN, MEMBER_NOT_FOUND, RATE_LIMITED };

/** The logged-in member's own. What needs its password, to change that or a contact, is asked of `auth`. */
@ApiTags('Members')
@ApiBearerAuth()
@MemberRoles('OPERATOR', 'AGENCY', 'MERCHANT', 'BRANCH')
@OwnAccount()
@Controller('v1/members/me')
export class MembersController {
  constructor(
    private readonly profiles: OwnProfiles,
    private readonly contacts: ChangeContact,
  ) {}

  @Get()
  @ApiOperation({
    summary: '내 정보 / The logged-in member',
    description:
      '로그인한 회원의 정보와 알림 설정, 동의를 보여 줍니다.\n\nShows the member whose access token it is, with its notification settings and consents.',
  })
  @ApiResponse({ status: 200, description: '로그인한 회원 / The logged-in member', type: ProfileResponse })
  @ApiErrors(CALLER)
  async me(@CurrentPrincipal() principal: Principal): Promise<ProfileResponse> {
    return ProfileResponse.profile(await this.profiles.show(principal));
  }

  @Patch()
  @ApiOperation({
    summary: '내 정보 바꾸기 / Change the logged-in member',
    description:
      '이름과 광고 수신 동의를 바꿉니다. 연락처는 새 연락처로 받은 인증번호로 바꿉니다.\n\nChanges the name and the consent to marketing. Contacts are changed by a code sent to the new one.',
  })
  @ApiResponse({ status: 200, description: '바뀐 정보 / As it is now', type: ProfileResponse })
  @ApiErrors({ VALIDATION_FAILED, ...CALLER })
  async change(
    @CurrentPrincipal() principal: Principal,
    @Body() { name, marketing }: ChangeProfileRequest,
  ): Promise<ProfileResponse> {
    const wish = {
      ...(name === undefined ? {} : { name }),
      ...(marketing === undefined ? {} : { marketing }),
    };
    return ProfileResponse.profile(
      Object.keys(wish).length === 0
        ? await this.profiles.show(principal)
        : await this.profiles.change(principal, wish),
    );
  }

  @Patch('notifications')
  @ApiOperation({
    summary: '알림 설정 / Notification settings',
    description:
      '종류와 방법마다 알림을 켜고 끕니다. 적지 않은 설정은 그대로입니다. SECURITY는 SMS와 EMAIL을 모두 끌 수 없습니다. PUSH는 설정만 보관합니다.\n\nTurns notices on and off by kind and channel; what is not named stays. SECURITY cannot be off by both SMS and EMAIL. PUSH is only kept.',
  })
  @ApiResponse({ status: 200, description: '모든 설정 / All settings', type: NotificationSettingsResponse })
  @ApiErrors({ VALIDATION_FAILED, SECURITY_NOTICES_NEEDED, ...CALLER })
  async notifications(
    @CurrentPrincipal() principal: Principal,
    @Body() { settings }: NotificationsRequest,
  ): Promise<NotificationSettingsResponse> {
    return NotificationSettingsResponse.of(await this.profiles.chooseNotifications(principal, settings));
  }

  @Post('contacts/confirm')
  @HttpCode(200)
  @ApiOperation({
    summary: '새 연락처 확인 / Confirm a new contact',
    description:
      '받은 인증번호로 연락처를 바꿉니다. 전의 연락처로 알립니다.\n\nChanges the contact by the code that was sent to it. The contacts before are told.',
  })
  @ApiResponse({ status: 200, description: '바뀐 정보 / As it is now', type: ProfileResponse })
  @ApiErrors({ VALIDATION_FAILED, MEMBER_CODE_INVALID, EMAIL_TAKEN, ...CALLER })
  async confirmContact(
    @CurrentPrincipal() principal: Principal,
    @Body() { code }: CodeRequest,
  ): Promise<ProfileResponse> {
    await this.contacts.confirm(principal, code);
    return ProfileResponse.profile(await this.profiles.show(principal));
  }
}
