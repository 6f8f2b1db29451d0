import { Injectable } from '@nestjs/common';
import { type FieldError, fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { isId, newId } from '../../../common/ids/id';
import { cursorAfter, placeOf } from '../../../common/pagination/cursor';
import { Clock } from '../../../common/time/clock';
import { addDays, koreanDay } from '../../../common/time/korean-time';
import { MerchantsFacade } from '../../merchants/merchants.facade';
import { AMOUNT_OUT_OF_CONTRACT } from '../../payments/payments.errors';
import { BILLING_ERRORS } from '../billing.errors';
import type { Writer } from '../billing-writes';
import type { CustomersBillingKey } from '../billing.types';
import { isRevoked } from '../keys/billing-key.state';
import { addMonths, noticeOn, periodFrom, periodOf, type Plan } from '../subscriptions/subscription.calc';
import type { SubscriptionStatus } from '../subscriptions/subscription.state';
import type { Subscription, SubscriptionCharge } from '../subscriptions/subscription.types';
import { cancelNow, completeIfOver, updateSubscription } from '../subscriptions/subscription.writes';
import { SubscriptionsRepository } from '../subscriptions/subscriptions.repository';
import type {
  NewSubscriptionRequest,
  SubscriptionChangeRequest,
} from '../subscriptions/dto/subscription.request';
import { ReadBillingKeys } from './read-billing-keys';

const LIMIT_DEFAULT = 50;
const NOTICE_DAYS_DEFAULT = 3;
/** Ten years: a start beyond is a slip of the pen. */
const START_MONTHS_MAX = 120;
const ENDED: readonly SubscriptionStatus[] = ['CANCELLED', 'COMPLETED'];

export interface ListOf<T> {
  readonly data: readonly T[];
  readonly nextCursor: string | null;
}

/** What merchants do with subscriptions. The charges themselves are the worker's. */
@Injectable()
export class ManageSubscriptions {
  constructor(
    private readonly subscriptions: SubscriptionsRepository,
    private readonly keys: ReadBillingKeys,
    private readonly merchants: MerchantsFacade,
    private readonly clock: Clock,
  ) {}

  /** Throws VALIDATION_FAILED for days and amounts that do not fit, and what keeps the billing key from paying. */
  async create(mid: string, actor: string, wish: NewSubscriptionRequest): Promise<Subscription> {
    const at = this.clock.now();
    const today = koreanDay(at);
    const { interval } = wish;
    const startOn = wish.startOn ?? today;
    // A start that is refused below is not reckoned with: what lies past the calendar's four digits is no day.
    const isFar = startOn > addMonths(today, START_MONTHS_MAX);
    if (isFar) refuse([{ field: 'startOn', code: 'OUT_OF_RANGE' }]);
    const trialDays = wish.trialDays ?? 0;
    const plan: Plan = {
      anchorOn: addDays(startOn, trialDays),
      interval: { unit: interval.unit, count: interval.count },
      totalCount: wish.totalCount ?? null,
      endOn: wish.endOn ?? null,
    };
    refuse(faultsOf(wish, plan, today));
    const key = await this.usableKey(mid, wish.billingKey);
    if ((wish.customerKey ?? key.customerKey) !== key.customerKey) {
      refuse([{ field: 'customerKey', code: 'NOT_ALLOWED', message: OTHER_CUSTOMER }]);
    }
    await this.checkAmount(key, wish.amount);
    const made: Subscription = {
      ...plan,
      subscriptionId: newId('sub'),
      mid,
      status: 'ACTIVE',
      version: 1,
      billingKey: key.billingKey,
      acquirer: key.acquirer,
      goodsName: wish.goodsName,
      buyerName: wish.buyerName ?? null,
      amount: wish.amount,
      taxFreeAmount: wish.taxFreeAmount ?? 0,
      startOn,
      trialDays,
      missedPolicy: wish.missedPolicy ?? 'CHARGE_LATEST',
      noticeDays: wish.noticeDays ?? NOTICE_DAYS_DEFAULT,
      nextPeriod: 1,
      nextChargeOn: plan.anchorOn,
      cancelAtPeriodEnd: false,
      endedAt: null,
      createdAt: at,
    };
    await this.subscriptions.insert(made, { actor, reason: 'made by the merchant', at });
    return made;
  }

  async byId(mid: string, id: string): Promise<Subscription> {
    const found = isId('sub', id) ? await this.subscriptions.find(mid, id) : null;
    if (found === null) throw fault(BILLING_ERRORS, 'SUBSCRIPTION_NOT_FOUND');
    return found;
  }

  async list(
    mid: string,
    query: { readonly status?: SubscriptionStatus; readonly limit?: number; readonly cursor?: string },
  ): Promise<ListOf<Subscription>> {
    const page = pageOf(query);
    const found = await this.subscriptions.list(mid, query.status ?? null, page);
    return listOf(found, page.limit, ({ createdAt: at, subscriptionId: id }) => cursorAfter({ at, id }));
  }

  async charges(
    mid: string,
    id: string,
    query: { readonly limit?: number; readonly cursor?: string },
  ): Promise<ListOf<SubscriptionCharge>> {
    const { subscriptionId, createdAt: at } = await this.byId(mid, id);
    const page = pageOf(query);
    const found = await this.subscriptions.charges(subscriptionId, page);
    return listOf(found, page.limit, ({ chargeId }) => cursorAfter({ at, id: chargeId }));
  }

  /** Another card holds for tries to come, too; another amount or name from the next period on. */
  async change(
    mid: string,
    id: string,
    actor: string,
    wish: SubscriptionChangeRequest,
  ): Promise<Subscription> {
    const wanted = wish.billingKey ?? null;
    const key = wanted === null ? null : await this.usableKey(mid, wanted);
    if (key !== null || wish.amount !== undefined) {
      const now = await this.byId(mid, id);
      await this.checkAmount(key ?? (await this.keys.byId(mid, now.billingKey)), wish.amount ?? now.amount);
    }
    return this.changing(mid, id, actor, 'changed by the merchant', async (tx, held, writer) => {
      refuseEnded(held);
      const amount = wish.amount ?? held.amount;
      const taxFreeAmount = wish.taxFreeAmount ?? held.taxFreeAmount;
      const goodsName = wish.goodsName ?? held.goodsName;
      if (taxFreeAmount > amount) refuse([PARTS_EXCEED]);
      const { billingKey, acquirer } = key ?? held;
      const card = { billing_key_id: billingKey, acquirer };
      const set = { ...card, amount, tax_free_amount: taxFreeAmount, goods_name: goodsName };
      await updateSubscription(tx, held, set, writer);
      if (key === null) return;
      await tx.query(
        `UPDATE subscription_charges SET billing_key_id = ?, acquirer = ?, version = version + 1
         WHERE subscription_id = ? AND status IN ('DUE', 'RETRY')`,
        [billingKey, acquirer, held.subscriptionId],
      );
    });
  }

  pause(mid: string, id: string, actor: string): Promise<Subscription> {
    return this.changing(mid, id, actor, 'paused by the merchant', async (tx, held, writer) => {
      if (held.status === 'PAUSED') return;
      if (held.status !== 'ACTIVE') throw conflict(held);
      await updateSubscription(tx, held, { status: 'PAUSED' }, writer);
    });
  }

  /** After a pause periods that have passed are left out; after PAST_DUE they are as the missed policy says. */
  resume(mid: string, id: string, actor: string): Promise<Subscription> {
    return this.changing(mid, id, actor, 'resumed by the merchant', async (tx, held, writer) => {
      if (held.status === 'ACTIVE') return;
      refuseEnded(held);
      const today = koreanDay(writer.at);
      const next =
        held.nextChargeOn === null
          ? null
          : held.status === 'PAUSED'
            ? periodFrom(held, held.nextPeriod, today)
            : periodOf(held, held.nextPeriod);
      const step = {
        next_period: next?.period ?? held.nextPeriod,
        next_charge_on: next?.chargeOn ?? null,
        notice_on: noticeOn(next?.chargeOn, held.noticeDays),
      };
      await updateSubscription(tx, held, { status: 'ACTIVE', ...step }, writer);
      const now: Subscription = {
        ...held,
        status: 'ACTIVE',
        version: held.version + 1,
        nextChargeOn: step.next_charge_on,
      };
      await completeIfOver(tx, now, writer);
    });
  }

  /** NOW: nothing is charged any more. PERIOD_END: nothing but tries of this period; one that is not running ends now. */
  cancel(mid: string, id: string, actor: string, when: 'NOW' | 'PERIOD_END'): Promise<Subscription> {
    return this.changing(mid, id, actor, 'cancelled by the merchant', async (tx, held, writer) => {
      if (held.status === 'CANCELLED') return;
      refuseEnded(held);
      if (when === 'NOW' || held.status !== 'ACTIVE') return cancelNow(tx, held, writer);
      await updateSubscription(tx, held, { cancel_at_period_end: 1, notice_on: null }, writer);
    });
  }

  private async changing(
    mid: string,
    id: string,
    actor: string,
    reason: string,
    work: (tx: Parameters<typeof updateSubscription>[0], held: Subscription, writer: Writer) => Promise<void>,
  ): Promise<Subscription> {
    const writer = { actor, reason, at: this.clock.now() };
    if (isId('sub', id)) {
      await this.subscriptions.change(mid, id, (tx, held) => work(tx, held, writer));
    }
    return this.byId(mid, id);
  }

  /** What no payment under the key's contract may come to would only be found out on the day of the first charge. */
  private async checkAmount({ contractId }: CustomersBillingKey, amount: number): Promise<void> {
    const contract = await this.merchants.findContract(contractId);
    if (contract === null) return;
    if (amount < contract.amountMin || amount > contract.amountMax) refuse([AMOUNT_OUT_OF_CONTRACT]);
  }

  private async usableKey(mid: string, billingKey: string): Promise<CustomersBillingKey> {
    const key = await this.keys.byId(mid, billingKey);
    if (key.status === 'ACTIVE') return key;
    const code = isRevoked(key.status) ? 'BILLING_KEY_REVOKED' : 'BILLING_KEY_NOT_ACTIVE';
    throw fault(BILLING_ERRORS, code, { members: { billingKeyStatus: key.status } });
  }
}

const OTHER_CUSTOMER = {
  ko: '빌링키의 고객이 아닙니다.',
  en: 'The billing key is of another customer.',
};
const PARTS_EXCEED: FieldError = {
  field: 'taxFreeAmount',
  code: 'PARTS_EXCEED_AMOUNT',
  message: { ko: '면세 금액이 결제 금액보다 큽니다.', en: 'The tax-free part exceeds the amount.' },
};

function faultsOf(wish: NewSubscriptionRequest, plan: Plan, today: string): FieldError[] {
  const faults: FieldError[] = [];
  if ((wish.taxFreeAmount ?? 0) > wish.amount) faults.push(PARTS_EXCEED);
  if ((wish.startOn ?? today) < today) faults.push({ field: 'startOn', code: 'OUT_OF_RANGE' });
  if (plan.endOn !== null && plan.endOn < plan.anchorOn)
    faults.push({ field: 'endOn', code: 'OUT_OF_RANGE' });
  if (plan.endOn !== null && plan.totalCount !== null) faults.push({ field: 'endOn', code: 'NOT_ALLOWED' });
  return faults;
}

function refuse(errors: readonly FieldError[]): void {
  if (errors.length > 0) throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors });
}

function conflict({ status }: Subscription) {
  return fault(BILLING_ERRORS, 'SUBSCRIPTION_STATE_CONFLICT', { members: { subscriptionStatus: status } });
}

function refuseEnded(held: Subscription): void {
  if (ENDED.includes(held.status)) throw conflict(held);
}

function pageOf({ limit = LIMIT_DEFAULT, cursor }: { limit?: number; cursor?: string }) {
  return { limit: limit + 1, before: cursor === undefined ? null : placeOf(cursor).id };
}

/** `found` holds one more than is shown where there is more. */
function listOf<T>(found: readonly T[], limit: number, cursorOf: (last: T) => string): ListOf<T> {
  const data = found.slice(0, limit - 1);
  const last = data.at(-1);
  return { data, nextCursor: found.length === limit && last !== undefined ? cursorOf(last) : null };
}
