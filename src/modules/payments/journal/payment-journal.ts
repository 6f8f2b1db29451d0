import { Inject, Injectable } from '@nestjs/common';
import { SqlPool } from '../../../common/db/pool';
import { JOURNAL_POOL } from '../../../common/db/tokens';
import { AppConfig } from '../../../config/app-config';
import { PointsFacade } from '../../points/points.facade';
import { AccountJournal } from './account-journal';
import { ApprovalJournal } from './approval-journal';
import { CancelJournal } from './cancel-journal';
import { CancelTurns } from './cancel-turns';
import { CheckoutJournal } from './checkout-journal';
import { ConfirmJournal } from './confirm-journal';
import { DepositJournal } from './deposit-journal';
import { ReversalJournal } from './reversal-journal';

const WAITING_MAX = 5_000;

/**
 * Everything that changes a payment is written here and nowhere else: intents before a call leaves, outcomes after
 * it, cancels, reversals. Each write is one short transaction with its events and attempts in it, and compares before
 * it sets. How writes are committed (alone, or in company) is this class's own business; no use case can tell.
 */
@Injectable()
export class PaymentJournal {
  readonly approvals: ApprovalJournal;
  readonly cancels: CancelJournal;
  readonly cancelTurns: CancelTurns;
  readonly reversals: ReversalJournal;
  readonly checkouts: CheckoutJournal;
  readonly confirms: ConfirmJournal;
  readonly accounts: AccountJournal;
  readonly deposits: DepositJournal;

  constructor(@Inject(JOURNAL_POOL) pool: SqlPool, points: PointsFacade, config: AppConfig) {
    const { batchMax, batchesInFlightMax: inFlightMax } = config.journal;
    this.approvals = new ApprovalJournal(
      pool,
      { batchMax, inFlightMax, waitingMax: WAITING_MAX },
      points.book,
    );
    this.cancels = new CancelJournal(pool, points.book);
    this.cancelTurns = new CancelTurns(pool);
    this.reversals = new ReversalJournal(pool, points.book);
    this.checkouts = new CheckoutJournal(pool);
    this.confirms = new ConfirmJournal(pool, points);
    this.accounts = new AccountJournal(pool, this.confirms);
    this.deposits = new DepositJournal(pool, points);
  }
}
