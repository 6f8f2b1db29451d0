import { Inject, Injectable } from '@nestjs/common';
import { RECEIPT_PROVIDERS, type ReceiptProviderRegistry } from '../../../acquirers/port/acquirer.port';
import { type AppError, fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { MerchantsFacade } from '../../merchants/merchants.facade';
import type { PaymentMethod } from '../../merchants/merchants.types';

/** Cash receipts are of cash (소득세법 제162조의3): who pays by card or by a wallet has that one's slip. */
const CASH_LIKE: readonly PaymentMethod[] = ['BANK_TRANSFER', 'VIRTUAL_ACCOUNT'];

/** Refuses a wish for a cash receipt that could never come true, before an order is made with it. */
@Injectable()
export class ReceiptWishCheck {
  constructor(
    @Inject(RECEIPT_PROVIDERS) private readonly providers: ReceiptProviderRegistry,
    private readonly merchants: MerchantsFacade,
  ) {}

  /** `methods`: what the order may be paid by. Throws VALIDATION_FAILED, naming the field `cashReceipt`. */
  async run(mid: string, methods: readonly PaymentMethod[]): Promise<void> {
    if (!methods.some((method) => CASH_LIKE.includes(method))) throw refused(NOT_OF_CASH);
    const contracts = await this.merchants.listContracts(mid);
    const isIssued = contracts.some(({ enabled, acquirer }) => enabled && this.providers.has(acquirer));
    if (!isIssued) throw refused(NOBODY_ISSUES);
  }
}

const NOT_OF_CASH = {
  ko: '현금영수증은 계좌이체와 가상계좌 결제에만 발급됩니다.',
  en: 'Cash receipts are issued for bank transfers and virtual accounts only.',
};
const NOBODY_ISSUES = {
  ko: '현금영수증을 발급할 계약이 없습니다.',
  en: 'No contract of yours issues cash receipts.',
};

function refused(message: { readonly ko: string; readonly en: string }): AppError {
  const errors = [{ field: 'cashReceipt', code: 'NOT_ALLOWED', message }];
  return fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors });
}
