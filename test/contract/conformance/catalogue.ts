/** The rows of the matrix, in their order: every case of the suite, whatever an acquirer can do. */

export const CHANNELS = ['key-in', 'window', 'billing'] as const;
export type ChannelName = (typeof CHANNELS)[number];

export const SUBJECTS = [
  'approveKeyIn',
  'openWindow',
  'confirmWindow',
  'chargeBillingKey',
  'cancel',
  'inquire',
  'netCancel',
] as const;
export type Subject = (typeof SUBJECTS)[number];

/** Far beyond every time-out of the suite. */
export const SLOW = 'slow:5000';
export const FAULTS = [
  'refuse-connection',
  'drop-before',
  'drop-after',
  SLOW,
  'status:500',
  'status:503',
  'garbage',
] as const;
export type FaultKind = (typeof FAULTS)[number];

export const TAMPERED = {
  approveKeyIn: ['amount', 'orderNo', 'merchant', 'currency'],
  confirmWindow: ['amount', 'orderNo', 'merchant', 'currency'],
  chargeBillingKey: ['amount', 'orderNo', 'merchant', 'currency'],
  cancel: ['amount', 'transactionId'],
  inquire: ['orderNo'],
} as const;

/** Calls of the abilities that approve no card themselves, and the capability that each belongs to. */
export const ABILITY_CALLS = {
  issueBillingKey: 'billing',
  revokeBillingKey: 'billing',
  issueVirtualAccount: 'virtualAccount',
  closeVirtualAccount: 'virtualAccount',
  refundDeposit: 'virtualAccount',
  issueCashReceipt: 'cashReceipt',
  cancelCashReceipt: 'cashReceipt',
  inquireCashReceipt: 'cashReceipt',
  findAccountHolder: 'accountHolder',
  listMovements: 'movementList',
  listSettlements: 'settlementList',
} as const;
export type AbilityCall = keyof typeof ABILITY_CALLS;

/** What is tried with each of these calls. */
export const ASPECTS = {
  success: 'is done, and keeps no secret',
  refusals: 'every refusal in its table',
  faults: 'under every fault',
  tampering: 'answers another member',
  duplicates: 'twice in sequence',
} as const;
export type Aspect = keyof typeof ASPECTS;

const perChannel = (id: string, title: string): [string, string][] =>
  CHANNELS.map((channel) => [`${id}/${channel}`, `${title} (${channel})`]);

export const CASES: ReadonlyMap<string, string> = new Map<string, string>([
  ['capabilities', 'has exactly the methods that its capabilities promise'],
  ...perChannel('success', 'is approved, found and cancelled'),
  ...perChannel('cards', 'the 18 test cards'),
  ...perChannel('declines', 'every decline code of its table'),
  ['declines/cancel', 'every refusal of a cancel in its table'],
  ['window/not-paid', 'the payer has not finished'],
  ['window/forged', 'a proof that no window gave'],
  ['window/other-amount', 'the payer paid another amount'],
  ...SUBJECTS.flatMap((subject) =>
    FAULTS.map((fault): [string, string] => [`faults/${subject}/${fault}`, `${subject} under ${fault}`]),
  ),
  ...FAULTS.map((fault): [string, string] => [`faults/token/${fault}`, `the token's call under ${fault}`]),
  ...Object.entries(TAMPERED).flatMap(([subject, members]) =>
    members.map((what): [string, string] => [
      `tampering/${subject}/${what}`,
      `${subject} answers another ${what}`,
    ]),
  ),
  ...perChannel('duplicates/at-once', 'the same order twice at once'),
  ...perChannel('duplicates/in-sequence', 'the same order twice in sequence'),
  ['duplicates/cancel-at-once', 'the same cancel twice at once'],
  ['duplicates/cancel-in-sequence', 'the same cancel twice in sequence'],
  ['cancels/partial-to-zero', 'partial cancels down to zero'],
  ['cancels/over-balance', 'a cancel of more than is left'],
  ['inquiry/unknown-order', 'an order that nobody knows'],
  ['webhooks/foreign', 'reads nothing into what is no webhook of this acquirer'],
  ['webhooks/own', 'is led to the payment by what the sandbox sends'],
  ['window/bank-transfer', 'the payer pays by bank transfer'],
  ...Object.keys(ABILITY_CALLS).flatMap((call) =>
    Object.entries(ASPECTS).map(([aspect, title]): [string, string] => [
      `${call}/${aspect}`,
      `${call} ${title}`,
    ]),
  ),
  ['virtual-accounts/deposits', 'a deposit of the right amount, and of others'],
  ['virtual-accounts/end', 'closed, run out, given back in parts'],
  ['virtual-accounts/webhook', 'a deposit notice leads to the payment'],
  ['billing/revoked', 'a revoked key, and a key of another customer, pay nothing'],
  ['cash-receipts/partial', 'a receipt that is cancelled in parts'],
  ['cash-receipts/unknown-order', 'a receipt that nobody knows'],
  ['lists/movements', 'lists what was approved and cancelled, once each'],
  ['lists/settlements', 'lists what is settled, and it adds up'],
  ['masking', 'keeps no card data and no secret in its exchanges'],
]);
