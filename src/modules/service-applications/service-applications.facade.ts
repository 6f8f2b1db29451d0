import { Injectable, type OnModuleInit } from '@nestjs/common';
import { FilesFacade } from '../files/files.facade';
import { ReadApplications } from './use-cases/read-applications';
import { TakeKeys } from './use-cases/take-keys';

const AT_A_TIME = 100;

@Injectable()
export class ServiceApplicationsFacade implements OnModuleInit {
  constructor(
    private readonly keys: TakeKeys,
    private readonly files: FilesFacade,
    private readonly read: ReadApplications,
  ) {}

  onModuleInit(): void {
    this.files.registerReader('SERVICE_APPLICATION', (principal, applicationId) =>
      this.read.mayRead(principal, applicationId),
    );
  }

  /** One sweep of the worker: removes keys that were fetched; answers how many. */
  sweep(): Promise<number> {
    return this.keys.forget(AT_A_TIME);
  }
}
