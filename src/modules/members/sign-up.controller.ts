import { Body, Controller, Get, Header, HttpCode, Ip, Param, Post } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { Public } from '../../common/http/decorators';
import { RateLimit } from '../../common/http/rate-limit';
import { IDEMPOTENCY_HEADER } from '../../common/idempotency/idempotency-header';
import { Idempotent } from '../../common/idempotency/idempotent.decorator';
import { Secret } from '../../common/masking/secret';
import { ApiErrors } from '../../common/openapi/api-errors';
import { contactOf } from './contact-request.types';
import { FindLoginIdRequest, FindPasswordRequest, ResetPasswordRequest } from './dto/recovery.request';
import { AcceptedResponse, AvailabilityResponse } from './dto/recovery.response';
import { EmailPath, LoginIdPath, SignUpRequest } from './dto/sign-up.request';
import { MemberResponse } from './member-response.types';
import { MEMBERS_ERRORS } from './members.errors';
import { Recover } from './use-cases/recover';
import { SignUp } from './use-cases/sign-up';

const { VALIDATION_FAILED, RATE_LIMITED, SERVICE_UNAVAILABLE } = COMMON_ERRORS;
const { LOGIN_ID_TAKEN, EMAIL_TAKEN, MEMBER_CODE_INVALID, MEMBER_CODE_TOO_OFTEN } = MEMBERS_ERRORS;
const ACCEPTED: AcceptedResponse = { outcome: 'SENT_IF_REGISTERED' };

/** What people do who are not logged in. Limited by address like logins: each of these could be used to find members. */
@ApiTags('Members')
@Public()
@RateLimit('login')
@Controller('v1/members')
export class SignUpController {
  constructor(
    private readonly signUps: SignUp,
    private readonly recovery: Recover,
  ) {}

  @Post()
  @Header('cache-control', 'no-store')
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '간편 회원 가입 / Sign up',
    description:
      '가맹점이 될 회원을 만듭니다. 가맹점은 서비스 신청이 승인되면 정해집니다. 로그인 ID와 이메일은 하나뿐이므로 다시 보내도 회원이 둘 생기지 않습니다.\n\nMakes the member who is to own a merchant; which one is settled when a service application is approved. Login id and e-mail are unique, so sending it again makes no second member.',
  })
  @ApiResponse({ status: 201, description: '가입됨 / Signed up', type: MemberResponse })
  @ApiErrors({ VALIDATION_FAILED, LOGIN_ID_TAKEN, EMAIL_TAKEN, RATE_LIMITED, SERVICE_UNAVAILABLE })
  async signUp(@Body() body: SignUpRequest): Promise<MemberResponse> {
    const { loginId, name, email, consents } = body;
    const password = new Secret(body.password);
    const phone = new Secret(body.phone);
    const marketing = consents.marketing ?? false;
    return MemberResponse.of(await this.signUps.run({ loginId, password, name, email, phone, marketing }));
  }

  @Get('login-ids/:loginId/availability')
  @ApiOperation({
    summary: '로그인 ID 중복 확인 / Whether a login id is free',
    description:
      '가입에 쓸 수 있는 로그인 ID인지 알려 줍니다.\n\nTells whether a login id can be signed up with.',
  })
  @ApiResponse({ status: 200, description: '결과 / The answer', type: AvailabilityResponse })
  @ApiErrors({ VALIDATION_FAILED, RATE_LIMITED })
  async loginIdAvailability(@Param() { loginId }: LoginIdPath): Promise<AvailabilityResponse> {
    return { available: await this.signUps.isLoginIdFree(loginId) };
  }

  @Get('emails/:email/availability')
  @ApiOperation({
    summary: '이메일 중복 확인 / Whether an e-mail address is free',
    description:
      '가입에 쓸 수 있는 이메일인지 알려 줍니다.\n\nTells whether an e-mail address can be signed up with.',
  })
  @ApiResponse({ status: 200, description: '결과 / The answer', type: AvailabilityResponse })
  @ApiErrors({ VALIDATION_FAILED, RATE_LIMITED })
  async emailAvailability(@Param() { email }: EmailPath): Promise<AvailabilityResponse> {
    return { available: await this.signUps.isEmailFree(email) };
  }

  @Post('find-login-id')
  @HttpCode(202)
  @ApiOperation({
    summary: '로그인 ID 찾기 / Find a login id',
    description:
      '이름과 연락처가 맞는 회원이 있으면 그 연락처로 로그인 ID를 보냅니다. 답은 언제나 같습니다.\n\nSends the login id to the contact if a member has this name and contact. The answer is always the same.',
  })
  @ApiResponse({ status: 202, description: '받음 / Accepted', type: AcceptedResponse })
  @ApiErrors({ VALIDATION_FAILED, MEMBER_CODE_TOO_OFTEN, RATE_LIMITED })
  async findLoginId(@Body() body: FindLoginIdRequest, @Ip() address: string): Promise<AcceptedResponse> {
    await this.recovery.findLoginId(body.name, contactOf(body), address);
    return ACCEPTED;
  }

  @Post('find-password')
  @HttpCode(202)
  @ApiOperation({
    summary: '비밀번호 찾기 / Forgotten password',
    description:
      '로그인 ID와 연락처가 맞는 회원이 있으면 그 연락처로 인증번호를 보냅니다. 답은 언제나 같습니다. 인증번호는 10분 동안 한 곳에서 다섯 번까지 시도할 수 있습니다.\n\nSends a one-time code to the contact if it is that of the member with this login id. The answer is always the same. A code is good for 10 minutes and five tries from one place.',
  })
  @ApiResponse({ status: 202, description: '받음 / Accepted', type: AcceptedResponse })
  @ApiErrors({ VALIDATION_FAILED, MEMBER_CODE_TOO_OFTEN, RATE_LIMITED })
  async findPassword(@Body() body: FindPasswordRequest, @Ip() address: string): Promise<AcceptedResponse> {
    await this.recovery.findPassword(body.loginId, contactOf(body), address);
    return ACCEPTED;
  }

  @Post('reset-password')
  @HttpCode(204)
  @ApiOperation({
    summary: '비밀번호 다시 정하기 / Set a new password by code',
    description:
      '받은 인증번호로 비밀번호를 다시 정합니다. 모든 세션이 끝나고, 로그인 실패로 생긴 잠금이 풀리고, 회원에게 알립니다. 초대받은 직원도 이것으로 처음 비밀번호를 정합니다.\n\nSets a new password by the code. All sessions end, a lock of failed logins is lifted, and the member is told. Invited staff sets its first password so too.',
  })
  @ApiResponse({ status: 204, description: '정해짐 / Set' })
  @ApiErrors({ VALIDATION_FAILED, MEMBER_CODE_INVALID, RATE_LIMITED, SERVICE_UNAVAILABLE })
  resetPassword(
    @Body() { loginId, code, newPassword }: ResetPasswordRequest,
    @Ip() address: string,
  ): Promise<void> {
    return this.recovery.resetPassword({ loginId, code, password: new Secret(newPassword) }, address);
  }
}
