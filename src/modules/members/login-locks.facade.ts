import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

export interface LockLifter {
  /** Before the transaction in which it does so. `address` is the client's; null: somebody else lifts it. */
  lifting(loginId: string, address: string | null): Promise<(tx: EntityManager) => Promise<void>>;
}

/** Lifts the lock that failed logins have brought about. Logins are auth's, which stands above this module and says how. */
@Injectable()
export class LoginLocksFacade implements LockLifter {
  private lifter: LockLifter | undefined;

  register(lifter: LockLifter): void {
    this.lifter = lifter;
  }

  /** Nothing is lifted where nobody logs in, as in the worker. */
  async lifting(loginId: string, address: string | null): Promise<(tx: EntityManager) => Promise<void>> {
    return (await this.lifter?.lifting(loginId, address)) ?? (() => Promise.resolve());
  }
}
