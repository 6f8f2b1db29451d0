import { Global, Module } from '@nestjs/common';
import { AppConfig } from '../config/app-config';
import { ProblemFilter } from './errors/problem.filter';
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
    ProblemFilter,
    { provide: Logger, inject: [AppConfig], useFactory: ({ logLevel }: AppConfig) => new Logger(logLevel) },
  ],
  exports: [Clock, Logger, Metrics, ProblemFilter],
})
export class CommonModule {}
