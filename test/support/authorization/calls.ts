import { newId } from '../../../src/common/ids/id';
import { koreanDay } from '../../../src/common/time/korean-time';
import { company, newBusinessNumber, tossContract } from '../applications';
import { billingCard } from '../billing';
import { encrypt, keyIn, newOrderNo } from '../merchant';
import { newSignUp } from '../members';
import { newPhone } from '../sms-payer';
import { type Caller, OWN } from './callers';
import type { Kind, Target } from './world';

/** How an operation is called: with what the contract asks for, so that only the question who calls whose data is left. */
export interface Call {
  /** What its path or body names; without it nothing of anybody's. */
  readonly kind?: Kind;
  /** By which of the target's ids a path parameter goes, where it has another name. */
  readonly as?: Readonly<Record<string, string>>;
  readonly given?: Readonly<Record<string, string>>;
  readonly query?: (target: Target, caller: Caller) => string;
  readonly body?: (target: Target, caller: Caller) => unknown;
  readonly form?: 'MULTIPART' | 'URLENCODED';
  /** Whoever can name it may: a token or a public code. */
  readonly isProof?: boolean;
  /** It names a list's filter: nothing is found by a foreign one. */
  readonly isFilter?: (caller: Caller) => boolean;
  /** What is not there for the caller is named in the body beside others, and refused with this instead of 404. */
  readonly refusal?: 422;
  /** Anonymous callers with wrong credentials are told so, although the operation is public. */
  readonly looksAtCredentials?: boolean;
  /** The credentials are in the body, and may be refused with 401. */
  readonly mayRefuse?: boolean;
}

export const midOf = ({ mids }: Caller) => (mids === 'ALL' ? OWN : (mids[0] ?? OWN));

const always = () => true;
const isOperator = ({ letter }: Caller) => letter === 'O';
const branch = { kind: 'branch' } as const;
const namedBranch = { ...branch, refusal: 422 } as const;
const merchant = { kind: 'merchant' } as const;
const operator = { kind: 'operator' } as const;
const absent = { kind: 'absent' } as const;
const DAYS = 'from=2026-01-01&to=2026-01-31';
const inDays = { query: () => DAYS };
const absentByReason = { ...absent, body: () => ({ reason: '정기 점검' }) };
const view = () => ({ name: `보기 ${newOrderNo()}`, filters: { status: 'APPROVED' } });
const agency = { kind: 'agency' } as const;
const application = { kind: 'application' } as const;
const NAMED_KEY = {
  ...merchant,
  query: ({ ids }: Target, { letter }: Caller) => (letter === 'O' ? `mid=${ids.mid}` : ''),
};
// An operator's list of a merchant that is not there is empty; a member who names another merchant is told 404.
const NAMED_LIST = [
  { ...NAMED_KEY, isFilter: always },
  { ...merchant, isFilter: isOperator, query: ({ ids }: Target) => `mid=${ids.mid}` },
];
const endpoint = { ...merchant, as: { id: 'endpointId' } } as const;
const delivery = { ...merchant, as: { id: 'deliveryId' } } as const;
const because =
  (more: Record<string, unknown> = {}) =>
  () => ({ reason: '정기 점검', ...more });
const order = (more: Record<string, unknown> = {}) => ({
  ...{ orderNo: newOrderNo(), amount: 50_000, goodsName: '수제 만년필', ...more },
});
const person = () => {
  const { loginId, name, email, phone } = newSignUp();
  return { loginId, name, email, phone };
};
const oauth = (parameters: Record<string, string>): Call => ({
  ...{ form: 'URLENCODED', mayRefuse: true },
  body: () =>
    new URLSearchParams({ ...parameters, client_id: OWN, client_secret: `sk_test_${OWN}` }).toString(),
});
const rate = () => ({ ratePpm: 1_000, effectiveFrom: '2099-01-01', reason: '대리점 계약' });
const policy = ({ ids }: Target) => ({
  ...{
    mid: ids.mid,
    method: 'CARD',
    effectiveFrom: '2099-01-01',
    ended: false,
    ratePpm: 32_000,
    fixedFee: 0,
  },
  ...{
    minimumFee: 0,
    acquirerCostPpm: 23_000,
    agencyCommissionPpm: 0,
    sellerCommissionPpm: 0,
    reason: '재계약',
  },
});
const account = (more: Record<string, unknown>) =>
  order({ customerName: '홍길동', bankCode: '088', ...more });
