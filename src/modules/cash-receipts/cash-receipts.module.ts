import { Module } from '@nestjs/common';
import { MerchantsModule } from '../merchants/merchants.module';
import { PaymentsModule } from '../payments/payments.module';
import { RoutingModule } from '../routing/routing.module';
import { ReceiptMetrics } from './receipt.metrics';
import { CashReceiptsController } from './cash-receipts.controller';
import { CashReceiptsFacade } from './cash-receipts.facade';
import { CashReceiptsRepository } from './cash-receipts.repository';
import { ReceiptCancelJournal } from './journal/receipt-cancel-journal';
import { ReceiptCancelTurns } from './journal/receipt-cancel-turns';
import { ReceiptJournal } from './journal/receipt-journal';
import { ReceiptProviders } from './receipt-providers';
import { ReceiptTimes } from './receipt-times';
import { ReceiptSearches } from './receipt-searches.repository';
import { ResolveReceiptsJob } from './resolve-receipts.job';
import { AutomaticReceipts } from './use-cases/automatic-receipts';
import { CancelReceipt } from './use-cases/cancel-receipt';
import { IssueReceipt } from './use-cases/issue-receipt';
import { ReadReceipts } from './use-cases/read-receipts';
import { ReceiptCancelSettler } from './use-cases/receipt-cancel-settler';
import { ReceiptSettler } from './use-cases/receipt-settler';

@Module({
  imports: [MerchantsModule, RoutingModule, PaymentsModule],
  controllers: [CashReceiptsController],
  providers: [
    ReceiptMetrics,
    AutomaticReceipts,
    CancelReceipt,
    CashReceiptsFacade,
    CashReceiptsRepository,
    IssueReceipt,
    ReadReceipts,
    ReceiptCancelJournal,
    ReceiptCancelSettler,
    ReceiptCancelTurns,
    ReceiptJournal,
    ReceiptProviders,
    ReceiptSearches,
    ReceiptSettler,
    ReceiptTimes,
    ResolveReceiptsJob,
  ],
  exports: [CashReceiptsFacade],
})
export class CashReceiptsModule {}
