import { Inject, Injectable } from '@nestjs/common';
import { ACQUIRERS, canKeyIn, hasWindow, type AcquirerRegistry } from '../../acquirers/port/acquirer.port';
import type { ContractAccess } from '../../acquirers/port/acquirer.types';
import { AppConfig } from '../../config/app-config';
import type { AcquirerContract, PaymentMethod } from '../merchants/merchants.types';
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

  /** Contracts whose acquirer has a payment window, best first; without a `method` of either kind. */
  windowCandidates(
    contracts: readonly AcquirerContract[],
    wish: { readonly acquirer?: string; readonly method?: PaymentMethod; readonly amount: number },
  ): CandidateChoice {
    const wanted = contracts.filter(
      ({ acquirer }) => wish.acquirer === undefined || acquirer === wish.acquirer,
    );
    const methods: readonly PaymentMethod[] =
      wish.method === undefined ? ['CARD', 'EASY_PAY'] : [wish.method];
    const { amount } = wish;
    const choices = methods.map((method) =>
      chooseCandidates(wanted, { method, amount }, (name) => {
        const adapter = this.acquirers.get(name);
        return adapter !== undefined && hasWindow(adapter);
      }),
    );
    return {
      candidates: choices.flatMap(({ candidates }) => candidates),
      excluded: choices.flatMap(({ excluded }) => excluded),
    };
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
