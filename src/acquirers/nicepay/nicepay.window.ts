import type { ContractAccess } from '../port/acquirer.types';
import type { WindowOrder, WindowOutcome } from '../port/window.types';
import { clientKeyOf } from './nicepay.config';
import { fitBytes } from './nicepay.text';

const GOODS_NAME_BYTES = 40;
const BUYER_NAME_BYTES = 30;

/**
 * What the shop's page hands to `AUTHNICE.requestPay` of NICEPAY's script (manual, "결제창 Server 승인 모델"). Nothing is
 * asked of NICEPAY before the payer comes. The manual replaces `"` and `|` in a goods name by `-`.
 */
export function windowParams(access: ContractAccess, order: WindowOrder): WindowOutcome {
  const goodsName = fitBytes(order.goodsName.replace(/["|]/g, '-'), GOODS_NAME_BYTES, 'utf-8');
  const clientParams = {
    clientId: clientKeyOf(access),
    method: order.method === 'BANK_TRANSFER' ? 'bank' : 'card',
    orderId: order.acquirerOrderNo,
    amount: order.amount,
    goodsName,
    returnUrl: order.returnUrl,
    currency: 'KRW',
    returnCharSet: 'utf-8',
    ...(order.taxFreeAmount === 0 ? {} : { taxFreeAmt: order.taxFreeAmount }),
    ...(order.buyerName === undefined
      ? {}
      : { buyerName: fitBytes(order.buyerName, BUYER_NAME_BYTES, 'utf-8') }),
    ...(order.buyerEmail === undefined ? {} : { buyerEmail: order.buyerEmail }),
    ...(order.buyerPhone === undefined ? {} : { buyerTel: order.buyerPhone.replace(/\D/g, '') }),
  };
  return { kind: 'OPENED', acquirerTransactionId: null, clientParams, exchange: null };
}
