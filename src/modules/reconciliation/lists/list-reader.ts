import { Inject, Injectable } from '@nestjs/common';
import type { ListOutcome } from '../../../acquirers/port/ability.types';
import {
  type AcquirerPort,
  ACQUIRERS,
  type AcquirerRegistry,
  listsMovements,
  listsSettlements,
} from '../../../acquirers/port/acquirer.port';
import type { ContractAccess } from '../../../acquirers/port/acquirer.types';
import { crashPoint } from '../../../common/crash/crash-point';
import type { Basis, ListName } from '../reconciliation.types';
import { type ListedLine, ListedRows } from './listed-rows.repository';

/** Ends a list that never ends: more pages than any day of any contract has. */
const PAGES_MAX = 50_000;

export interface WantedList {
  readonly acquirer: string;
  readonly contractId: string;
  readonly list: ListName;
  readonly day: string;
}

/** `UNREADABLE`: what was read until then is kept, and nothing is concluded from it. */
export type ReadOutcome = { readonly kind: 'READ' } | { readonly kind: 'UNREADABLE'; readonly why: string };

/** Reads an acquirer's list of a day, page by page, and keeps what it says. No transaction is open meanwhile. */
@Injectable()
export class ListReader {
  constructor(
    @Inject(ACQUIRERS) private readonly acquirers: AcquirerRegistry,
    private readonly rows: ListedRows,
  ) {}

  /** How a contract's list can be had; null = not at all. */
  basisOf(acquirer: string, list: ListName): Basis | null {
    const adapter = this.acquirers.get(acquirer);
    if (adapter === undefined) return null;
    if (list === 'SETTLEMENTS') return listsSettlements(adapter) ? 'LIST' : null;
    return listsMovements(adapter) ? 'LIST' : 'INQUIRY';
  }

  /** Of those whose list leaves older payments out: how many days a payment may have begun before the list's day. */
  reachDays(acquirer: string): number | null {
    const adapter = this.acquirers.get(acquirer);
    return adapter !== undefined && listsMovements(adapter) ? (adapter.listedPaymentDaysMax ?? null) : null;
  }

  /** `keepLease` is called after each page and throws when the work has passed to somebody else. */
  async read(
    { acquirer, contractId, list, day }: WantedList,
    access: ContractAccess,
    keepLease: () => Promise<void>,
  ): Promise<ReadOutcome> {
    const adapter = this.acquirers.get(acquirer);
    if (adapter === undefined) return { kind: 'UNREADABLE', why: 'ACQUIRER_NOT_CONFIGURED' };
    const reading = await this.rows.begin(list, contractId, day);
    const seen = new Set<string>();
    for (let next: string | null = null, pages = 0; ;) {
      const outcome: ListOutcome<ListedLine> = await pageOf(adapter, list, access, { day, next });
      if (outcome.kind !== 'PAGE') return { kind: 'UNREADABLE', why: outcome.exchange.code ?? outcome.kind };
      await this.rows.store(reading, outcome.lines);
      crashPoint('reconciliation.page-stored');
      await keepLease();
      next = outcome.next;
      if (next === null) break;
      pages += 1;
      if (seen.has(next) || pages >= PAGES_MAX) return { kind: 'UNREADABLE', why: 'LIST_WITHOUT_END' };
      seen.add(next);
    }
    await this.rows.finish(reading);
    return { kind: 'READ' };
  }
}

function pageOf(
  adapter: AcquirerPort,
  list: ListName,
  access: ContractAccess,
  { day, next }: { readonly day: string; readonly next: string | null },
): Promise<ListOutcome<ListedLine>> {
  if (list === 'MOVEMENTS' && listsMovements(adapter)) return adapter.listMovements(access, day, next);
  if (list === 'SETTLEMENTS' && listsSettlements(adapter)) return adapter.listSettlements(access, day, next);
  throw new Error(`${adapter.name} has no list of ${list.toLowerCase()}`);
}
