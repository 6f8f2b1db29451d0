import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentPrincipal, MemberRoles, MerchantScope } from '../../common/http/decorators';
import { Revalidated } from '../../common/http/entity-tag.interceptor';
import type { Principal } from '../../common/http/principal';
import { ApiErrors } from '../../common/openapi/api-errors';
import { ApiExport } from '../../common/openapi/api-export';
import {
  ExportTransactionsQuery,
  ListBankTransactionsQuery,
  ListCashReceiptsQuery,
  ListTransactionsQuery,
} from './dto/transaction.query';
import {
  BankTransactionListResponse,
  CashReceiptListResponse,
  TransactionDetailResponse,
  TransactionListResponse,
} from './dto/transaction.response';
import { HISTORY_ERRORS } from './history.errors';
import { ExportTransactions } from './use-cases/export-transactions';
import { SearchTransactions } from './use-cases/search-transactions';
import { ShowTransaction } from './use-cases/show-transaction';

@ApiTags('History')
@MerchantScope('payments:read')
@MemberRoles('OPERATOR', 'AGENCY', 'MERCHANT', 'BRANCH')
@Controller('v1/transactions')
export class TransactionsController {
  constructor(
    private readonly search: SearchTransactions,
    private readonly show: ShowTransaction,
    private readonly exports: ExportTransactions,
  ) {}

  @Get()
  @Revalidated()
  @ApiOperation({
    summary: '거래내역 / Transactions',
    description:
      '최근 것부터. 조건은 함께 쓸 수 있습니다. 볼 수 있는 범위 밖의 가맹점이나 영업점을 조건으로 주면 아무것도 없습니다. / Newest first; filters combine. Nothing matches a merchant or branch outside what the caller may see.',
  })
  @ApiOkResponse({ type: TransactionListResponse, description: '거래 / The transactions' })
  @ApiErrors(HISTORY_ERRORS, 'SEARCH_TOO_BROAD')
  list(
    @Query() query: ListTransactionsQuery,
    @CurrentPrincipal() principal: Principal,
  ): Promise<TransactionListResponse> {
    return this.search.list(principal, query);
  }

  @Get('bank')
  @Revalidated()
  @ApiOperation({
    summary: '계좌이체·가상계좌 내역 / Bank transfers and virtual accounts',
    description:
      '입금(승인)일로, 입금되지 않은 것은 요청일로. / By when they were paid, else by their creation.',
  })
  @ApiOkResponse({ type: BankTransactionListResponse, description: '거래 / The transactions' })
  @ApiErrors(HISTORY_ERRORS, 'SEARCH_TOO_BROAD')
  bank(
    @Query() query: ListBankTransactionsQuery,
    @CurrentPrincipal() principal: Principal,
  ): Promise<BankTransactionListResponse> {
    return this.search.bank(principal, query);
  }

  @Get('cash-receipts')
  @Revalidated()
  @ApiOperation({
    summary: '현금영수증 내역 / Cash receipts',
    description:
      '요청일로. 현금영수증은 가맹점의 것이어서 영업점에는 없습니다. / By when they were asked for. They are their merchant’s: a branch has none.',
  })
  @ApiOkResponse({ type: CashReceiptListResponse, description: '현금영수증 / The receipts' })
  @ApiErrors(HISTORY_ERRORS, 'SEARCH_TOO_BROAD')
  cashReceipts(
    @Query() query: ListCashReceiptsQuery,
    @CurrentPrincipal() principal: Principal,
  ): Promise<CashReceiptListResponse> {
    return this.search.cashReceipts(principal, query);
  }

  @Get('export')
  @ApiOperation({
    summary: '거래내역 내려받기 / Export of transactions',
    description:
      '목록과 같은 조건을 파일로 흘려 보냅니다. 도중에 끊기면 파일이 다 오지 않은 것이니 다시 받아 주세요. 수식으로 실행될 글자 앞에는 작은따옴표가 붙습니다. / What the list holds, streamed as a file. A connection that breaks off means that the file is not whole. Text that would run as a formula gets an apostrophe.',
  })
  @ApiExport('"거래일시","구분","상태"\r\n2026-01-02 03:04:05,"결제","승인"\r\n')
  @ApiErrors(HISTORY_ERRORS, 'SEARCH_TOO_BROAD', 'EXPORTS_BUSY')
  async export(
    @Query() query: ExportTransactionsQuery,
    @Res() reply: FastifyReply,
    @CurrentPrincipal() principal: Principal,
  ): Promise<void> {
    const { headers, stream } = await this.exports.run(principal, query);
    void reply.headers(headers).send(stream);
  }

  @Get(':transactionId')
  @Revalidated()
  @ApiOperation({
    summary: '거래 상세 / One transaction',
    description:
      '결제 번호나 취소 번호로 결제 전체를 돌려줍니다: 취소, 이벤트, 시도, 돈의 움직임, 현금영수증. / The whole payment by its id or a cancel’s: cancels, events, attempts, movements of money, cash receipts.',
  })
  @ApiOkResponse({ type: TransactionDetailResponse, description: '거래 / The transaction' })
  @ApiErrors(HISTORY_ERRORS, 'TRANSACTION_NOT_FOUND')
  byId(
    @Param('transactionId') transactionId: string,
    @CurrentPrincipal() principal: Principal,
  ): Promise<TransactionDetailResponse> {
    return this.show.run(principal, transactionId);
  }
}
