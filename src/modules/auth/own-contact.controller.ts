import { Body, Controller, HttpCode, Ip, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { CurrentPrincipal, MemberRoles, OwnAccount } from '../../common/http/decorators';
import type { MemberPrincipal } from '../../common/http/principal';
import { IDEMPOTENCY_HEADER } from '../../common/idempotency/idempotency-header';
import { Idempotent } from '../../common/idempotency/idempotent.decorator';
import { Secret } from '../../common/masking/secret';
import { ApiErrors } from '../../common/openapi/api-errors';
import { contactOf, SentCodeResponse } from '../members/contact-request.types';
import { MEMBERS_ERRORS } from '../members/members.errors';
import { AUTH_ERRORS } from './auth.errors';
import { AuthService } from './auth.service';
import { NewContactRequest } from './dto/new-contact.request';

const { VALIDATION_FAILED, UNAUTHENTICATED, FORBIDDEN, RATE_LIMITED, SERVICE_UNAVAILABLE } = COMMON_ERRORS;
const { CURRENT_PASSWORD_WRONG, LOGIN_LOCKED } = AUTH_ERRORS;
const { EMAIL_TAKEN, MEMBER_CODE_TOO_OFTEN } = MEMBERS_ERRORS;

/** Stands here and not in `members`, since the password that it asks for counts like a login. */
@ApiTags('Members')
@ApiBearerAuth()
@MemberRoles('OPERATOR', 'AGENCY', 'MERCHANT', 'BRANCH')
@OwnAccount()
@Controller('v1/members/me/contacts')
export class OwnContactController {
  constructor(private readonly auth: AuthService) {}

  @Post()
  @HttpCode(202)
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '새 연락처로 인증번호 받기 / Ask for a code to a new contact',
    description:
      '현재 비밀번호를 확인하고 새 휴대폰이나 이메일로 인증번호를 보냅니다. 앞서 보낸 인증번호는 쓸 수 없게 됩니다. 비밀번호가 틀리면 로그인 실패로 셉니다.\n\nSends a code to a new phone or e-mail address, proven by the present password. The code before is void. A wrong password counts as a failed login.',
  })
  @ApiResponse({ status: 202, description: '보냄 / Sent', type: SentCodeResponse })
  @ApiErrors({
    ...{ VALIDATION_FAILED, UNAUTHENTICATED, FORBIDDEN, RATE_LIMITED, SERVICE_UNAVAILABLE },
    ...{ CURRENT_PASSWORD_WRONG, LOGIN_LOCKED, EMAIL_TAKEN, MEMBER_CODE_TOO_OFTEN },
  })
  async ask(
    @CurrentPrincipal() principal: MemberPrincipal,
    @Body() body: NewContactRequest,
    @Ip() address: string,
  ): Promise<SentCodeResponse> {
    const wish = { currentPassword: new Secret(body.currentPassword), contact: contactOf(body) };
    return SentCodeResponse.of(await this.auth.askContact(principal, wish, address));
  }
}
