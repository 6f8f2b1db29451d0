import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../../config/app-config';
import { Clock } from '../../../common/time/clock';
import type { Comparison, ReconciliationRun } from '../reconciliation.types';
import { ATTEMPT_ENDED, differencesOf, OTHER_TRANSACTION } from './differences.policy';
import { type Account, type KnownPayment, OwnBooks } from './own-books.repository';
import { type SettledBooks, settledDifferencesOf } from './settled.policy';
import { OWN_ID, slicesOf, Suspects } from './suspects.repository';

const PAYMENTS_AT_ONCE = 200;

/** Compares what was listed for a contract's day with our movements. Reads only. */
@Injectable()
export class ListComparer {
  constructor(
    private readonly suspects: Suspects,
    private readonly books: OwnBooks,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /** Part by part; what has no difference and nothing open is not among them. */
  async *compare(run: ReconciliationRun): AsyncGenerator<Comparison> {
    const account = await this.books.accountOf(run);
    for (const slice of slicesOf(run.day)) {
      const ids = await this.suspects.within(run, slice, this.config.reconciliation.feeTolerance);
      for (let at = 0; at < ids.length; at += PAYMENTS_AT_ONCE) {
        const compared = await this.compareSome(run, account, ids.slice(at, at + PAYMENTS_AT_ONCE));
        if (compared.findings.length > 0 || compared.openCount > 0) yield compared;
      }
    }
  }

  private async compareSome(
    run: ReconciliationRun,
    account: Account,
    ids: readonly string[],
  ): Promise<Comparison> {
    const { openLimitMs, feeTolerance } = this.config.reconciliation;
    const openBefore = new Date(this.clock.now().getTime() - openLimitMs);
    const compared = (await this.booksOf(run, account, ids)).map((books) =>
      run.list === 'MOVEMENTS'
        ? differencesOf(books, { day: run.day, openBefore })
        : settledDifferencesOf(books, { day: run.day, openBefore, feeTolerance }),
    );
    return {
      findings: compared.flatMap(({ findings }) => findings),
      openCount: compared.reduce((sum, { openCount }) => sum + openCount, 0),
      openPaymentIds: compared.flatMap(({ openPaymentIds }) => openPaymentIds),
    };
  }

  private async booksOf(
    run: ReconciliationRun,
    account: Account,
    ids: readonly string[],
  ): Promise<SettledBooks[]> {
    const listed = await this.suspects.listed(run, ids);
    const ownIds = ids.filter((id) => id.startsWith(OWN_ID)).map((id) => id.slice(OWN_ID.length));
    const found = [
      ...(await this.books.byTransaction(run.acquirer, ids)),
      ...(await this.books.byId(ownIds)),
    ];
    const byId = new Map(found.map((payment) => [nameOf(payment), payment]));
    const orderNos = new Map(
      ids.filter((id) => !byId.has(id)).map((id) => [id, listed.get(id)?.[0]?.acquirerOrderNo ?? '']),
    );
    const attempts = await this.books.byOrderNo(account.mids, [...new Set(orderNos.values())]);
    const movements = await this.books.movements(found.map(({ paymentId }) => paymentId));
    return ids.flatMap((id) => {
      const known = byId.get(id);
      const payment = known ?? attempts.find((each) => isOf(each, orderNos.get(id) ?? ''));
      if (!isReportedBy(run, account, payment)) return [];
      const own = known === undefined ? [] : (movements.get(known.paymentId) ?? []);
      return [
        {
          acquirerTransactionId: id,
          payment: ownPayment(payment, id, orderNos),
          theirs: listed.get(id) ?? [],
          own,
        },
      ];
    });
  }
}

const nameOf = ({ acquirerTransactionId, paymentId }: KnownPayment) =>
  acquirerTransactionId ?? `${OWN_ID}${paymentId}`;

const isOf = ({ paymentId, orderNo }: KnownPayment, named: string) =>
  named === orderNo || named === paymentId || named.startsWith(`${paymentId}-`);

/** Of contracts that share an account each answers for its own payments, and the first for what is nobody's. */
function isReportedBy(run: ReconciliationRun, account: Account, payment: KnownPayment | undefined): boolean {
  const owner = payment?.contractId;
  if (owner === undefined || !account.contractIds.includes(owner))
    return run.contractId === account.contractIds[0];
  return owner === run.contractId;
}

function ownPayment(
  payment: KnownPayment | undefined,
  id: string,
  orderNos: ReadonlyMap<string, string>,
): SettledBooks['payment'] {
  if (payment === undefined) return null;
  const { paymentId, status, openSince, acquirerTransactionId } = payment;
  if (nameOf(payment) === id) return { paymentId, state: status, openSince };
  if (payment.acquirerOrderNo !== orderNos.get(id)) return { paymentId, state: ATTEMPT_ENDED, openSince };
  return { paymentId, state: acquirerTransactionId === null ? status : OTHER_TRANSACTION, openSince };
}