const byReason = { ...branch, body: because() };

export const CALLS: Readonly<Record<string, Call | readonly Call[]>> = {
  authLogin: { body: () => ({ loginId: 'merchant3', password: 'Demo!2026pass' }) },
  authRefresh: { body: () => ({ refreshToken: `rt_${'x'.repeat(43)}` }), mayRefuse: true },
  oAuthToken: oauth({ grant_type: 'client_credentials', scope: 'payments:read' }),
  oAuthRevoke: oauth({ token: 'eyJhbGciOiJFUzI1NiJ9.e30.c2ln' }),
  oAuthIntrospect: oauth({ token: 'eyJhbGciOiJFUzI1NiJ9.e30.c2ln' }),
  wellKnownMetadata: {},
  wellKnownJwks: {},

  signUpSignUp: { body: () => newSignUp() },
  signUpLoginIdAvailability: { given: { loginId: 'merchant2' } },
  signUpEmailAvailability: { given: { email: 'merchant2@example.com' } },
  signUpFindLoginId: { body: () => ({ phone: newPhone(), name: '김민지' }) },
  signUpFindPassword: { body: () => ({ phone: newPhone(), loginId: 'nobody.knows' }) },
  signUpResetPassword: {
    body: () => ({ loginId: 'nobody.knows', code: '402913', newPassword: 'four quiet green rivers' }),
  },
  membersMe: {},
  membersChange: { body: () => ({ marketing: false }) },
  membersNotifications: {
    body: () => ({ settings: [{ kind: 'PAYMENT', channel: 'PUSH', enabled: false }] }),
  },
  ownContactAsk: { body: () => ({ phone: newPhone(), currentPassword: 'not the one' }) },
  membersConfirmContact: { body: () => ({ code: '402913' }) },
  ownPasswordChange: {
    body: () => ({ currentPassword: 'not the one', newPassword: 'four quiet green rivers' }),
  },
  staffList: [{}, { ...branch, isFilter: always, query: ({ ids }) => `branchId=${ids.branchId}` }],
  staffAdd: { ...branch, body: ({ ids }) => ({ ...person(), branchId: ids.branchId }) },
  staffSetStatus: { ...branch, body: because({ status: 'ACTIVE' }) },
  staffResetPassword: branch,
  adminMembersSearch: {},
  adminMembersSetStatus: { ...operator, body: because({ status: 'ACTIVE' }) },

  serviceCodesList: {},
  serviceApplicationsCreate: {
    body: (_, { hasNoPlace }) => ({
      ...(hasNoPlace ? company() : { services: ['SMS'] }),
      draft: true,
    }),
  },
  serviceApplicationsList: [{}, { query: () => `query=${encodeURIComponent('표식')}` }],
  serviceApplicationsOne: application,
  serviceApplicationsEdit: { ...application, body: () => ({ services: ['CARD'] }) },
  serviceApplicationsSubmit: application,
  serviceApplicationsTakeKeys: application,
  applicationDecisionsRequestChanges: { ...application, body: because({ fields: ['companyName'] }) },
  applicationDecisionsApprove: { ...application, body: () => ({ contracts: [tossContract('M0009998')] }) },
  applicationDecisionsReject: { ...application, body: because() },
  serviceApplicationsWithdraw: application,
  filesUpload: { form: 'MULTIPART' },
  filesDownload: { ...application, looksAtCredentials: true },
  agenciesList: {},
  agenciesRegister: {
    ...agency,
    body: ({ ids }) => ({
      ...{
        name: '가나에이전시',
        businessNumber: newBusinessNumber(),
        representative: '김대표',
        phone: '02-555-0100',
      },
      ...{ email: 'agency@example.com', parentCode: ids.agencyCode },
      account: { bankCode: '088', accountNumber: '110123456789', holderName: '가나에이전시' },
    }),
  },
  agenciesShow: { ...agency, isProof: true },
  agenciesChange: { ...agency, body: because({ version: 999, phone: '02-555-0300' }) },
  agenciesMove: { ...agency, body: because({ version: 999, parentCode: 'AG0001' }) },
  agencyMembersAdd: { ...agency, body: person },
  agencyMerchantsList: agency,
  commissionRatesOfAgency: agency,
  commissionRatesSetOfAgency: { ...agency, body: rate },
  commissionRatesOfSeller: operator,
  commissionRatesSetOfSeller: { ...operator, body: rate },
  sellersSearch: {},
  sellersAdd: {
    body: () => ({ name: '박판매', businessNumber: newBusinessNumber(), phone: '010-1234-5678' }),
  },
  sellersChange: { ...operator, body: because({ version: 999, phone: '02-555-0200' }) },

  apiKeysList: NAMED_LIST,
  apiKeysCreate: { ...merchant, body: ({ ids }) => ({ mid: ids.mid }) },
  apiKeysRevoke: [
    { ...NAMED_KEY, as: { id: 'keyId' } },
    { ...merchant, as: { id: 'keyId' }, query: ({ ids }) => `mid=${ids.mid}` },
  ],
  encryptionKeysList: NAMED_LIST,
  encryptionKeysCreate: { ...merchant, body: ({ ids }) => ({ mid: ids.mid }) },
  encryptionKeysRevoke: [NAMED_KEY, { ...merchant, query: ({ ids }) => `mid=${ids.mid}` }],

  paymentsApprove: [
    {
      ...namedBranch,
      body: async ({ ids }, caller) => {
        const mid = midOf(caller);
        return { mid, encData: await encrypt(mid, keyIn({ branchId: ids.branchId })) };
      },
    },
    { ...merchant, body: async ({ ids }) => ({ mid: ids.mid, encData: await encrypt(ids.mid!, keyIn()) }) },
  ],
  paymentsStats: {},
  paymentsByOrder: branch,
  paymentsById: branch,
  paymentsReceipt: branch,
  paymentsCancel: { ...branch, body: because({ cancelAmount: 1_000 }) },
  paymentsNetCancelOrder: { ...branch, body: ({ ids }) => ({ orderNo: ids.orderNo, reason: '응답 없음' }) },
  smsPaymentsRequest: {
    ...namedBranch,
    body: ({ ids }) => order({ branchId: ids.branchId, buyerPhone: newPhone() }),
  },
  smsPaymentsInfo: branch,
  smsPaymentsStatus: branch,
  smsPaymentsReceipt: branch,
  smsPaymentsResend: branch,
  smsPaymentsCancel: byReason,
  payLinkView: { kind: 'link', as: { token: 'payToken' }, isProof: true },
  payLinkCode: { kind: 'link', as: { token: 'payToken' }, isProof: true },
  payLinkConfirm: {
    ...{ kind: 'link', as: { token: 'payToken' }, isProof: true },
    body: () => ({ code: '123456', encData: 'eyJhbGciOiJFQ0RILUVTIn0..aXY.Y2lwaGVy.dGFn' }),
  },
  payPagePage: { kind: 'link', as: { token: 'payToken' }, isProof: true },
  payPageReceipt: { kind: 'link', as: { token: 'payToken' }, isProof: true },

  checkoutsCreate: { body: () => order({ returnUrl: 'https://shop.example.com/paid' }) },
  checkoutsById: merchant,
  checkoutsConfirm: {
    ...{ ...merchant, isProof: true },
    body: ({ ids }) => ({ paymentToken: ids.paymentToken, amount: 30_000, paymentKey: 'tk_unknown' }),
  },
  checkoutsFail: {
    ...{ ...merchant, looksAtCredentials: true },
    body: () => ({ code: 'USER_CANCEL', message: '구매자가 창을 닫음' }),
  },
  checkoutsAcknowledge: merchant,
  virtualAccountsIssue: { ...namedBranch, body: ({ ids }) => account({ branchId: ids.branchId }) },
  virtualAccountsById: merchant,
  virtualAccountsClose: merchant,

  billingKeysIssue: {
    ...merchant,
    body: async ({ ids }) => ({ mid: ids.mid, encData: await encrypt(ids.mid!, billingCard()) }),
  },
  billingKeysList: { ...merchant, isFilter: always, query: ({ ids }) => `customerKey=${ids.customerKey}` },
  billingKeysById: merchant,
  subscriptionsCreate: {
    ...merchant,
    body: ({ ids: { billingKey, customerKey } }) => ({
      ...{
        billingKey,
        customerKey,
        goodsName: '월간 구독',
        amount: 9_900,
        interval: { unit: 'MONTH', count: 1 },
      },
    }),
  },
  subscriptionsList: {},
  subscriptionsById: merchant,
  subscriptionsCharges: merchant,
  subscriptionsChange: { ...merchant, body: () => ({ amount: 12_900 }) },
  subscriptionsPause: merchant,
  subscriptionsResume: merchant,
  billingKeysPay: { ...merchant, body: () => order() },
  subscriptionsCancel: { ...merchant, body: () => ({ when: 'PERIOD_END' }) },
  billingKeysRevoke: merchant,
  cashReceiptsIssue: { body: () => ({ ...order(), purpose: 'INCOME_DEDUCTION', identifier: '01077315599' }) },
  cashReceiptsById: merchant,
  cashReceiptsCancel: { ...merchant, body: because() },
  pointsAccount: merchant,
  pointsHistory: merchant,
  pointsQuote: { ...merchant, query: () => 'method=CARD&amount=50000' },
  // Whatever customer a merchant names is one of its own: another's of the same name is somebody else.
  pointsAdjust: { given: { customerKey: 'customer-adjusted' }, body: because({ amount: 100 }) },
  pointPoliciesList: { given: { method: 'CARD' } },
  pointPoliciesSet: {
    given: { method: 'BANK_TRANSFER' },
    body: because({ earnRatePpm: 1_000, minimumUse: 100, maximumSharePpm: 500_000 }),
  },

  branchesList: [{}, { ...merchant, isFilter: always, query: ({ ids }) => `mid=${ids.mid}` }],
  obligationsList: inDays,
  obligationsExport: { query: () => `${DAYS}&format=csv` },
  coversList: {},
  coversRegister: {
    body: because({ kind: 'TRUST', institution: '가온은행', amount: 1_000, effectiveFrom: '2099-01-01' }),
  },
  settlementRunsList: {},
  settlementRunsRun: { body: () => ({ captureDate: '2026-01-01' }) },
  payoutsPayoutFile: { query: () => 'date=2026-01-01' },
  payoutsHold: absentByReason,
  payoutsRelease: absentByReason,
  payoutsConfirmPayout: { ...absent, body: because({ payoutReference: 'KB20261123-000017' }) },
  payoutsFailPayout: absentByReason,
  payoutsRetryPayout: absentByReason,
  merchantHoldsList: {},
  merchantHoldsHold: { body: because({ mid: 'M0000003' }) },
  merchantHoldsRelease: absentByReason,
  adjustmentsList: {},
  adjustmentsRequest: { ...absent, body: because({ mid: OWN, contractId: newId('ctr'), amount: -5_000 }) },
  adjustmentsApprove: absentByReason,
  adjustmentsReject: absentByReason,
  settlementReportsStatus: {},
  settlementReportsAggregates: { query: () => `${DAYS}&groupBy=branch` },
  settlementReportsExport: { query: () => `${DAYS}&format=csv` },
  settlementReportsPayouts: inDays,
  settlementReportsExplain: absent,
  settlementReportsDetails: absent,
  branchSalesAll: inDays,
  branchSalesOne: { ...branch, as: { id: 'branchId' }, query: () => `${DAYS}&groupBy=day` },
  branchSalesDetails: { ...branch, as: { id: 'branchId' }, ...inDays },
  commissionsReport: inDays,
  transactionsList: [{}, { ...merchant, isFilter: always, query: ({ ids }) => `mid=${ids.mid}` }],
  transactionsBank: {},
  transactionsCashReceipts: {},
  transactionsExport: { query: () => 'format=csv' },
  transactionsById: { ...branch, as: { transactionId: 'paymentId' } },
  transactionViewsList: {},
  transactionViewsCreate: { body: view },
  transactionViewsChange: { ...absent, body: view },
  transactionViewsRemove: absent,
  adminPaymentsList: {},
  adminPaymentsReconcile: operator,
  accountCasesList: {},
  accountCasesClose: absentByReason,
  reconciliationRunsList: {},
  reconciliationRunsRun: { body: () => ({ date: koreanDay(new Date(Date.now() - 86_400_000)) }) },
  reconciliationCasesList: {},
  reconciliationCasesOne: absent,
  reconciliationCasesAssign: { ...absent, body: () => ({ memberId: newId('mem') }) },
  reconciliationCasesResolve: { ...absent, body: () => ({ resolution: 'ACCEPTED', note: '시험 거래' }) },

  branchesOne: { ...branch, as: { id: 'branchId' } },
  branchesChangeStatus: {
    ...{ ...branch, as: { id: 'branchId' } },
    body: ({ name }) => ({
      status: name.startsWith('suspended') ? 'SUSPENDED' : 'ACTIVE',
      reason: '정기 점검',
    }),
  },
  branchInvitationsInvite: { body: () => ({ recipients: [{ name: '홍길동', phone: newPhone() }] }) },
  branchInvitationsList: {},
  branchInvitationsResend: { ...merchant, as: { id: 'invitationId' } },
  branchSignUpShow: { kind: 'link', as: { token: 'invitationToken' }, isProof: true },
  branchSignUpSignUp: {
    body: () => ({
      ...{
        token: 'z'.repeat(43),
        ...newSignUp({ email: undefined }),
        branchName: '다온점',
        address: '서울특별시',
      },
    }),
  },
  branchInvitationsDeleteUnregistered: { query: () => 'ids=inv_01KAJR38VNR81X7S9FZBZ4D62E' },

  calendarRead: { kind: 'mid', query: ({ ids }) => `from=2026-09-21&to=2026-09-30&mid=${ids.mid}` },
  holidaysList: {},
  holidaysChange: {
    body: because({
      year: '2099',
      yearComplete: false,
      holidays: [{ day: '2099-10-02', kind: 'ADD', name: '임시' }],
    }),
  },
  settlementTermsList: {},
  settlementTermsAdd: {
    ...merchant,
    body: ({ ids }) => ({
      ...{ mid: ids.mid, method: 'CARD', cycle: 'D+2', effectiveFrom: '2099-01-01', reason: '계약' },
    }),
  },
  feePoliciesList: {},
  feePoliciesAdd: { ...merchant, body: policy },

  webhookEndpointsList: {},
  webhookEndpointsCreate: { body: () => ({ url: 'ftp://127.0.0.1/not-one' }) },
  webhookEndpointsChange: { ...endpoint, body: () => ({ description: '주문 서버' }) },
  webhookEndpointsRotateSecret: { ...endpoint, body: () => ({}) },
  webhookEndpointsTest: endpoint,
  webhookEndpointsRedeliverRange: {
    ...endpoint,
    body: () => ({ from: '2026-01-01T00:00:00+09:00', to: '2026-01-02T00:00:00+09:00' }),
  },
  webhookDeliveriesList: [
    {},
    { ...merchant, isFilter: always, query: ({ ids }) => `endpointId=${ids.endpointId}` },
  ],
  webhookDeliveriesOne: delivery,
  webhookDeliveriesAgain: delivery,
  webhookEventsList: {},
  webhookEventsOne: { ...merchant, as: { id: 'eventId' } },
  // One that is gone is not there for the next caller; that foreign ones stay is in test/e2e/webhooks.
  webhookEndpointsRemove: { ...absent, as: { id: 'endpointId' } },

  noticesList: { looksAtCredentials: true },
  noticesOne: { kind: 'notice', as: { id: 'noticeId' }, looksAtCredentials: true },
  adminNoticesCreate: { body: () => ({ title: '점검', body: '점검합니다.', audience: ['OPERATOR'] }) },
  adminNoticesChange: {
    kind: 'notice',
    as: { id: 'noticeId' },
    body: () => ({ version: 999, title: '점검' }),
  },
  adminNoticesWithdraw: { kind: 'notice', as: { id: 'noticeId' } },

  contractsList: merchant,
  contractsReplace: {
    ...merchant,
    body: because({ version: 999, strategy: 'PRIORITY', contracts: [tossContract('M0009998')] }),
  },
  routingAcquirers: {},
  routingDryRun: { ...merchant, body: ({ ids }) => ({ mid: ids.mid, method: 'CARD', amount: 50_000 }) },
  routingDecision: operator,
  maintenanceList: {},
  maintenanceCreate: {
    body: because({
      ...{ acquirer: 'naverpay', method: 'EASY_PAY' },
      ...{ from: '2099-12-02T02:00:00+09:00', to: '2099-12-02T04:00:00+09:00' },
    }),
  },
  maintenanceRemove: {
    ...operator,
    as: { id: 'maintenanceId' },
    query: () => `reason=${encodeURIComponent('취소')}`,
  },
  auditLogsList: {},

  inboundWebhooksReceive: { given: { acquirer: 'toss' }, body: () => ({}) },
  errorDocsPage: { given: { code: 'VALIDATION_FAILED' } },
  healthLive: {},
  healthReady: {},
  // Last: it ends the caller's session.
  authLogout: {},
};
