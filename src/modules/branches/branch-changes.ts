import { Injectable } from '@nestjs/common';

type Listener = (mid: string, branchId: string) => void;

/** Tells those of this process who remember branches that one has changed. Other processes learn it by their caches' age. */
@Injectable()
export class BranchChanges {
  private readonly listeners: Listener[] = [];

  listen(listener: Listener): void {
    this.listeners.push(listener);
  }

  /** After the commit. */
  tell(mid: string, branchId: string): void {
    for (const listener of this.listeners) listener(mid, branchId);
  }
}
