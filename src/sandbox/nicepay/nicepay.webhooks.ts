import type { Operation, WebhookOutlet } from '../core/acquirer';
import { bankName } from './nicepay.banks';
import type { NicepayBook, NicepayPayment } from './nicepay.book';
import type { NicepayContract } from './nicepay.credentials';
import { messageOf } from './nicepay.codes';
import { eucKrForm } from './nicepay.form';
import { paymentBody } from './nicepay.payment';
import { tidTime } from './nicepay.time';

/**
 * The new API documents no automatic repetition, only one by hand; the legacy admin lets a merchant choose pauses of 1
 * to 10 minutes, 1 to 10 times. Three times after a minute each here (unconfirmed).
 */
const RETRY_PAUSES_MS = [60_000, 60_000, 60_000];
/** U337 and U338: HTTP 200, and nothing but OK in the body. */
const isAccepted = (status: number, answer: string) => status === 200 && answer.trim() === 'OK';

/**
 * The new API's webhook: the payment object as JSON, on approval and on cancel (manual, "웹훅"). The webapi's notice: a
 * form, of what the merchant asked for; here of deposits, without which no account would ever be paid.
 */
export class NicepayWebhooks {
  constructor(
    private readonly book: NicepayBook,
    private readonly outlet: WebhookOutlet,
  ) {}

  /** Legacy key-in payments have none: the webapi notifies in a form of its own, where the merchant asked for it. */
  tell(
    operation: Extract<Operation, 'confirm' | 'cancel' | 'billing'>,
    payment: NicepayPayment,
    contract: NicepayContract,
  ): void {
    if (payment.order.extra.via !== 'WINDOW' && payment.order.extra.via !== 'BILLING') return;
    const { secretKey } = contract;
    const body = JSON.stringify(paymentBody(payment, { secretKey, atMs: this.book.nowMs() }));
    this.outlet.send({
      operation,
      body,
      contentType: 'application/json;charset=utf-8',
      accepted: isAccepted,
      retryPausesMs: RETRY_PAUSES_MS,
    });
  }

  /** The webapi's notice of a deposit. Its members are as public receivers read them; it is not signed. */
  tellDeposit(payment: NicepayPayment, contract: NicepayContract, depositor: string): void {
    const { order, approval } = payment;
    const { account, buyerName, goodsName, mallReserved } = order.extra;
    if (!account || !approval) return;
    const form = {
      PayMethod: 'VBANK',
      MID: contract.mid,
      MallUserID: '',
      Amt: String(order.amount),
      name: buyerName ?? '',
      GoodsName: goodsName,
      TID: order.transactionId,
      MOID: order.acquirerOrderNo,
      AuthDate: tidTime(approval.atMs),
      ResultCode: '4110',
      ResultMsg: messageOf('4110'),
      StateCd: '0',
      VbankNum: account.accountNumber,
      FnCd: account.bankCode,
      VbankName: bankName(account.bankCode),
      VbankInputName: depositor,
      CancelDate: '',
      RcptTID: '',
      RcptType: '0',
      RcptAuthCode: '',
      MallReserved: mallReserved ?? '',
    };
    this.outlet.send({
      operation: 'virtualAccount',
      body: eucKrForm(form),
      contentType: 'application/x-www-form-urlencoded;charset=euc-kr',
      accepted: isAccepted,
      retryPausesMs: RETRY_PAUSES_MS,
    });
  }
}
