import type { MissingForService } from './service-applications.types';

/** What a contract's acquirer can, as far as services need it. */
export interface ContractPowers {
  readonly methods: readonly string[];
  readonly enabled: boolean;
  readonly keyIn: boolean;
  readonly window: boolean;
  readonly billing: boolean;
  readonly virtualAccount: boolean;
  readonly cashReceipt: boolean;
}

type Serves = (contract: ContractPowers) => boolean;
const keyIn: Serves = ({ methods, keyIn: can }) => can && methods.includes('CARD');

/** By which contract each service works. One that is not listed needs none. */
const SERVED_BY: Readonly<Record<string, Serves>> = {
  CARD: keyIn,
  SMS: keyIn,
  BILLING: ({ methods, billing }) => billing && methods.includes('CARD'),
  CHECKOUT: ({ methods, window }) =>
    window && methods.some((method) => ['CARD', 'EASY_PAY'].includes(method)),
  VIRTUAL_ACCOUNT: ({ methods, virtualAccount }) => virtualAccount && methods.includes('VIRTUAL_ACCOUNT'),
  TRANSFER: ({ methods, window }) => window && methods.includes('BANK_TRANSFER'),
  CASH_RECEIPT: ({ cashReceipt }) => cashReceipt,
};

/** Which of the services cannot be used yet, and why. */
export function missingFor(
  services: readonly string[],
  contracts: readonly ContractPowers[],
): MissingForService[] {
  return services.flatMap((service): MissingForService[] => {
    const serves = SERVED_BY[service];
    if (serves === undefined) return [];
    const fitting = contracts.filter(serves);
    if (fitting.some(({ enabled }) => enabled)) return [];
    return [{ service, code: fitting.length === 0 ? 'NO_CONTRACT' : 'CONTRACT_DISABLED' }];
  });
}
