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
import { EncryptionKeysService } from './encryption-keys.service';
import {
  EncryptionKeyListResponse,
  EncryptionKeyResponse,
  IssuedEncryptionKeyResponse,
} from './dto/encryption-key.response';
import { KeyScopeRequest, ListKeysRequest } from './dto/key-scope.request';
import { keyOwner } from './key-owner';
import { ApiErrors } from '../../common/openapi/api-errors';
import { MERCHANTS_ERRORS } from './merchants.errors';

const { VALIDATION_FAILED, UNAUTHENTICATED, FORBIDDEN, NOT_FOUND } = COMMON_ERRORS;
const { ENCRYPTION_KEY_LIMIT, KEY_NOT_FOUND } = MERCHANTS_ERRORS;
const LIST_DEFAULT = 50;

@ApiTags('Encryption keys')
@ApiBearerAuth()
@MemberRoles('MERCHANT', 'OPERATOR')
@Controller('v1/encryption-keys')
export class EncryptionKeysController {
  constructor(private readonly encryptionKeys: EncryptionKeysService) {}

  @Get()
  @ApiOperation({
    summary: '암호화 키 목록 / List encryption keys',
    description:
      '가맹점의 암호화 키를 최근 것부터 보여 줍니다. 키 값은 다시 보이지 않습니다.\n\nLists the merchant’s encryption keys, newest first. The keys themselves are not shown again.',
  })
  @ApiResponse({
    status: 200,
    description: '암호화 키 목록 / The encryption keys',
    type: EncryptionKeyListResponse,
  })
  @ApiErrors({ VALIDATION_FAILED, UNAUTHENTICATED, FORBIDDEN, NOT_FOUND })
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: ListKeysRequest,
  ): Promise<EncryptionKeyListResponse> {
    const mid = keyOwner(principal, query.mid);
    const page = await this.encryptionKeys.list(mid, {
      limit: query.limit ?? LIST_DEFAULT,
      cursor: query.cursor,
    });
    return { data: page.data.map((key) => EncryptionKeyResponse.of(key)), nextCursor: page.nextCursor };
  }

  @Post()
  @OwnersOnly()
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '암호화 키 만들기 / Make an encryption key',
    description:
      '요청을 암호화할 AES-256 키를 만들어 이 응답에서 한 번만 보여 줍니다. 교체를 위해 동시에 두 개까지 쓸 수 있습니다.\n\nMakes an AES-256 key for encrypting requests and shows it in this answer only. Two may be live at once, for changing over.',
  })
  @ApiBody({ type: KeyScopeRequest, required: false })
  @ApiResponse({
    status: 201,
    description: '만든 암호화 키 / The new encryption key',
    type: IssuedEncryptionKeyResponse,
  })
  @ApiErrors({ VALIDATION_FAILED, UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, ENCRYPTION_KEY_LIMIT })
  async create(
    @CurrentPrincipal() principal: Principal,
    @Body() body: KeyScopeRequest,
  ): Promise<IssuedEncryptionKeyResponse> {
    const key = await this.encryptionKeys.create(keyOwner(principal, body.mid), actorOf(principal));
    return IssuedEncryptionKeyResponse.issued(key);
  }

  @Delete(':kid')
  @OwnersOnly()
  @HttpCode(204)
  @ApiOperation({
    summary: '암호화 키 폐기 / Revoke an encryption key',
    description:
      '암호화 키를 폐기합니다. 몇 초 안에 모든 서버가 그 키로 만든 요청을 거절합니다. 이미 폐기한 키에는 아무 일도 하지 않습니다.\n\nRevokes an encryption key. Every server refuses requests made with it within seconds. Revoking it again does nothing.',
  })
  @ApiParam({ name: 'kid', description: '키 ID / Key id', example: 'ek_01KAJR38VNR81X7S9FZBZ4D62E' })
  @ApiResponse({ status: 204, description: '폐기됨 / Revoked' })
  @ApiErrors({ VALIDATION_FAILED, UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, KEY_NOT_FOUND })
  async revoke(
    @CurrentPrincipal() principal: Principal,
    @Param('kid') kid: string,
    @Query() query: KeyScopeRequest,
  ): Promise<void> {
    await this.encryptionKeys.revoke(keyOwner(principal, query.mid), kid, actorOf(principal));
  }
}
