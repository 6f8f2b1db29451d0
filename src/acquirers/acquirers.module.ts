import { Global, Module } from '@nestjs/common';
import {
  ACQUIRERS,
  type AcquirerPort,
  type AcquirerRegistry,
  issuesCashReceipts,
  RECEIPT_PROVIDERS,
  type ReceiptProvider,
  type ReceiptProviderRegistry,
} from './port/acquirer.port';
import { InicisAdapter } from './inicis/inicis.adapter';
import { KakaopayAdapter } from './kakaopay/kakaopay.adapter';
import { NaverpayAdapter } from './naverpay/naverpay.adapter';
import { NicepayAdapter } from './nicepay/nicepay.adapter';
import { PopbillAdapter } from './popbill/popbill.adapter';
import { PortoneAdapter } from './portone/portone.adapter';
import { TossAdapter } from './toss/toss.adapter';

/** The registry, and the only file that imports adapters: the next acquirer is one folder and one line here. */
const ADAPTERS = [
  TossAdapter,
  InicisAdapter,
  PortoneAdapter,
  NicepayAdapter,
  KakaopayAdapter,
  NaverpayAdapter,
];

/** They issue cash receipts and take no payments. */
const RECEIPTS_ONLY = [PopbillAdapter];

@Global()
@Module({
  providers: [
    ...ADAPTERS,
    ...RECEIPTS_ONLY,
    {
      provide: ACQUIRERS,
      inject: ADAPTERS,
      useFactory: (...adapters: AcquirerPort[]): AcquirerRegistry =>
        new Map(adapters.map((adapter) => [adapter.name, adapter])),
    },
    {
      provide: RECEIPT_PROVIDERS,
      inject: [ACQUIRERS, ...RECEIPTS_ONLY],
      useFactory: (acquirers: AcquirerRegistry, ...others: ReceiptProvider[]): ReceiptProviderRegistry =>
        new Map(
          [...[...acquirers.values()].filter(issuesCashReceipts), ...others].map((one) => [one.name, one]),
        ),
    },
  ],
  exports: [ACQUIRERS, RECEIPT_PROVIDERS],
})
export class AcquirersModule {}
