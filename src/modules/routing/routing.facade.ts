import { Inject, Injectable } from '@nestjs/common';
import { ACQUIRERS, canKeyIn, type AcquirerRegistry } from '../../acquirers/port/acquirer.port';
import type { ContractAccess } from '../../acquirers/port/acquirer.types';
import { AppConfig } from '../../config/app-config';
import type { AcquirerContract } from '../merchants/merchants.types';
import { AcquirerGate } from './acquirer-gate';
import { chooseCandidates } from './candidate.policy';
import type { CandidateChoice, Passage } from './routing.types';

/** Which acquirer to ask, and whether it may be asked now. */
@Injectable()
export class RoutingFacade {
  constructor(
    @Inject(ACQUIRERS) private readonly acquirers: AcquirerRegistry,
    private readonly gate: AcquirerGate,
    private readonly config: AppConfig,
  ) {}

  keyInCandidates(contracts: readonly AcquirerContract[], amount: number): CandidateChoice {
    return chooseCandidates(contracts, { method: 'CARD', amount }, (name) => {
      const adapter = this.acquirers.get(name);
      return adapter !== undefined && canKeyIn(adapter);
    });
  }

  /** The contract as an adapter needs it, with the time-outs that hold for it. */
  accessTo(contract: AcquirerContract): ContractAccess {
    const { connectTimeoutMs, answerTimeoutMs } = this.config.acquirer;
    return {
      contractId: contract.contractId,
      acquirerMerchantId: contract.acquirerMerchantId,
      credentials: contract.credentials,
      connectTimeoutMs: contract.connectTimeoutMs ?? connectTimeoutMs,
      answerTimeoutMs: contract.answerTimeoutMs ?? answerTimeoutMs,
    };
  }

  /** A passage to the acquirer, or null when it may not be asked now. Nothing was sent then. */
  enter(contract: AcquirerContract, access: ContractAccess): Passage | null {
    return this.gate.enter(contract.acquirer, access);
  }
}
