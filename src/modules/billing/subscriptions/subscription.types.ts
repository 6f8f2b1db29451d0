import type { Interval, MissedPolicy, Plan } from './subscription.calc';
import type { ChargeStatus, SubscriptionStatus } from './subscription.state';

/** A subscription as it is stored. Amounts are whole won; days are Korean, `YYYY-MM-DD`; times are instants. */
export interface Subscription extends Plan {
  readonly subscriptionId: string;
  readonly mid: string;
  readonly status: SubscriptionStatus;
  readonly version: number;
  readonly billingKey: string;
  readonly acquirer: string;
  readonly goodsName: string;
  readonly buyerName: string | null;
  readonly amount: number;
  readonly taxFreeAmount: number;
  readonly interval: Interval;
  readonly startOn: string;
  readonly trialDays: number;
  readonly missedPolicy: MissedPolicy;
  /** So many days before a charge the merchant is told of it; 0 = never. */
  readonly noticeDays: number;
  readonly nextPeriod: number;
  /** null when no period is left. */
  readonly nextChargeOn: string | null;
  readonly cancelAtPeriodEnd: boolean;
  readonly endedAt: Date | null;
  readonly createdAt: Date;
}

/** The charge of one period: what is asked, and how its tries went. */
export interface SubscriptionCharge {
  readonly chargeId: string;
  readonly subscriptionId: string;
  readonly mid: string;
  readonly period: number;
  readonly chargeOn: string;
  readonly status: ChargeStatus;
  /** Grows with every change; the fence of every compare-and-set. */
  readonly version: number;
  readonly billingKey: string;
  readonly acquirer: string;
  readonly goodsName: string;
  readonly buyerName: string | null;
  readonly amount: number;
  readonly taxFreeAmount: number;
  /** From 1; 0 before the first. Each try has an order number of its own. */
  readonly tryNumber: number;
  /** How many of the tries were undone: the acquirer's answer was lost, nobody was charged and nobody declined. */
  readonly undoneTries: number;
  /** How often the same try was sent although nothing was wrong with the card: the acquirer was not there. */
  readonly sends: number;
  /** How often its payment was not settled yet when it was asked for. */
  readonly waits: number;
  readonly orderNo: string | null;
  readonly paymentId: string | null;
  readonly firstFailedOn: string | null;
  readonly failureCode: string | null;
  /** The day from which it is to be worked on; null when it has ended. */
  readonly dueOn: string | null;
  readonly endedAt: Date | null;
}
