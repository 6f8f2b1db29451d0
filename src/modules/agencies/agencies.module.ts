import { Module } from '@nestjs/common';
import { AgenciesFacade } from './agencies.facade';

@Module({ providers: [AgenciesFacade], exports: [AgenciesFacade] })
export class AgenciesModule {}
