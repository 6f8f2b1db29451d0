import { Injectable } from '@nestjs/common';
import { fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { type DataScope, dataScope } from '../../../common/http/data-scope';
import type { Principal } from '../../../common/http/principal';
import { cursorAfter, placeOf } from '../../../common/pagination/cursor';
import { Clock } from '../../../common/time/clock';
import { koreanDay } from '../../../common/time/korean-time';
import { AppConfig } from '../../../config/app-config';
import { CashReceiptsFacade } from '../../cash-receipts/cash-receipts.facade';
import type {
  ListBankTransactionsQuery,
  ListCashReceiptsQuery,
  ListTransactionsQuery,
  TransactionFilters,
} from '../dto/transaction.query';
import type {
  BankTransactionListResponse,
  CashReceiptListResponse,
  TransactionListResponse,
} from '../dto/transaction.response';
import { toBankTransaction, toSummary, toTransaction } from '../dto/transaction.views';
import { tooBroad } from '../history-faults';
import { HistoryRepository } from '../history.repository';
import type { HistoryPage, Position, SearchCriteria } from '../history.types';
import { periodOf } from '../search/criteria.policy';

const LIMIT_DEFAULT = 50;
const KEY = /^(\d{1,20}|pay_0|(pay|pcn)_[0-9A-Z]{26})$/;
const YEAR_MAX = 9_999;

/** Lists of history, within the caller's scope. */
@Injectable()
export class SearchTransactions {
  constructor(
    private readonly history: HistoryRepository,
    private readonly receipts: CashReceiptsFacade,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  async list(principal: Principal, query: ListTransactionsQuery): Promise<TransactionListResponse> {
    const criteria = this.criteriaOf(dataScope(principal), query);
    const { rows, next } = await this.page(criteria, query, false);
    const data = rows.map(toTransaction);
    const nextCursor = cursorOf(next);
    if (query.summary !== 'true') return { data, nextCursor };
    const summary = toSummary(await tooBroad(this.history.summary(criteria)));
    return { data, nextCursor, summary };
  }

  /** Bank transfers and virtual accounts, by when they were paid, and else by when they were asked for. */
  async bank(principal: Principal, query: ListBankTransactionsQuery): Promise<BankTransactionListResponse> {
    const { method, bank, minAmount, maxAmount, mid, branchId, status } = query;
    const criteria: SearchCriteria = {
      ...periodOf(query, this.today()),
      ...{ scope: dataScope(principal), dateBasis: 'approved', minAmount, maxAmount, mid, branchId, status },
      methods: method === undefined ? ['BANK_TRANSFER', 'VIRTUAL_ACCOUNT'] : [method],
      bankCode: bank,
    };
    const { rows, next } = await this.page(criteria, query, true);
    return { data: rows.map(toBankTransaction), nextCursor: cursorOf(next) };
  }

  /** Receipts by when they were asked for. They are their merchant's: a branch has none of its own. */
  async cashReceipts(principal: Principal, query: ListCashReceiptsQuery): Promise<CashReceiptListResponse> {
    const { limit = LIMIT_DEFAULT, cursor, mid, status, purpose, minAmount, maxAmount } = query;
    const scope = dataScope(principal);
    const period = periodOf(query, this.today());
    return tooBroad(
      this.receipts.search({
        ...period,
        ...{ scope, limit, cursor, mid, status, purpose, minAmount, maxAmount },
      }),
    );
  }

  /** Throws VALIDATION_FAILED for a period that is too long. */
  criteriaOf(scope: DataScope, filters: TransactionFilters): SearchCriteria {
    const { dateBasis = 'approved', method, mid, branchId, status, minAmount, maxAmount } = filters;
    const { orderNo, approvalNo, cardLast4, buyerName, acquirer, acquirerTransactionId } = filters;
    const isOfAnyTime = [orderNo, approvalNo, acquirerTransactionId].some((value) => value !== undefined);
    return {
      ...periodOf(filters, this.today(), isOfAnyTime),
      ...{ scope, dateBasis, mid, branchId, status, minAmount, maxAmount },
      ...{ orderNo, approvalNo, cardLast4, buyerName, acquirer, acquirerTransactionId },
      methods: method === undefined ? undefined : [method],
    };
  }

  today(): string {
    return koreanDay(this.clock.now());
  }

  private page(
    criteria: SearchCriteria,
    { limit = LIMIT_DEFAULT, cursor }: { readonly limit?: number; readonly cursor?: string },
    isBank: boolean,
  ): Promise<HistoryPage> {
    const { scanBudgetMs: budgetMs } = this.config.history;
    const after = cursor === undefined ? undefined : positionOf(cursor);
    return tooBroad(this.history.page(criteria, { limit, after, budgetMs, shape: { accounts: isBank } }));
  }
}

const cursorOf = (next: Position | null) =>
  next === null ? null : cursorAfter({ at: next.at, id: next.key });

/** Throws VALIDATION_FAILED for what is none of our cursors. */
function positionOf(cursor: string): Position {
  const { at, id } = placeOf(cursor);
  if (!KEY.test(id) || at.getUTCFullYear() > YEAR_MAX) {
    throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors: [{ field: 'cursor', code: 'BAD_FORMAT' }] });
  }
  return { at, key: id };
}
