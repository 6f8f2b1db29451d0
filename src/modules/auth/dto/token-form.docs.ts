import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiResponse } from '@nestjs/swagger';
import type { OAuthErrorCode } from '../oauth-fault';
import { OAuthErrorResponse } from './oauth.response';

const FORM = 'application/x-www-form-urlencoded';

/** No token, key or list of scopes is longer; what is, is refused as one that is not known. */
const VALUE_LENGTH_MAX = 8_192;

interface Parameter {
  readonly description: string;
  readonly example: string;
  readonly enum?: string[];
}

const CLIENT = {
  client_id: { description: 'mid. Basic 인증이면 생략 / The mid; left out with Basic', example: 'M0000001' },
  client_secret: {
    description: '비밀 키. Basic 인증이면 생략 / The secret key; left out with Basic',
    example: 'sk_test_M0000001',
  },
} satisfies Record<string, Parameter>;

const TOKEN_FORM = {
  grant_type: {
    description: '승인 방식 / Grant',
    example: 'client_credentials',
    enum: ['client_credentials', 'refresh_token'],
  },
  scope: {
    description: '공백으로 나눈 스코프. 생략하면 모두 / Scopes separated by spaces; all when left out',
    example: 'payments:read payments:write',
  },
  refresh_token: {
    description:
      '회원의 갱신 토큰. refresh_token에서 필수 / A member’s refresh token; required with refresh_token',
    example: 'rt_Yc0mS7h1Qv3nKpX2bJdLr8ZtWfAe6GuVoN5iB4kHsME',
  },
  ...CLIENT,
} satisfies Record<string, Parameter>;

const ONE_TOKEN_FORM = {
  token: {
    description: '대상 토큰 / The token',
    example: 'eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9.eyJzdWIiOiLigKYifQ.c2ln',
  },
  token_type_hint: {
    description: '종류 힌트. 없어도 됨 / A hint; may be left out',
    example: 'access_token',
    enum: ['access_token', 'refresh_token'],
  },
  ...CLIENT,
} satisfies Record<string, Parameter>;

export const ApiTokenForm = () => form(TOKEN_FORM, 'grant_type');
export const ApiOneTokenForm = () => form(ONE_TOKEN_FORM, 'token');

function form(parameters: Readonly<Record<string, Parameter>>, required: string): MethodDecorator {
  const properties = Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [
      name,
      {
        type: 'string',
        ...(parameter.enum === undefined ? { maxLength: VALUE_LENGTH_MAX } : {}),
        ...parameter,
      },
    ]),
  );
  return applyDecorators(
    ApiConsumes(FORM),
    ApiBody({ schema: { type: 'object', required: [required], properties } }),
  );
}

const UNREADABLE =
  '읽을 수 없거나 너무 큰 본문도 `invalid_request`입니다 / a body that cannot be read or is too large is `invalid_request` as well';

/** Documents answers in RFC 6749's error form: `[status, codes]`, one example a code. */
export function ApiOAuthErrors(
  ...answers: [number, Partial<Record<OAuthErrorCode, string>>][]
): MethodDecorator {
  return applyDecorators(
    ...answers.map(([status, codes]) =>
      ApiResponse({
        status,
        type: OAuthErrorResponse,
        description: [
          ...Object.keys(codes).map((code) => `\`${code}\``),
          ...(status === 400 ? [UNREADABLE] : []),
        ].join(', '),
        examples: Object.fromEntries(
          Object.entries(codes).map(([error, description]) => [
            error,
            { summary: error, value: { error, error_description: description } },
          ]),
        ),
      }),
    ),
  );
}
