import { Injectable } from '@nestjs/common';
import type { ContractAccess } from '../../../acquirers/port/acquirer.types';
import { crashPoint } from '../../../common/crash/crash-point';
import { Logger } from '../../../common/logging/logger';
import { Clock } from '../../../common/time/clock';
import { addDays, koreanDay, startOfKoreanDay } from '../../../common/time/korean-time';
import { AppConfig } from '../../../config/app-config';
import { MerchantsFacade } from '../../merchants/merchants.facade';
import { RoutingFacade } from '../../routing/routing.facade';
import { explain, type OpenedCase, report } from '../cases/case-book';
import { type Asking, Inquirer } from '../compare/inquirer';
import { ListComparer } from '../compare/list-comparer';
import { OwnBooks } from '../compare/own-books.repository';
import { Suspects } from '../compare/suspects.repository';
import { ListReader } from '../lists/list-reader';
import type { ClaimedRun, Comparison, Finding } from '../reconciliation.types';
import { pauseAfter } from './retry.policy';
import { LeaseLost, ReconciliationRuns } from './runs.repository';

/** The acquirer did not say what was asked; nothing is concluded from what it did say. */
class Unreadable extends Error {
  constructor(readonly why: string) {
    super(why);
    this.name = 'Unreadable';
  }
}

/** What a run came to, beyond its cases. */
interface Outcome {
  readonly open: number;
  readonly own: number;
  /** Of inquiries: how many orders were asked about. */
  readonly listed: number | null;
}

/**
 * Does one claimed run: reads the list, compares, opens cases and ends those that are explained. Nothing but cases is
 * ever written by it. Killed anywhere and done again it comes to the same, as what it writes is by unique keys.
 */
@Injectable()
export class ReconciliationRunner {
  constructor(
    private readonly reader: ListReader,
    private readonly comparer: ListComparer,
    private readonly inquirer: Inquirer,
    private readonly books: OwnBooks,
    private readonly suspects: Suspects,
    private readonly runs: ReconciliationRuns,
    private readonly merchants: MerchantsFacade,
    private readonly routing: RoutingFacade,
    private readonly clock: Clock,
    private readonly config: AppConfig,
    private readonly logger: Logger,
  ) {}

  /** Ends without a word where the lease has passed to somebody else. */
  async run(run: ClaimedRun): Promise<void> {
    try {
      const access = await this.accessOf(run);
      const outcome =
        run.basis === 'LIST' ? await this.byList(run, access) : await this.byInquiry(run, access);
      crashPoint('reconciliation.before-finish');
      await this.finish(run, outcome);
    } catch (error) {
      if (error instanceof LeaseLost) return;
      // A fault of ours must not be tried for ever in silence either.
      if (!(error instanceof Unreadable))
        this.logger.failure('reconciliation.run', error, { acquirer: run.acquirer, mid: run.mid });
      await this.giveUp(run, error instanceof Unreadable ? error.why : 'GATEWAY_FAULT');
    }
  }

  /** Lists may take longer than an approval is waited for. */
  private async accessOf({ contractId }: ClaimedRun): Promise<ContractAccess> {
    const contract = await this.merchants.findContract(contractId);
    if (contract === null) throw new Unreadable('CONTRACT_NOT_FOUND');
    const access = this.routing.accessTo(contract);
    const answerTimeoutMs = Math.max(access.answerTimeoutMs, this.config.reconciliation.listTimeoutMs);
    return { ...access, answerTimeoutMs };
  }

  /** What seems to be missing may stand on the neighbouring day: that is read before anything is concluded. */
  private async byList(run: ClaimedRun, access: ContractAccess): Promise<Outcome> {
    await this.read(run, access, run.day);
    if (await this.differs(run)) {
      const today = koreanDay(this.clock.now());
      for (const day of [addDays(run.day, -1), addDays(run.day, 1)])
        if (day <= today) await this.read(run, access, day);
    }
    const open = await this.reportAll(run, access, this.comparer.compare(run));
    return { open, own: await this.suspects.countOwn(run), listed: null };
  }

  private async differs(run: ClaimedRun): Promise<boolean> {
    for await (const { findings } of this.comparer.compare(run)) if (findings.length > 0) return true;
    return false;
  }

  private async read(run: ClaimedRun, access: ContractAccess, day: string): Promise<void> {
    const { acquirer, contractId, list } = run;
    const { keepLease } = this.askingOf(run, access);
    const outcome = await this.reader.read({ acquirer, contractId, list, day }, access, keepLease);
    if (outcome.kind === 'UNREADABLE') throw new Unreadable(outcome.why);
  }

