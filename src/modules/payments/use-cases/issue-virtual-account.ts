import { Inject, Injectable } from '@nestjs/common';
import { ACQUIRERS, type AcquirerRegistry, hasVirtualAccounts } from '../../../acquirers/port/acquirer.port';
import type { ContractAccess } from '../../../acquirers/port/acquirer.types';
import type { VirtualAccountOutcome } from '../../../acquirers/port/ability.types';
import { crashPoint } from '../../../common/crash/crash-point';
import { BlindIndex } from '../../../common/crypto/blind-index';
import { Sealer } from '../../../common/crypto/sealer';
import { type AppError, fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { newId } from '../../../common/ids/id';
import { includedVat } from '../../../common/money/won';
import { Clock } from '../../../common/time/clock';
import { aboutPayment } from '../../../common/tracing/spans';
import { MerchantsFacade } from '../../merchants/merchants.facade';
import type { AcquirerContract } from '../../merchants/merchants.types';
import { RoutingFacade } from '../../routing/routing.facade';
import type { RoutingDecision } from '../../routing/routing.types';
import { acquirerOrderNo, limitsOf } from '../approval-intent';
import type { AccountIntent } from '../journal/account-journal';
import { PaymentJournal } from '../journal/payment-journal';
import { failureAnswer, inProgressAnswer, timeoutAnswer } from '../payment-answer';
import { PAYMENT_ERRORS } from '../payments.errors';
import { PaymentsRepository } from '../payments.repository';
import type { Payment } from '../payments.types';
import { PaymentTimes } from '../payment-time';
import { ReceiptWishCheck } from '../receipts/receipt-wish-check';
import { ReceiptWishes } from '../receipts/receipt-wishes';
import { canonicalIssue } from '../virtual-accounts/virtual-account.rules';
import type { IssueCommand, IssueResult } from '../virtual-accounts/virtual-account.types';
import { VirtualAccountsRepository } from '../virtual-accounts/virtual-accounts.repository';
import { refusalOf } from '../virtual-accounts/routing-refusal';
import { TransactionNumbers } from '../transaction-numbers';
import { AccountCloser } from './account-closer';

/** What stays the same over all attempts of one request. */
interface Order {
  readonly command: IssueCommand;
  readonly contentFingerprint: string;
}

/** Where an attempt is to go; the id is ours where the acquirer wants us to make it up. */
interface Target {
  readonly contract: AcquirerContract;
  readonly access: ContractAccess;
  readonly acquirerTransactionId: string | null;
}

/**
 * Issues a virtual account: intent, call, outcome, with no transaction open during the call. Throws a refusal (402), a
 * lost answer (504), a conflict (409) or an acquirer that cannot be reached (503) as a problem.
 */
@Injectable()
export class IssueVirtualAccount {
  constructor(
    @Inject(ACQUIRERS) private readonly acquirers: AcquirerRegistry,
    private readonly merchants: MerchantsFacade,
    private readonly routing: RoutingFacade,
    private readonly journal: PaymentJournal,
    private readonly numbers: TransactionNumbers,
    private readonly payments: PaymentsRepository,
    private readonly accounts: VirtualAccountsRepository,
    private readonly closer: AccountCloser,
    private readonly receipts: ReceiptWishes,
    private readonly wishCheck: ReceiptWishCheck,
    private readonly sealer: Sealer,
    private readonly index: BlindIndex,
    private readonly times: PaymentTimes,
    private readonly clock: Clock,
  ) {}

  async run(command: IssueCommand): Promise<IssueResult> {
    const { mid, request } = command;
    const fingerprint = await this.index.fingerprint('virtual-account', canonicalIssue(mid, request));
    const order: Order = { command, contentFingerprint: fingerprint.toString('hex') };
    const before = await this.payments.findByOrder({ kind: 'MERCHANT', mid }, request.orderNo);
    const known = before === null ? null : await this.known(order, before);
    if (known !== null) return known;
    await this.checkBranch(mid, request.branchId);
    if (request.cashReceipt !== undefined) await this.wishCheck.run(mid, ['VIRTUAL_ACCOUNT']);
    const decision = await this.routing.accountCandidates(mid, request);
    if (decision.candidates.length === 0) throw refusalOf(decision);
    return this.tryEach(order, decision, before);
  }

  /** What an order number that names a payment already means; null when it failed and may be tried again. */
  private async known(order: Order, payment: Payment): Promise<IssueResult | null> {
    if (payment.contentFingerprint !== order.contentFingerprint)
      throw fault(PAYMENT_ERRORS, 'ORDER_NO_CONFLICT');
    switch (payment.status) {
      case 'FAILED':
        return null;
      case 'REVERSING':
      case 'REVERSED':
        throw timeoutAnswer(payment, payment.dueAt);
      case 'CREATED':
      case 'IN_PROGRESS':
        throw inProgressAnswer(payment);
      default:
        return this.result(payment, 'DUPLICATE');
    }
  }

  /** One contract after the other, the next one only where nothing was sent to the one before. */
  private async tryEach(
    order: Order,
    decision: RoutingDecision,
    before: Payment | null,
  ): Promise<IssueResult> {
    let failed = before;
    let refusal = unavailable();
    for (const contract of decision.candidates) {
      const access = this.routing.accessTo(contract);
      const passage = this.routing.enter(contract, access, 'VIRTUAL_ACCOUNT');
      if (passage === null) continue;
      try {
        const acquirerTransactionId = await this.numbers.idFor(contract, 'VIRTUAL_ACCOUNT');
        const opened = await this.open(order, { contract, access, acquirerTransactionId }, failed);
        if (opened.kind === 'BARRED') throw fault(PAYMENT_ERRORS, 'ORDER_NET_CANCELLED');
        if (opened.kind === 'EXISTS') return await this.takenMeanwhile(order);
        if (opened.kind === 'OVER_LIMIT') {
          refusal = fault(PAYMENT_ERRORS, 'AMOUNT_OVER_CONTRACT_LIMIT');
          continue;
        }
        const { payment } = opened;
        this.routing.keep(payment.paymentId, decision);
        const outcome = await this.call(access, payment, order.command);
        passage.leave(outcome.kind === 'ISSUED' || outcome.kind === 'REFUSED' ? 'ANSWERED' : 'SILENT');
        const closed = await this.closer.close(payment, outcome, order.command.actor);
        if (closed.status !== 'FAILED') return await this.result(closed, 'SUCCESS');
        refusal = failureAnswer(closed);
        if (outcome.kind !== 'NOT_SENT') throw refusal;
        failed = closed;
      } finally {
        // A passage that was left by a call ignores this; one that saw no call says nothing of the acquirer.
        passage.giveBack();
      }
    }
    throw refusal;
  }

  /** Commits the intent. */
  private async open(order: Order, target: Target, failed: Payment | null) {
    const intent = await this.intent(order, target, failed);
    aboutPayment(intent.paymentId);
    crashPoint('issue.before-intent');
    const opened = await (failed === null
      ? this.journal.accounts.open(intent)
      : this.journal.accounts.reopen(failed, intent));
    crashPoint('issue.after-intent');
    return opened;
  }

  private async call(
    access: ContractAccess,
    payment: Payment,
    { request, dueAt }: IssueCommand,
  ): Promise<VirtualAccountOutcome> {
    const adapter = this.acquirers.get(payment.acquirer);
    if (adapter === undefined || !hasVirtualAccounts(adapter))
      throw new Error('a contract without virtual accounts was chosen');
    const outcome = await adapter.issueVirtualAccount(access, {
      acquirerOrderNo: payment.acquirerOrderNo,
      acquirerTransactionId: payment.acquirerTransactionId,
      amount: payment.amount,
      taxFreeAmount: payment.taxFreeAmount,
      goodsName: payment.goodsName,
      customerName: request.customerName,
      bankCode: request.bankCode,
      dueAt,
    });
    crashPoint('issue.after-call');
    return outcome;
  }

  private async intent(
    { command, contentFingerprint }: Order,
    { contract, access, acquirerTransactionId }: Target,
    failed: Payment | null,
  ): Promise<AccountIntent> {
    const { mid, actor, request, dueAt } = command;
    const at = this.clock.now();
    const paymentId = failed?.paymentId ?? newId('pay');
    const taxFreeAmount = request.taxFreeAmount ?? 0;
    return {
      virtualAccountId: newId('vac'),
      paymentId,
      attemptId: newId('att'),
      mid,
      orderNo: request.orderNo,
      contractId: contract.contractId,
      acquirer: contract.acquirer,
      acquirerOrderNo: acquirerOrderNo(paymentId, (failed?.attemptCount ?? 0) + 1),
      acquirerTransactionId,
      amount: request.amount,
      taxFreeAmount,
      vat: includedVat(request.amount, taxFreeAmount, 0),
      goodsName: request.goodsName,
      customerName: request.customerName,
      buyerContactSealed: await this.sealContact(mid, paymentId, request),
      customerKey: request.customerKey ?? null,
      branchId: request.branchId ?? null,
      metadata: request.metadata ?? null,
      contentFingerprint,
      bankCode: request.bankCode,
      dueAt,
      receiptWish: await this.sealWish(mid, paymentId, request),
      limits: limitsOf(contract, at),
      dueInMs: this.times.abandonedAfterMs(access),
      actor,
      at,
    };
  }

  /** Another request of the same order was quicker. */
  private async takenMeanwhile(order: Order): Promise<IssueResult> {
    const { mid, request } = order.command;
    const now = await this.payments.findByOrder({ kind: 'MERCHANT', mid }, request.orderNo);
    // The unique key refused the insert, yet nothing is there: the first one was rolled back in between.
    if (now === null) throw fault(COMMON_ERRORS, 'SERVICE_UNAVAILABLE', { retryAfterSeconds: 1 });
    const known = await this.known(order, now);
    if (known === null) throw failureAnswer(now);
    return known;
  }

  private async result(payment: Payment, outcome: IssueResult['outcome']): Promise<IssueResult> {
    const account = await this.accounts.findByPayment(payment.paymentId);
    if (account === null) throw new Error('a payment of this channel without its account');
    return { account, payment, outcome };
  }

  private async sealWish(mid: string, paymentId: string, { cashReceipt }: IssueCommand['request']) {
    return cashReceipt === undefined ? null : this.receipts.seal(mid, paymentId, cashReceipt);
  }

  private async sealContact(
    mid: string,
    paymentId: string,
    { buyerPhone, buyerEmail }: IssueCommand['request'],
  ): Promise<Buffer | null> {
    if (buyerPhone === undefined && buyerEmail === undefined) return null;
    const context = { table: 'payments', column: 'buyer_contact_sealed', rowId: paymentId, mid };
    return this.sealer.seal('pii', context, JSON.stringify({ phone: buyerPhone, email: buyerEmail }));
  }

  private async checkBranch(mid: string, branchId: string | undefined): Promise<void> {
    if (branchId === undefined) return;
    const branch = await this.merchants.findBranch(mid, branchId);
    if (branch === null) throw fault(PAYMENT_ERRORS, 'BRANCH_NOT_FOUND');
    if (branch.status !== 'ACTIVE') throw fault(PAYMENT_ERRORS, 'BRANCH_NOT_ACTIVE');
  }
}

/** Nothing was sent to anybody. */
function unavailable(): AppError {
  return fault(PAYMENT_ERRORS, 'ACQUIRER_UNAVAILABLE', {
    retryAfterSeconds: 5,
    members: { outcome: 'FAILURE' },
  });
}
