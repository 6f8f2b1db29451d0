import { Secret } from '../../common/masking/secret';
import { koreanTime } from '../../common/time/korean-time';
import type { RefundAccount, VirtualAccountOrder, VirtualAccountOutcome } from '../port/ability.types';
import type { CancelOrder, CancelOutcome, ContractAccess, Exchange } from '../port/acquirer.types';
import { notAsAsked } from '../shared/answers';
import { TOSS_ACCOUNT_REFUSALS } from './toss.codes';
import { cancelRefusal, cancelRequest, ORDER_NAME_MAX, type TossAnswer } from './toss.mapper';
import type { TossCancelRequest, TossPayment, TossVirtualAccountRequest } from './toss.wire';

const LOCAL_TIME_LENGTH = 'yyyy-MM-ddTHH:mm:ss'.length;
export const CLOSE_REASON = '입금 전 가상계좌 닫기';

/** `bank`: TossPayments' own code. */
export function accountRequest(order: VirtualAccountOrder, bank: string): TossVirtualAccountRequest {
  return {
    amount: order.amount,
    orderId: order.acquirerOrderNo,
    orderName: order.goodsName.slice(0, ORDER_NAME_MAX),
    customerName: order.customerName,
    bank,
    dueDate: koreanTime(order.dueAt).slice(0, LOCAL_TIME_LENGTH),
    taxFreeAmount: order.taxFreeAmount,
  };
}

/** What of the request may be kept: nothing of the payer. */
export function maskedAccount(request: TossVirtualAccountRequest): Record<string, unknown> {
  const { orderId, amount, taxFreeAmount, bank, dueDate } = request;
  return { orderId, amount, taxFreeAmount, bank, dueDate };
}

export function accountOutcome(
  access: ContractAccess,
  asked: { readonly order: VirtualAccountOrder; readonly bank: string },
  answer: TossAnswer,
  exchange: Exchange,
): VirtualAccountOutcome {
  switch (answer.kind) {
    case 'NOT_SENT':
      return { kind: 'NOT_SENT', exchange };
    case 'UNREADABLE':
      return { kind: 'UNKNOWN', exchange };
    case 'ERROR':
      return TOSS_ACCOUNT_REFUSALS.has(answer.error.code)
        ? { kind: 'REFUSED', exchange }
        : { kind: 'UNKNOWN', exchange };
    case 'PAYMENT': {
      const { payment } = answer;
      const { virtualAccount: account } = payment;
      const dueAt = new Date(account?.dueDate ?? '');
      const { order, bank } = asked;
      const fits = isWaiting(payment, access, order) && account?.bankCode === bank && !Number.isNaN(+dueAt);
      if (!fits || typeof payment.secret !== 'string') {
        return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
      }
      return {
        kind: 'ISSUED',
        acquirerTransactionId: payment.paymentKey,
        accountNumber: account.accountNumber,
        bankCode: order.bankCode,
        dueAt,
        depositSecret: new Secret(payment.secret),
        exchange,
      };
    }
  }
}

/** A repeat under the key of the first call is answered with what the account was then. */
function isWaiting(payment: TossPayment, access: ContractAccess, order: VirtualAccountOrder): boolean {
  return (
    payment.status === 'WAITING_FOR_DEPOSIT' &&
    payment.orderId === order.acquirerOrderNo &&
    payment.totalAmount === order.amount &&
    payment.currency === 'KRW' &&
    payment.mId === access.acquirerMerchantId
  );
}

/** An account is closed only where nobody has paid into it: TossPayments gives no deposit back without an account. */
export function closeOutcome(paymentKey: string, answer: TossAnswer, exchange: Exchange): CancelOutcome {
  if (answer.kind === 'NOT_SENT') return { kind: 'NOT_SENT', exchange };
  if (answer.kind === 'ERROR') return cancelRefusal(answer.error.code, exchange);
  if (answer.kind === 'UNREADABLE') return { kind: 'UNKNOWN', exchange };
  const { payment } = answer;
  const last = payment.cancels?.at(-1);
  const at = new Date(last?.canceledAt ?? '');
  const isClosed =
    payment.paymentKey === paymentKey &&
    payment.status === 'CANCELED' &&
    payment.approvedAt === null &&
    !Number.isNaN(+at);
  if (last === undefined || !isClosed) return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
  return { kind: 'CANCELLED', acquirerCancelId: last.transactionKey, cancelledAt: at, exchange };
}

export function refundRequest(order: CancelOrder, to: RefundAccount, bank: string): TossCancelRequest {
  const { holderName } = to;
  const accountNumber = to.accountNumber.expose();
  return { ...cancelRequest(order), refundReceiveAccount: { bank, accountNumber, holderName } };
}
