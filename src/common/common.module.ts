import { Global, Module } from '@nestjs/common';
import { AppConfig } from '../config/app-config';
import { ProblemFilter } from './errors/problem.filter';
import { OutboundClient } from './http/outbound-client';
import { Logger } from './logging/logger';
import { Metrics } from './metrics/metrics';
import { Clock, ShiftedClock } from './time/clock';

@Global()
@Module({
  providers: [
    {
      provide: Clock,
      inject: [AppConfig],
      useFactory: ({ clockOffsetMs }: AppConfig) =>
        clockOffsetMs === 0 ? new Clock() : new ShiftedClock(clockOffsetMs),
    },
    Metrics,
    OutboundClient,
    ProblemFilter,
    { provide: Logger, inject: [AppConfig], useFactory: ({ logLevel }: AppConfig) => new Logger(logLevel) },
  ],
  exports: [Clock, Logger, Metrics, OutboundClient, ProblemFilter],
})
export class CommonModule {}
