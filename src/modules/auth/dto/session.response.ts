import { ApiProperty } from '@nestjs/swagger';
import { MemberResponse } from '../../members/member-response.types';
import type { LoggedIn, SessionTokens } from '../auth.types';

export class SessionTokensResponse {
  @ApiProperty({
    description:
      '액세스 토큰(JWT). `Authorization: Bearer`로 보냄 / Access token (JWT), sent as `Authorization: Bearer`',
    example: 'eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9.eyJzdWIiOiLigKYifQ.c2ln',
  })
  accessToken: string;

  @ApiProperty({
    description: '갱신 토큰. 한 번만 쓸 수 있음 / Refresh token; works once',
    example: 'rt_Yc0mS7h1Qv3nKpX2bJdLr8ZtWfAe6GuVoN5iB4kHsME',
  })
  refreshToken: string;

  @ApiProperty({
    description: '액세스 토큰의 유효 시간(초) / Lifetime of the access token in seconds',
    example: 600,
  })
  expiresIn: number;

  static of({ accessToken, refreshToken, expiresIn }: SessionTokens): SessionTokensResponse {
    return { accessToken, refreshToken, expiresIn };
  }
}

export class LoginResponse extends SessionTokensResponse {
  @ApiProperty({ type: MemberResponse, description: '로그인한 회원 / The member' })
  member: MemberResponse;

  static loggedIn(session: LoggedIn): LoginResponse {
    return { ...SessionTokensResponse.of(session), member: MemberResponse.of(session.member) };
  }
}
