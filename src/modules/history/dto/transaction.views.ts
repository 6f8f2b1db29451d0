import { koreanTime } from '../../../common/time/korean-time';
import type { HistoryAccount, HistoryRow, HistorySummary, Movement } from '../history.types';
import type {
  BankAccountResponse,
  BankTransactionResponse,
  MovementResponse,
  TransactionResponse,
  TransactionSummaryResponse,
} from './transaction.response';

/** Rows as answers, built field by field, so that a new column never leaks by itself. */

const timeOrNull = (at: Date | null) => (at === null ? null : koreanTime(at));

export function toTransaction(row: HistoryRow): TransactionResponse {
  const { cancel } = row;
  return {
    transactionId: cancel?.cancelId ?? row.paymentId,
    type: cancel === null ? 'PAYMENT' : 'CANCEL',
    occurredAt: koreanTime(row.place.at),
    paymentId: row.paymentId,
    mid: row.mid,
    branchId: row.branchId,
    orderNo: row.orderNo,
    status: row.status,
    method: row.method,
    amount: row.amount,
    pointAmount: row.pointAmount,
    balanceAmount: row.balanceAmount,
    cancelledAmount: row.cancelledAmount,
    goodsName: row.goodsName,
    buyerName: row.buyerName,
    card:
      row.cardNumber === null
        ? null
        : {
            number: row.cardNumber,
            issuer: row.cardIssuer,
            type: row.cardType,
            installmentMonths: row.installmentMonths,
          },
    acquirer: row.acquirer,
    acquirerTransactionId: row.acquirerTransactionId,
    approvalNo: row.approvalNo,
    failureCode: row.failureCode,
    approvedAt: timeOrNull(row.approvedAt),
    createdAt: koreanTime(row.createdAt),
    cancel:
      cancel === null
        ? null
        : {
            cancelId: cancel.cancelId,
            amount: cancel.amount,
            reason: cancel.reason,
            cancelledAt: koreanTime(cancel.cancelledAt),
          },
  };
}

export function toBankTransaction(row: HistoryRow): BankTransactionResponse {
  return { ...toTransaction(row), account: row.account === null ? null : toAccount(row.account) };
}

function toAccount(account: HistoryAccount): BankAccountResponse {
  return {
    virtualAccountId: account.virtualAccountId,
    bankCode: account.bankCode,
    accountNumber: account.accountMasked,
    holderName: account.holderName,
    depositor: account.depositor,
    dueAt: koreanTime(account.dueAt),
    depositedAt: timeOrNull(account.depositedAt),
  };
}

export function toSummary(summary: HistorySummary): TransactionSummaryResponse {
  const { count, approvedCount, approvedAmount, cancelledAmount } = summary;
  return {
    count,
    approvedCount,
    approvedAmount,
    cancelledAmount,
    netAmount: approvedAmount - cancelledAmount,
  };
}

export function toMovement(movement: Movement): MovementResponse {
  const { kind, sourceId, amount, settledAmount, capturedOn, occurredAt } = movement;
  return { kind, sourceId, amount, settledAmount, capturedOn, occurredAt: koreanTime(occurredAt) };
}
