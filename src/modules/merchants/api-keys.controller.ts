import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { CurrentPrincipal, MemberRoles, OwnersOnly } from '../../common/http/decorators';
import { actorOf, type Principal } from '../../common/http/principal';
import { IDEMPOTENCY_HEADER } from '../../common/idempotency/idempotency-header';
import { Idempotent } from '../../common/idempotency/idempotent.decorator';
import { ApiKeysService } from './api-keys.service';
import { ApiKeyListResponse, ApiKeyResponse, IssuedApiKeyResponse } from './dto/api-key.response';
import { KeyScopeRequest, ListKeysRequest } from './dto/key-scope.request';
import { keyOwner } from './key-owner';
import { ApiErrors } from '../../common/openapi/api-errors';
import { MERCHANTS_ERRORS } from './merchants.errors';

const { VALIDATION_FAILED, UNAUTHENTICATED, FORBIDDEN, NOT_FOUND } = COMMON_ERRORS;
const { API_KEY_LIMIT, KEY_NOT_FOUND } = MERCHANTS_ERRORS;
const LIST_DEFAULT = 50;

@ApiTags('API keys')
@ApiBearerAuth()
@MemberRoles('MERCHANT', 'OPERATOR')
@Controller('v1/api-keys')
export class ApiKeysController {
  constructor(private readonly apiKeys: ApiKeysService) {}

  @Get()
  @ApiOperation({
    summary: '비밀 키 목록 / List secret keys',
    description:
      '가맹점의 비밀 키를 최근 것부터 보여 줍니다. 비밀 값은 다시 보이지 않습니다.\n\nLists the merchant’s secret keys, newest first. The secrets are not shown again.',
  })
  @ApiResponse({ status: 200, description: '비밀 키 목록 / The secret keys', type: ApiKeyListResponse })
  @ApiErrors({ VALIDATION_FAILED, UNAUTHENTICATED, FORBIDDEN, NOT_FOUND })
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: ListKeysRequest,
  ): Promise<ApiKeyListResponse> {
    const mid = keyOwner(principal, query.mid);
    const page = await this.apiKeys.list(mid, { limit: query.limit ?? LIST_DEFAULT, cursor: query.cursor });
    return { data: page.data.map((key) => ApiKeyResponse.of(key)), nextCursor: page.nextCursor };
  }

  @Post()
  @OwnersOnly()
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '비밀 키 만들기 / Make a secret key',
    description:
      '비밀 키를 만들어 이 응답에서 한 번만 보여 줍니다. 교체를 위해 동시에 두 개까지 쓸 수 있습니다.\n\nMakes a secret key and shows it in this answer only. Two may be live at once, for changing over.',
  })
  @ApiBody({ type: KeyScopeRequest, required: false })
  @ApiResponse({ status: 201, description: '만든 비밀 키 / The new secret key', type: IssuedApiKeyResponse })
  @ApiErrors({ VALIDATION_FAILED, UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, API_KEY_LIMIT })
  async create(
    @CurrentPrincipal() principal: Principal,
    @Body() body: KeyScopeRequest,
  ): Promise<IssuedApiKeyResponse> {
    const key = await this.apiKeys.create(keyOwner(principal, body.mid), actorOf(principal));
    return IssuedApiKeyResponse.issued(key);
  }

  @Delete(':id')
  @OwnersOnly()
  @HttpCode(204)
  @ApiOperation({
    summary: '비밀 키 폐기 / Revoke a secret key',
    description:
      '비밀 키를 폐기합니다. 몇 초 안에 모든 서버가 그 키를 거절합니다. 이미 폐기한 키에는 아무 일도 하지 않습니다.\n\nRevokes a secret key. Every server refuses it within seconds. Revoking it again does nothing.',
  })
  @ApiParam({ name: 'id', description: '키 ID / Key id', example: 'key_01KAJR38VNR81X7S9FZBZ4D62E' })
  @ApiResponse({ status: 204, description: '폐기됨 / Revoked' })
  @ApiErrors({ VALIDATION_FAILED, UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, KEY_NOT_FOUND })
  async revoke(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() query: KeyScopeRequest,
  ): Promise<void> {
    await this.apiKeys.revoke(keyOwner(principal, query.mid), id, actorOf(principal));
  }
}
