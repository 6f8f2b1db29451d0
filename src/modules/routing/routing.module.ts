import { Module } from '@nestjs/common';
import { AcquirerGate } from './acquirer-gate';
import { RoutingFacade } from './routing.facade';

@Module({ providers: [AcquirerGate, RoutingFacade], exports: [RoutingFacade] })
export class RoutingModule {}
