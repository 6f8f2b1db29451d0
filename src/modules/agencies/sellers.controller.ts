import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, MemberRoles } from '../../common/http/decorators';
import { actorOf, type Principal } from '../../common/http/principal';
import { IDEMPOTENCY_HEADER } from '../../common/idempotency/idempotency-header';
import { Idempotent } from '../../common/idempotency/idempotent.decorator';
import { ApiErrors } from '../../common/openapi/api-errors';
import { AGENCIES_ERRORS } from './agencies.errors';
import { NewSellerRequest, SearchQuery, SellerChangeRequest, SellerPath } from './dto/agency.request';
import { SellerResponse, SellersResponse } from './dto/agency.response';
import { SellersService } from './sellers.service';

const LIST_DEFAULT = 50;

@ApiTags('Agencies')
@ApiBearerAuth()
@Controller('v1')
export class SellersController {
  constructor(private readonly sellers: SellersService) {}

  @Get('sellers')
  @MemberRoles('OPERATOR', 'AGENCY', 'MERCHANT', 'BRANCH')
  @ApiOperation({
    summary: '판매자 찾기 / Find sellers',
    description:
      '코드나 이름의 앞부분으로 찾습니다. 전화는 가려서 보여 줍니다.\n\nFinds them by the beginning of their code or name. The telephone is masked.',
  })
  @ApiResponse({ status: 200, description: '판매자 / The sellers', type: SellersResponse })
  async search(@Query() { query, limit = LIST_DEFAULT, cursor }: SearchQuery): Promise<SellersResponse> {
    const page = await this.sellers.search({ query, limit, cursor });
    return { data: page.data.map((seller) => SellerResponse.of(seller)), nextCursor: page.nextCursor };
  }

  @Post('admin/sellers')
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @MemberRoles('OPERATOR')
  @ApiOperation({
    summary: '판매자 등록 / Register a seller',
    description: '코드를 매깁니다. / Gives the seller a code.',
  })
  @ApiResponse({ status: 201, description: '등록됨 / Registered', type: SellerResponse })
  async add(
    @Body() { name, businessNumber, phone }: NewSellerRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SellerResponse> {
    return SellerResponse.of(
      await this.sellers.add({ name, businessNumber: businessNumber ?? null, phone }, actorOf(principal)),
    );
  }

  @Patch('admin/sellers/:sellerCode')
  @MemberRoles('OPERATOR')
  @ApiOperation({
    summary: '판매자 바꾸기 / Change a seller',
    description: '전화나 상태를 바꿉니다. / Changes telephone or status.',
  })
  @ApiResponse({ status: 200, description: '바뀐 판매자 / The seller now', type: SellerResponse })
  @ApiErrors(AGENCIES_ERRORS, 'SELLER_NOT_FOUND', 'SELLER_CHANGED', 'SELLER_STATUS_CONFLICT')
  async change(
    @Param() { sellerCode }: SellerPath,
    @Body() { version, phone, status, reason }: SellerChangeRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SellerResponse> {
    const change = { version, phone, status, reason };
    return SellerResponse.of(await this.sellers.change(sellerCode, change, actorOf(principal)));
  }
}
