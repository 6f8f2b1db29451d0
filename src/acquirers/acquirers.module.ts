import { Global, Module } from '@nestjs/common';
import { Metrics } from '../common/metrics/metrics';
import { Clock } from '../common/time/clock';
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
import { watched } from './shared/watched-adapter';
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
      inject: [Metrics, Clock, ...ADAPTERS],
      useFactory: (metrics: Metrics, clock: Clock, ...adapters: AcquirerPort[]): AcquirerRegistry =>
        new Map(adapters.map((adapter) => [adapter.name, watched(adapter, { metrics, clock })])),
    },
    {
      provide: RECEIPT_PROVIDERS,
      inject: [ACQUIRERS, Metrics, Clock, ...RECEIPTS_ONLY],
      useFactory: (
        acquirers: AcquirerRegistry,
        metrics: Metrics,
        clock: Clock,
        ...others: ReceiptProvider[]
      ): ReceiptProviderRegistry => {
        const alone = others.map((provider) => watched(provider, { metrics, clock }));
        const all = [...[...acquirers.values()].filter(issuesCashReceipts), ...alone];
        return new Map(all.map((provider) => [provider.name, provider]));
      },
    },
  ],
  exports: [ACQUIRERS, RECEIPT_PROVIDERS],
})
export class AcquirersModule {}
