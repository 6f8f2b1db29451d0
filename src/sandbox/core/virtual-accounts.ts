import { randomInt } from 'node:crypto';
import type { AcquirerContext, Deposit } from './acquirer';
import { Register } from './register';

/** One account that waits for a payer's deposit. */
export interface VirtualAccount {
  readonly mid: string;
  /** The acquirer's key of the payment that it belongs to. */
  readonly transactionId: string;
  /** Three digits, of the Korea Financial Telecommunications and Clearings Institute. */
  readonly bankCode: string;
  readonly accountNumber: string;
  readonly holder: string;
  readonly amount: number;
  readonly dueAtMs: number;
  readonly state: 'WAITING' | 'DONE' | 'CLOSED';
}

/** Why a bank sends a deposit back; the payer keeps the money and the acquirer hears nothing. */
export type DepositRefusal = 'closed' | 'expired' | 'done' | 'amount';

/** The accounts of one acquirer. What a deposit does to the payment is the acquirer's own affair. */
export class VirtualAccounts {
  private readonly register: Register<VirtualAccount>;

  constructor(private readonly context: Pick<AcquirerContext, 'journal' | 'clock'>) {
    this.register = new Register(context, 'virtual-account');
  }

  byNumber(accountNumber: string): VirtualAccount | undefined {
    return this.register.get(accountNumber);
  }

  byTransaction(transactionId: string): VirtualAccount | undefined {
    return [...this.register.values()].find((account) => account.transactionId === transactionId);
  }

  open(account: Omit<VirtualAccount, 'accountNumber' | 'state'>): VirtualAccount {
    let accountNumber = newNumber();
    while (this.register.get(accountNumber) !== undefined) accountNumber = newNumber();
    return this.register.put(accountNumber, { ...account, accountNumber, state: 'WAITING' });
  }

  /** Why the bank would not take this deposit now; null when it takes it. */
  refusal(account: VirtualAccount, { amount }: Deposit): DepositRefusal | null {
    if (account.state === 'CLOSED') return 'closed';
    if (account.state === 'DONE') return 'done';
    if (this.context.clock.nowMs() > account.dueAtMs) return 'expired';
    return amount === account.amount ? null : 'amount';
  }

  moveTo(account: VirtualAccount, state: 'DONE' | 'CLOSED'): VirtualAccount {
    return this.register.put(account.accountNumber, { ...account, state });
  }

  restore(record: unknown): boolean {
    return this.register.restore(record);
  }

  forget(): void {
    this.register.forget();
  }
}

function newNumber(): string {
  return `9${String(randomInt(10 ** 12)).padStart(12, '0')}`;
}
