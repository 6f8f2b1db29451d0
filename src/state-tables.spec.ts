import fc from 'fast-check';
import { BILLING_KEY_TRANSITIONS } from './modules/billing/keys/billing-key.state';
import {
  CHARGE_TRANSITIONS,
  SUBSCRIPTION_TRANSITIONS,
} from './modules/billing/subscriptions/subscription.state';
import { INVITATION_TRANSITIONS } from './modules/branch-invitations/invitation.state';
import { BRANCH_TRANSITIONS } from './modules/branches/branch.state';
import { RECEIPT_CANCEL_TRANSITIONS, RECEIPT_TRANSITIONS } from './modules/cash-receipts/receipt.state';
import { FILE_TRANSITIONS } from './modules/files/file.state';
import { MESSAGE_TRANSITIONS } from './modules/messaging/message.state';
import { NOTICE_TRANSITIONS } from './modules/notices/notice.state';
import { ACCOUNT_CASE_TRANSITIONS } from './modules/payments/virtual-accounts/account-case.state';
import { PAYMENT_TRANSITIONS } from './modules/payments/payment.state';
import { APPLICATION_TRANSITIONS } from './modules/service-applications/application.state';
import {
  ADJUSTMENT_TRANSITIONS,
  HOLD_TRANSITIONS,
  SETTLEMENT_CASE_TRANSITIONS,
  SETTLEMENT_TRANSITIONS,
} from './modules/settlements/settlement.state';
import { CASE_TRANSITIONS } from './modules/reconciliation/case.state';
import { SMS_PAYMENT_TRANSITIONS } from './modules/sms-payments/sms-payment.state';
import { DELIVERY_TRANSITIONS } from './modules/webhooks/deliveries/webhook-delivery.state';
import { ENDPOINT_TRANSITIONS } from './modules/webhooks/endpoints/webhook-endpoint.state';

type Table = Readonly<Record<string, readonly string[]>>;

/** Every state table of the gateway, with the states in which a life begins and the states that money or a promise ends in. */
const TABLES: readonly (readonly [string, Table, readonly string[], readonly string[]])[] = [
  ['payment', PAYMENT_TRANSITIONS, ['CREATED', 'IN_PROGRESS'], ['CANCELLED', 'REVERSED']],
  ['billing key', BILLING_KEY_TRANSITIONS, ['ISSUING', 'ACTIVE'], ['FAILED', 'REVOKED']],
  ['subscription', SUBSCRIPTION_TRANSITIONS, ['ACTIVE'], ['CANCELLED', 'COMPLETED']],
  ['charge', CHARGE_TRANSITIONS, ['DUE', 'SKIPPED'], ['PAID', 'FAILED', 'SKIPPED', 'VOIDED']],
  ['cash receipt', RECEIPT_TRANSITIONS, ['IN_PROGRESS'], ['CANCELLED', 'UNCONFIRMED']],
  ['cancel of a cash receipt', RECEIPT_CANCEL_TRANSITIONS, ['IN_PROGRESS'], ['DONE', 'UNCONFIRMED']],
  ['SMS payment', SMS_PAYMENT_TRANSITIONS, ['REQUESTED'], ['PAID', 'FAILED', 'EXPIRED', 'CANCELLED']],
  ['branch', BRANCH_TRANSITIONS, ['ACTIVE'], ['CLOSED']],
  ['branch invitation', INVITATION_TRANSITIONS, ['SENT'], ['REGISTERED', 'DELETED']],
  ['service application', APPLICATION_TRANSITIONS, ['DRAFT'], ['APPROVED', 'REJECTED', 'WITHDRAWN']],
  ['file', FILE_TRANSITIONS, ['STORING'], ['REMOVING']],
  ['notice', NOTICE_TRANSITIONS, ['ACTIVE'], ['WITHDRAWN']],
  ['case of a virtual account', ACCOUNT_CASE_TRANSITIONS, ['OPEN'], ['CLOSED']],
  ['settlement', SETTLEMENT_TRANSITIONS, ['SCHEDULED'], ['PAID', 'CARRIED_OVER']],
  ['case of a settlement', SETTLEMENT_CASE_TRANSITIONS, ['OPEN'], ['CLOSED']],
  ['hold of a merchant', HOLD_TRANSITIONS, ['ACTIVE'], ['RELEASED']],
  ['adjustment', ADJUSTMENT_TRANSITIONS, ['REQUESTED'], ['APPROVED', 'REJECTED']],
  ['reconciliation case', CASE_TRANSITIONS, ['OPEN'], ['RESOLVED']],
  ['webhook endpoint', ENDPOINT_TRANSITIONS, ['ENABLED'], ['DELETED']],
  ['webhook delivery', DELIVERY_TRANSITIONS, ['PENDING'], ['DELIVERED', 'FAILED', 'DISCARDED']],
  ['message', MESSAGE_TRANSITIONS, ['QUEUED'], ['DELIVERED', 'FAILED']],
];

function reachableFrom(table: Table, starts: readonly string[]): Set<string> {
  const reached = new Set(starts);
  for (let grown = true; grown;) {
    const before = reached.size;
    for (const from of [...reached]) for (const to of table[from] ?? []) reached.add(to);
    grown = reached.size > before;
  }
  return reached;
}

describe.each(TABLES)('the states of a %s', (_name, table, starts, ends) => {
  const states = Object.keys(table);

  it('name only one another, and all of them can be reached', () => {
    expect(
      Object.values(table)
        .flat()
        .filter((to) => !states.includes(to)),
    ).toEqual([]);
    expect([...reachableFrom(table, starts)].sort()).toEqual([...states].sort());
  });

  it('end where they are said to, and every life can get there', () => {
    expect(states.filter((state) => table[state]!.length === 0).sort()).toEqual([...ends].sort());
    for (const state of states) {
      expect([...reachableFrom(table, [state])].some((reached) => ends.includes(reached))).toBe(true);
    }
  });

  it('stay at an end through any random sequence of wishes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...starts),
        fc.array(fc.constantFrom(...states), { maxLength: 40, size: 'max' }),
        (start, wishes) => {
          let now = start;
          let ended: string | null = null;
          for (const wish of wishes) {
            if (table[now]!.includes(wish)) now = wish;
            // Millions of steps: an expect() for each would take a minute and say no more.
            if (ended !== null && now !== ended) return false;
            if (ends.includes(now)) ended = now;
          }
          return true;
        },
      ),
      { numRuns: 10_000, seed: 20261121 },
    );
  });
});

it('money that is going back is never an approval again, whatever is wished for in between', () => {
  expect([...reachableFrom(PAYMENT_TRANSITIONS, ['REVERSING'])].sort()).toEqual(['REVERSED', 'REVERSING']);
  expect(reachableFrom(CHARGE_TRANSITIONS, ['PAID']).size).toBe(1);
  expect(reachableFrom(BILLING_KEY_TRANSITIONS, ['REVOKING']).has('ACTIVE')).toBe(false);
  expect(reachableFrom(RECEIPT_TRANSITIONS, ['ISSUED']).has('IN_PROGRESS')).toBe(false);
});
