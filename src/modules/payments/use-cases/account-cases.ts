import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import { fault } from '../../../common/errors/app-error';
import { cursorAfter, placeOf } from '../../../common/pagination/cursor';
import { Clock } from '../../../common/time/clock';
import { AuditFacade } from '../../audit/audit.facade';
import { AccountCasesRepository } from '../virtual-accounts/account-cases.repository';
import { VIRTUAL_ACCOUNT_ERRORS } from '../virtual-accounts/virtual-account.errors';
import type { AccountCaseFilter, AccountCaseView } from '../virtual-accounts/virtual-account.types';

export interface AccountCasePage {
  readonly data: readonly AccountCaseView[];
  readonly nextCursor: string | null;
}

/** What an operator does with the cases of virtual accounts. Closing one says that it was dealt with: no money moves by it. */
@Injectable()
export class AccountCases {
  constructor(
    private readonly cases: AccountCasesRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditFacade,
    private readonly clock: Clock,
  ) {}

  /** The newest first. */
  async list(
    filter: AccountCaseFilter,
    { limit, cursor }: { readonly limit: number; readonly cursor?: string },
  ): Promise<AccountCasePage> {
    const before = cursor === undefined ? null : placeOf(cursor).id;
    const found = await this.cases.page(filter, before, limit + 1);
    const data = found.slice(0, limit);
    const last = data.at(-1);
    const more = found.length > limit && last !== undefined;
    return { data, nextCursor: more ? cursorAfter({ at: last.openedAt, id: String(last.seq) }) : null };
  }

  /** The case, closed. Throws VIRTUAL_ACCOUNT_CASE_NOT_FOUND and VIRTUAL_ACCOUNT_CASE_CLOSED. */
  async close(virtualAccountId: string, reason: string, actor: string): Promise<AccountCaseView> {
    const found = await this.cases.latestOf(virtualAccountId);
    if (found === null) throw fault(VIRTUAL_ACCOUNT_ERRORS, 'VIRTUAL_ACCOUNT_CASE_NOT_FOUND');
    if (found.status !== 'OPEN') throw fault(VIRTUAL_ACCOUNT_ERRORS, 'VIRTUAL_ACCOUNT_CASE_CLOSED');
    const at = this.clock.now();
    const isOurs = await this.unitOfWork.run('virtual-account-case.close', async (tx) => {
      if (!(await this.cases.close(tx, found.seq, { by: actor, reason, at }))) return false;
      const { paymentId, mid, acquirer, code } = found;
      await this.audit.record(tx, {
        ...{ actor, action: 'virtual-account-case.close', target: virtualAccountId, mid, outcome: 'SUCCESS' },
        details: { paymentId, acquirer, code, amount: found.amount, reason },
      });
      return true;
    });
    if (!isOurs) throw fault(VIRTUAL_ACCOUNT_ERRORS, 'VIRTUAL_ACCOUNT_CASE_CLOSED');
    return { ...found, status: 'CLOSED', closedAt: at, closedBy: actor, closeReason: reason };
  }
}
