import { Module } from '@nestjs/common';
import { BranchesFacade } from './branches.facade';

@Module({ providers: [BranchesFacade], exports: [BranchesFacade] })
export class BranchesModule {}
