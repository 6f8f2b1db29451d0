import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  RECEIPT_PROVIDERS,
  type ReceiptProvider,
  type ReceiptProviderRegistry,
} from '../../acquirers/port/acquirer.port';
import type { ContractAccess } from '../../acquirers/port/acquirer.types';
import { MerchantsFacade } from '../merchants/merchants.facade';
import type { AcquirerContract } from '../merchants/merchants.types';
import { RoutingFacade } from '../routing/routing.facade';

const NUMBER_BYTES = 16;

/** A provider under one of a merchant's contracts. */
export interface ChosenProvider {
  readonly contract: AcquirerContract;
  readonly provider: ReceiptProvider;
  readonly access: ContractAccess;
}

/** Which of a merchant's contracts issues its cash receipts. */
@Injectable()
export class ReceiptProviders {
  constructor(
    @Inject(RECEIPT_PROVIDERS) private readonly providers: ReceiptProviderRegistry,
    private readonly merchants: MerchantsFacade,
    private readonly routing: RoutingFacade,
  ) {}

  /**
   * The wanted contract where it issues receipts, else the first enabled one that does: by priority, then by weight.
   * Null where none does.
   */
  async choose(mid: string, wantedContractId?: string): Promise<ChosenProvider | null> {
    const contracts = (await this.merchants.listContracts(mid))
      .filter(({ enabled, acquirer }) => enabled && this.providers.has(acquirer))
      .sort((a, b) => a.priority - b.priority || b.weight - a.weight);
    const wanted = contracts.find(({ contractId }) => contractId === wantedContractId);
    const contract = wanted ?? contracts[0];
    return contract === undefined ? null : this.under(contract);
  }

  /** The provider of a receipt that was asked for under this contract, also where that is disabled since. */
  async of(contractId: string): Promise<ChosenProvider> {
    const contract = await this.merchants.findContract(contractId);
    if (contract === null) throw new Error('a cash receipt without its contract');
    return this.under(contract);
  }

  private under(contract: AcquirerContract): ChosenProvider {
    const provider = this.providers.get(contract.acquirer);
    if (provider === undefined) throw new Error('a cash receipt whose provider is not spoken to any more');
    return { contract, provider, access: this.routing.accessTo(contract) };
  }
}

/** Our own number of a receipt (`R`) or a cancel (`C`) at its provider: 24 characters, the most that Popbill takes. */
export function newReceiptNumber(of: 'R' | 'C'): string {
  return `${of}-${randomBytes(NUMBER_BYTES).toString('base64url')}`;
}
