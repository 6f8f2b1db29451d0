import { Global, Module } from '@nestjs/common';
import { ACQUIRERS, type AcquirerPort, type AcquirerRegistry } from './port/acquirer.port';
import { InicisAdapter } from './inicis/inicis.adapter';
import { KakaopayAdapter } from './kakaopay/kakaopay.adapter';
import { NaverpayAdapter } from './naverpay/naverpay.adapter';
import { NicepayAdapter } from './nicepay/nicepay.adapter';
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

@Global()
@Module({
  providers: [
    ...ADAPTERS,
    {
      provide: ACQUIRERS,
      inject: ADAPTERS,
      useFactory: (...adapters: AcquirerPort[]): AcquirerRegistry =>
        new Map(adapters.map((adapter) => [adapter.name, adapter])),
    },
  ],
  exports: [ACQUIRERS],
})
export class AcquirersModule {}
