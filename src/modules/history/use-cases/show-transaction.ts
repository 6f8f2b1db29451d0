import { Injectable } from '@nestjs/common';
import { fault } from '../../../common/errors/app-error';
import { type DataScope, dataScope } from '../../../common/http/data-scope';
import type { Principal } from '../../../common/http/principal';
import { isId } from '../../../common/ids/id';
import { CashReceiptsFacade } from '../../cash-receipts/cash-receipts.facade';
import { PaymentsFacade } from '../../payments/payments.facade';
import type { TransactionDetailResponse } from '../dto/transaction.response';
import { toMovement } from '../dto/transaction.views';
import { HISTORY_ERRORS } from '../history.errors';
import { HistoryRepository } from '../history.repository';

/** One payment with all that happened to it, by its own id or that of a cancel. */
@Injectable()
export class ShowTransaction {
  constructor(
    private readonly history: HistoryRepository,
    private readonly payments: PaymentsFacade,
    private readonly receipts: CashReceiptsFacade,
  ) {}

  /** Throws TRANSACTION_NOT_FOUND, for what is another's too. */
  async run(principal: Principal, transactionId: string): Promise<TransactionDetailResponse> {
    const scope = dataScope(principal);
    const paymentId = await this.paymentIdOf(scope, transactionId);
    const payment = paymentId === null ? null : await this.payments.detail(scope, paymentId);
    if (payment === null) throw fault(HISTORY_ERRORS, 'TRANSACTION_NOT_FOUND');
    const [movements, cashReceipts] = await Promise.all([
      this.history.movementsOf(payment.paymentId),
      this.receipts.ofPayment(payment.paymentId),
    ]);
    return { ...payment, movements: movements.map(toMovement), cashReceipts };
  }

  private async paymentIdOf(scope: DataScope, transactionId: string): Promise<string | null> {
    if (isId('pay', transactionId)) return transactionId;
    return isId('pcn', transactionId) ? this.history.paymentOfCancel(scope, transactionId) : null;
  }
}