  private askingOf(run: ClaimedRun, access: ContractAccess): Asking {
    const keepLease = () => this.runs.extend(run, this.config.reconciliation.leaseMs);
    return { acquirer: run.acquirer, access, keepLease };
  }

  private async byInquiry(run: ClaimedRun, access: ContractAccess): Promise<Outcome> {
    let listed = 0;
    const parts = this.inquirer.compare(run, this.askingOf(run, access));
    const counted = async function* () {
      for await (const part of parts) {
        if (part.unansweredCount > 0) throw new Unreadable('INQUIRY_UNANSWERED');
        listed += part.askedCount;
        yield part;
      }
    };
    const open = await this.reportAll(run, access, counted());
    return { open, own: await this.suspects.countOwn(run), listed };
  }

  /** Answers how much is open. */
  private async reportAll(
    run: ClaimedRun,
    access: ContractAccess,
    comparisons: AsyncGenerator<Comparison>,
  ): Promise<number> {
    let open = 0;
    for await (const comparison of comparisons) {
      const believed = await this.beyondReach(run, access, comparison);
      open += believed.openCount;
      const opened = await this.runs.fenced(run, (tx) => report(tx, run, believed));
      for (const each of opened) this.tell(run, each);
      crashPoint('reconciliation.cases-opened');
      await this.askingOf(run, access).keepLease();
    }
    return open;
  }

  /** What a list leaves out because its payment is too old is asked about; only what the answer says then counts. */
  private async beyondReach(
    run: ClaimedRun,
    access: ContractAccess,
    compared: Comparison,
  ): Promise<Comparison> {
    const { findings } = compared;
    const reach = run.basis === 'LIST' ? this.reader.reachDays(run.acquirer) : null;
    const missing = findings.filter(({ kind }) => kind === 'MISSING_THERE');
    if (reach === null || missing.length === 0) return compared;
    const begin = startOfKoreanDay(addDays(run.day, -reach));
    const payments = await this.books.byId(missing.flatMap(({ paymentId }) => paymentId ?? []));
    const old = payments.filter(({ createdAt }) => createdAt < begin).map(({ paymentId }) => paymentId);
    if (old.length === 0) return compared;
    const asked = await this.inquirer.ask(this.askingOf(run, access), old);
    if (asked.unansweredCount > 0) throw new Unreadable('INQUIRY_UNANSWERED');
    const listed = findings.filter(({ kind, paymentId }) => {
      return kind !== 'MISSING_THERE' || paymentId === null || !old.includes(paymentId);
    });
    return {
      findings: [...listed, ...asked.findings],
      openCount: compared.openCount + asked.openCount,
      openPaymentIds: [...compared.openPaymentIds, ...asked.openPaymentIds],
    };
  }

  private finish(run: ClaimedRun, { open, own, listed }: Outcome): Promise<void> {
    const { openPauseMs } = this.config.reconciliation;
    return this.runs.fenced(run, async (tx) => {
      await explain(tx, run);
      await this.runs.finish(tx, run, { own, open, listed, againInMs: open > 0 ? openPauseMs : null });
    });
  }

  /** Tries again later; after some tries it is a case, which the first list that can be read ends. */
  private async giveUp(run: ClaimedRun, failure: string): Promise<void> {
    const { retryFirstMs, retriesMax, catchUpDays } = this.config.reconciliation;
    const isCase = run.tries >= retriesMax;
    const isOld = run.day < addDays(koreanDay(this.clock.now()), -catchUpDays) && isCase;
    const againInMs = isOld ? null : pauseAfter(Math.min(run.tries, retriesMax), retryFirstMs);
    const opened = await this.runs.fenced(run, async (tx) => {
      const cases = isCase
        ? await report(tx, run, { findings: [unreadableFinding(failure)], openPaymentIds: [] })
        : [];
      await this.runs.giveUp(tx, run, { status: isCase ? 'UNREADABLE' : 'WAITING', failure, againInMs });
      return cases;
    });
    const { acquirer, mid, tries } = run;
    this.logger.warn('reconciliation.unreadable', { acquirer, mid, tries, acquirerCode: failure });
    for (const each of opened) this.tell(run, each);
  }

  private tell({ acquirer, mid }: ClaimedRun, { finding: { kind, paymentId } }: OpenedCase): void {
    this.logger.warn('reconciliation.case-opened', { acquirer, mid, code: kind, paymentId });
  }
}

function unreadableFinding(failure: string): Finding {
  const nothing = { movementKind: null, paymentId: null, sourceId: null, movementKey: null };
  const unsaid = {
    acquirerOrderNo: null,
    acquirerTransactionId: null,
    ownAmount: null,
    acquirerAmount: null,
  };
  return { kind: 'LIST_UNREADABLE', ...nothing, ...unsaid, ownState: null, acquirerState: failure };
}
