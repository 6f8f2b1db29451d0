import { koreanTime } from '../../common/time/korean-time';
import type { RefundAccount, VirtualAccountOrder, VirtualAccountOutcome } from '../port/ability.types';
import type { CancelOutcome, Exchange } from '../port/acquirer.types';
import { notAsAsked } from '../shared/answers';
import { type InicisAnswer, timeOf, wonOf } from './inicis.answers';
import { clearingBank, inicisBank } from './inicis.banks';
import { inicisRefusal, isAccountRefused } from './inicis.codes';
import { sealField } from './inicis.crypto';
import { tidOf } from './inicis.mapper';
import { buyerName, type Caller, type Form, orderFields, type RefundTo, signedForm } from './inicis.requests';
import type { InicisAccount, InicisRefund } from './inicis.wire';

/** `POST /api/v1/formpay`, Pay by Vacct. Due to the minute, in Korea. `bank`: KG Inicis' two digits. */
export function accountForm(
  caller: Caller,
  order: VirtualAccountOrder,
  { bank, url }: { bank: string; url: string },
): Form {
  const due = koreanTime(order.dueAt).replace(/\D/g, '');
  const fields = orderFields({ ...order, buyerName: order.customerName });
  const hashed = [fields.moid, fields.price];
  return signedForm(
    caller,
    { type: 'Pay', paymethod: 'Vacct', hashed },
    {
      url,
      ...fields,
      bankCode: bank,
      dtInput: due.slice(0, 8),
      tmInput: due.slice(8, 12),
      nmInput: buyerName(order.customerName),
      // Cash receipts are asked for by themselves.
      flgCash: '0',
    },
  );
}

export function maskedAccount(order: VirtualAccountOrder): Record<string, unknown> {
  const { acquirerOrderNo: moid, amount: price, taxFreeAmount: taxFree, bankCode, dueAt } = order;
  return { moid, price, taxFree, bankCode, dueAt: koreanTime(dueAt) };
}

export function accountOutcome(
  asked: { readonly mid: string; readonly order: VirtualAccountOrder },
  answer: InicisAnswer<InicisAccount>,
  exchange: Exchange,
): VirtualAccountOutcome {
  switch (answer.kind) {
    case 'NOT_SENT':
      return { kind: 'NOT_SENT', exchange };
    case 'UNREADABLE':
      return { kind: 'UNKNOWN', exchange };
    case 'FAILURE':
      return { kind: isAccountRefused(answer.code) ? 'REFUSED' : 'UNKNOWN', exchange };
    case 'SUCCESS':
      return issued(asked, answer.body, exchange);
  }
}

function issued(
  { mid, order }: { readonly mid: string; readonly order: VirtualAccountOrder },
  body: InicisAccount,
  exchange: Exchange,
): VirtualAccountOutcome {
  const acquirerTransactionId = tidOf(body.tid);
  const { vacct: accountNumber } = body;
  const bankCode = clearingBank(body.vacctBankCode);
  // Told to the minute or to the second: both are seen.
  const dueAt = timeOf(body.validDate, body.validTime.padEnd(6, '0'));
  const isAsAsked =
    body.tid.includes(mid) &&
    wonOf(body.price) === order.amount &&
    bankCode === order.bankCode &&
    /^\d{6,20}$/.test(accountNumber);
  if (acquirerTransactionId === null || bankCode === null || dueAt === null || !isAsAsked)
    return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
  const depositSecret = null;
  return { kind: 'ISSUED', acquirerTransactionId, accountNumber, bankCode, dueAt, depositSecret, exchange };
}

/** Refund by GVacct: releases an account that nobody has paid into. */
export function releaseForm(caller: Caller, tid: string): Form {
  return signedForm(
    caller,
    { type: 'Refund', paymethod: 'GVacct', hashed: [tid] },
    { tid, msg: '가상계좌 해지' },
  );
}

/** Where a deposit goes back to, sealed; null for a bank that KG Inicis does not name. */
export function refundTo(caller: Caller, to: RefundAccount): RefundTo | null {
  const refundBankCode = inicisBank(to.bankCode);
  if (refundBankCode === null) return null;
  const refundAcctNum = sealField(caller, to.accountNumber.expose());
  return { refundAcctNum, refundBankCode, refundAcctName: buyerName(to.holderName) };
}

/** How releasing an account ended: no money moved. */
export function releaseOutcome(answer: InicisAnswer<InicisRefund>, exchange: Exchange): CancelOutcome {
  switch (answer.kind) {
    case 'NOT_SENT':
      return { kind: 'NOT_SENT', exchange };
    case 'UNREADABLE':
      return { kind: 'UNKNOWN', exchange };
    case 'FAILURE': {
      const refusal = inicisRefusal(answer.code);
      return refusal === undefined
        ? { kind: 'UNKNOWN', exchange }
        : { kind: 'REFUSED', ...refusal, exchange };
    }
    case 'SUCCESS': {
      const cancelledAt = timeOf(answer.body.cancelDate, answer.body.cancelTime);
      if (cancelledAt === null) return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
      return { kind: 'CANCELLED', acquirerCancelId: null, cancelledAt, exchange };
    }
  }
}
