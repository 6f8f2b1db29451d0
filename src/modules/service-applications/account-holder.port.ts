import type { HolderCheck } from '../merchants/merchants.types';
import type { WantedAccount } from './service-applications.types';

/** Whether an account is its holder's, asked of whoever knows. Never throws: who cannot be asked has not answered. */
export interface AccountHolderPort {
  check(account: WantedAccount): Promise<HolderCheck>;
}

export const ACCOUNT_HOLDERS = Symbol('ACCOUNT_HOLDERS');
