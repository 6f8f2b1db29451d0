import type { AcquirerContract, PaymentMethod } from '../merchants/merchants.types';
import { isOpen } from './hours.policy';
import type { Excluded, Exclusion } from './routing.types';

export interface Wanted {
  readonly method: PaymentMethod;
  /** Whole won. */
  readonly amount: number;
  /** null = not known. */
  readonly issuer: string | null;
  readonly at: Date;
  /** The contract took this card before: its issuer is no question. */
  readonly anyIssuer?: boolean;
  /** Nothing is paid yet. */
  readonly anyAmount?: boolean;
}

/** What is known of acquirers at the moment, for the wanted method. */
export interface AcquirerFacts {
  hasAdapter(acquirer: string): boolean;
  inMaintenance(acquirer: string): boolean;
  breakerOpen(acquirer: string): boolean;
}

export interface Fitting {
  readonly fitting: readonly AcquirerContract[];
  readonly excluded: readonly Excluded[];
}

/**
 * Which of a merchant's contracts may take a payment, and why the others may not. A card whose issuer is not known fits
 * only contracts that take every issuer. Pure.
 */
export function fittingContracts(
  contracts: readonly AcquirerContract[],
  wanted: Wanted,
  facts: AcquirerFacts,
): Fitting {
  const fitting: AcquirerContract[] = [];
  const excluded: Excluded[] = [];
  for (const contract of contracts) {
    const why = exclusion(contract, wanted, facts);
    if (why === null) fitting.push(contract);
    else excluded.push({ contract, why });
  }
  return { fitting, excluded };
}

/** The first reason that holds, from what was agreed to what is so at the moment. */
function exclusion(contract: AcquirerContract, wanted: Wanted, facts: AcquirerFacts): Exclusion | null {
  const { acquirer, methods, amountMin, amountMax, issuers, hours } = contract;
  if (!contract.enabled) return 'DISABLED';
  if (!methods.includes(wanted.method)) return 'METHOD';
  if (!facts.hasAdapter(acquirer)) return 'NO_ADAPTER';
  const fitsAmount = wanted.amount >= amountMin && wanted.amount <= amountMax;
  if (!fitsAmount && wanted.anyAmount !== true) return 'AMOUNT';
  const choosesIssuers = issuers !== null && wanted.anyIssuer !== true;
  if (choosesIssuers && (wanted.issuer === null || !issuers.includes(wanted.issuer))) return 'ISSUER';
  if (hours !== null && !isOpen(hours, wanted.at)) return 'HOURS';
  if (facts.inMaintenance(acquirer)) return 'MAINTENANCE';
  if (facts.breakerOpen(acquirer)) return 'BREAKER';
  return null;
}
