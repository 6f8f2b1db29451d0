import type { AcquirerContract } from '../merchants/merchants.types';
import type { CandidateChoice, Exclusion, RoutingRequest } from './routing.types';

/**
 * Which of a merchant's contracts may take a payment, in the order to ask them: lowest priority number first, then
 * the heavier weight, then the older contract. Pure.
 */
export function chooseCandidates(
  contracts: readonly AcquirerContract[],
  request: RoutingRequest,
  hasAdapter: (acquirer: string) => boolean,
): CandidateChoice {
  const candidates: AcquirerContract[] = [];
  const excluded: { contractId: string; why: Exclusion }[] = [];
  for (const contract of contracts) {
    const why = exclusion(contract, request, hasAdapter);
    if (why === null) candidates.push(contract);
    else excluded.push({ contractId: contract.contractId, why });
  }
  candidates.sort(
    (a, b) => a.priority - b.priority || b.weight - a.weight || (a.contractId < b.contractId ? -1 : 1),
  );
  return { candidates, excluded };
}

function exclusion(
  contract: AcquirerContract,
  request: RoutingRequest,
  hasAdapter: (acquirer: string) => boolean,
): Exclusion | null {
  if (!contract.enabled) return 'DISABLED';
  if (!contract.methods.includes(request.method)) return 'METHOD';
  if (!hasAdapter(contract.acquirer)) return 'NO_ADAPTER';
  if (request.amount < contract.amountMin || request.amount > contract.amountMax) return 'AMOUNT';
  return null;
}
