import { Body, Controller, Get, Headers, Param, Put, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { CurrentPrincipal, MemberRoles } from '../../common/http/decorators';
import { actorOf, type Principal } from '../../common/http/principal';
import { ApiErrors } from '../../common/openapi/api-errors';
import { ContractsService } from './contracts.service';
import { wantedContract } from './contract-request.types';
import { ReplaceContractsRequest } from './dto/contract.request';
import { MerchantContractsResponse } from './dto/contract.response';
import { MERCHANTS_ERRORS } from './merchants.errors';

const ETAG = /^(?:W\/)?"(\d{1,9})"$/;

@ApiTags('Admin')
@ApiBearerAuth()
@MemberRoles('OPERATOR')
@Controller('v1/admin/merchants')
export class ContractsController {
  constructor(private readonly contracts: ContractsService) {}

  @Get(':mid/contracts')
  @ApiOperation({
    summary: '가맹점의 원천사 계약 / A merchant’s contracts with acquirers',
    description:
      '인증 정보는 보이지 않습니다. ETag는 version입니다. / Credentials are not shown. The ETag is the version.',
  })
  @ApiParam({ name: 'mid', description: '가맹점 ID / Merchant id', example: 'M0000005' })
  @ApiResponse({ status: 200, description: '계약 / The contracts', type: MerchantContractsResponse })
  @ApiErrors(COMMON_ERRORS, 'NOT_FOUND')
  async list(
    @Param('mid') mid: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MerchantContractsResponse> {
    return answered(MerchantContractsResponse.of(await this.contracts.read(mid)), reply);
  }

  @Put(':mid/contracts')
  @ApiOperation({
    summary: '가맹점의 원천사 계약 바꾸기 / Change a merchant’s contracts',
    description:
      '목록 전체를 바꿉니다. 계약은 acquirer와 acquirerMerchantId로 알아보며, 적지 않은 계약은 빠지되 지난 결제의 취소는 그대로 됩니다. 몇 초 안에 모든 서버에 적용됩니다.\n\nReplaces the whole list. A contract is known by acquirer and acquirerMerchantId; one that is not named is removed, and payments made under it can still be cancelled. Every server follows within seconds.',
  })
  @ApiParam({ name: 'mid', description: '가맹점 ID / Merchant id', example: 'M0000005' })
  @ApiHeader({
    name: 'If-Match',
    required: false,
    description:
      '조회 때의 ETag, 본문의 version 대신 / The ETag that was read, instead of version in the body',
    schema: { type: 'string', example: '"3"' },
  })
  @ApiResponse({ status: 200, description: '바뀐 계약 / The contracts now', type: MerchantContractsResponse })
  @ApiErrors(COMMON_ERRORS, 'NOT_FOUND')
  @ApiErrors(MERCHANTS_ERRORS, 'CONTRACTS_CHANGED')
  async replace(
    @Param('mid') mid: string,
    @Body() body: ReplaceContractsRequest,
    @Headers('if-match') ifMatch: string | undefined,
    @CurrentPrincipal() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MerchantContractsResponse> {
    const { strategy, reason } = body;
    const contracts = body.contracts.map(wantedContract);
    const fromVersion = versionOf(ifMatch, body.version);
    const change = { mid, strategy, fromVersion, contracts, reason };
    const changed = await this.contracts.replace(change, actorOf(principal));
    return answered(MerchantContractsResponse.of(changed), reply);
  }
}

function answered(response: MerchantContractsResponse, reply: FastifyReply): MerchantContractsResponse {
  void reply.header('etag', `"${response.version}"`);
  return response;
}

function versionOf(ifMatch: string | undefined, version: number | undefined): number {
  if (ifMatch !== undefined) {
    const tag = ETAG.exec(ifMatch);
    if (tag !== null) return Number(tag[1]);
    throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors: [{ field: 'If-Match', code: 'BAD_FORMAT' }] });
  }
  if (version !== undefined) return version;
  throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors: [{ field: 'version', code: 'REQUIRED' }] });
}
