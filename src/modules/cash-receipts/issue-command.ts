import { readReceiptIdentifier } from '../../common/cash-receipts/receipt-identifier';
import { Secret } from '../../common/masking/secret';
import { splitReceipt } from './amounts.calc';
import type { IssueCashReceiptRequest } from './dto/cash-receipt.request';
import type { IssueCommand } from './use-cases/issue-receipt';

const GOODS_NAME = '현금 결제';

/** A checked request as the use case takes it: the customer's number read, the amount split. */
export function issueCommand(mid: string, actor: string, body: IssueCashReceiptRequest): IssueCommand {
  const { orderNo, amount, taxFreeAmount = 0, serviceCharge = 0, purpose } = body;
  const identifier = readReceiptIdentifier(purpose, body.identifier);
  if (identifier === null) throw new Error('the request was not checked');
  return {
    mid,
    actor,
    orderNo,
    origin: null,
    purpose,
    identifier: new Secret(identifier),
    amounts: splitReceipt(amount, taxFreeAmount, serviceCharge),
    goodsName: body.goodsName ?? GOODS_NAME,
  };
}
