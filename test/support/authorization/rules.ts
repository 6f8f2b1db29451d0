/**
 * Who may call what, kept apart from the decorators, so that the two can disagree. Where the contract names who may call,
 * that is followed; where it does not, or leaves owner and staff open, the line says what was decided. `test/e2e/authorization-matrix` asks the gateway about every line; `npm run authorization` makes
 * docs/authorization.md of it.
 *
 * - First: the scope that a merchant's system needs; null where none may call.
 * - Second: members. O operator, A agency, R member of a merchant, B member of a branch; Ro and Bo: its owners only.
 *   P: anybody, with credentials or without.
 * - Third: what they may then see or change. `place`: what belongs to their own merchant, branch or agency, for operators
 *   everything; `self`: what they or their merchant applied for or uploaded, for operators everything; `account`: their own
 *   account; `audience`: what is meant for their role; `all`: the same for everybody who may call.
 */
export type Whose = 'place' | 'self' | 'account' | 'audience' | 'all';
export type Rule = readonly [scope: string | null, members: string, whose: Whose];

export const RULES: Readonly<Record<string, Rule>> = {
  // Logging in and tokens
  authLogin: [null, 'P', 'all'],
  authRefresh: [null, 'P', 'all'],
  authLogout: [null, 'O A R B', 'account'],
  oAuthToken: [null, 'P', 'all'],
  oAuthRevoke: [null, 'P', 'all'],
  oAuthIntrospect: [null, 'P', 'all'],
  wellKnownMetadata: [null, 'P', 'all'],
  wellKnownJwks: [null, 'P', 'all'],

  // Members
  signUpSignUp: [null, 'P', 'all'],
  signUpLoginIdAvailability: [null, 'P', 'all'],
  signUpEmailAvailability: [null, 'P', 'all'],
  signUpFindLoginId: [null, 'P', 'all'],
  signUpFindPassword: [null, 'P', 'all'],
  signUpResetPassword: [null, 'P', 'all'],
  membersMe: [null, 'O A R B', 'account'],
  membersChange: [null, 'O A R B', 'account'],
  membersNotifications: [null, 'O A R B', 'account'],
  ownContactAsk: [null, 'O A R B', 'account'],
  membersConfirmContact: [null, 'O A R B', 'account'],
  ownPasswordChange: [null, 'O A R B', 'account'],
  staffList: [null, 'Ro Bo', 'place'],
  staffAdd: [null, 'Ro Bo', 'place'],
  staffSetStatus: [null, 'Ro Bo', 'place'],
  staffResetPassword: [null, 'Ro Bo', 'place'],
  adminMembersSearch: [null, 'O', 'all'],
  adminMembersSetStatus: [null, 'O', 'all'],

  // Service applications, papers, agencies, sellers
  serviceCodesList: [null, 'P', 'all'],
  serviceApplicationsCreate: [null, 'Ro', 'self'],
  serviceApplicationsList: [null, 'O R', 'self'],
  serviceApplicationsOne: [null, 'O R', 'self'],
  serviceApplicationsEdit: [null, 'Ro', 'self'],
  serviceApplicationsSubmit: [null, 'Ro', 'self'],
  serviceApplicationsWithdraw: [null, 'Ro', 'self'],
  serviceApplicationsTakeKeys: [null, 'Ro', 'self'],
  applicationDecisionsRequestChanges: [null, 'O', 'all'],
  applicationDecisionsApprove: [null, 'O', 'all'],
  applicationDecisionsReject: [null, 'O', 'all'],
  filesUpload: [null, 'O A R B', 'self'],
  filesDownload: [null, 'P', 'self'],
  agenciesList: [null, 'O A', 'place'],
  agenciesRegister: [null, 'O A', 'place'],
  agenciesShow: [null, 'P', 'all'],
  agenciesChange: [null, 'O', 'all'],
  agenciesMove: [null, 'O', 'all'],
  agencyMembersAdd: [null, 'O', 'all'],
  agencyMerchantsList: [null, 'O A', 'place'],
  commissionRatesOfAgency: [null, 'O A', 'place'],
  commissionRatesSetOfAgency: [null, 'O', 'all'],
  commissionRatesOfSeller: [null, 'O', 'all'],
  commissionRatesSetOfSeller: [null, 'O', 'all'],
  sellersSearch: [null, 'O A R B', 'all'],
  sellersAdd: [null, 'O', 'all'],
  sellersChange: [null, 'O', 'all'],

  // Keys: whoever makes one can do all that the merchant's system can, so that is the owner's
  apiKeysList: [null, 'O R', 'place'],
  apiKeysCreate: [null, 'O Ro', 'place'],
  apiKeysRevoke: [null, 'O Ro', 'place'],
  encryptionKeysList: [null, 'O R', 'place'],
  encryptionKeysCreate: [null, 'O Ro', 'place'],
  encryptionKeysRevoke: [null, 'O Ro', 'place'],

  // Payments. Order numbers are unique within a merchant only: operators and agencies look payments up by their id
  paymentsApprove: ['payments:write', '', 'place'],
  paymentsNetCancelOrder: ['payments:write', '', 'place'],
  paymentsStats: ['payments:read', 'O A R B', 'place'],
  paymentsByOrder: ['payments:read', 'R B', 'place'],
  paymentsById: ['payments:read', 'O A R B', 'place'],
  paymentsCancel: ['payments:write', 'O R B', 'place'],
  paymentsReceipt: ['payments:read', 'O A R B', 'place'],

  // Payments by SMS; the payer comes with the link's token
  smsPaymentsRequest: ['payments:write', 'R B', 'place'],
  smsPaymentsInfo: ['payments:read', 'O R B', 'place'],
  smsPaymentsStatus: ['payments:read', 'O R B', 'place'],
  smsPaymentsReceipt: ['payments:read', 'O R B', 'place'],
  smsPaymentsResend: ['payments:write', 'R B', 'place'],
  smsPaymentsCancel: ['payments:write', 'R B', 'place'],
  payLinkView: [null, 'P', 'all'],
  payLinkCode: [null, 'P', 'all'],
  payLinkConfirm: [null, 'P', 'all'],
  payPagePage: [null, 'P', 'all'],
  payPageReceipt: [null, 'P', 'all'],

  // Checkouts; the shop's own page comes with the checkout's token
  checkoutsCreate: ['payments:write', '', 'place'],
  checkoutsConfirm: [null, 'P', 'all'],
  checkoutsFail: ['payments:write', '', 'place'],
  checkoutsAcknowledge: ['payments:write', '', 'place'],
  checkoutsById: ['payments:read', 'O A R B', 'place'],

  // Virtual accounts, billing keys, subscriptions, cash receipts, points
  virtualAccountsIssue: ['payments:write', '', 'place'],
  virtualAccountsById: ['payments:read', '', 'place'],
  virtualAccountsClose: ['payments:write', '', 'place'],
  billingKeysIssue: ['payments:write', '', 'place'],
  billingKeysList: ['payments:read', '', 'place'],
  billingKeysById: ['payments:read', '', 'place'],
  billingKeysRevoke: ['payments:write', '', 'place'],
  billingKeysPay: ['payments:write', '', 'place'],
  subscriptionsCreate: ['payments:write', '', 'place'],
  subscriptionsList: ['payments:read', '', 'place'],
  subscriptionsById: ['payments:read', '', 'place'],
  subscriptionsChange: ['payments:write', '', 'place'],
  subscriptionsCharges: ['payments:read', '', 'place'],
  subscriptionsPause: ['payments:write', '', 'place'],
  subscriptionsResume: ['payments:write', '', 'place'],
  subscriptionsCancel: ['payments:write', '', 'place'],
  cashReceiptsIssue: ['payments:write', '', 'place'],
  cashReceiptsById: ['payments:read', '', 'place'],
  cashReceiptsCancel: ['payments:write', '', 'place'],
  pointsAccount: ['payments:read', '', 'place'],
  pointsHistory: ['payments:read', '', 'place'],
  pointsQuote: ['payments:read', '', 'place'],
  pointsAdjust: ['payments:write', '', 'place'],
  pointPoliciesList: ['payments:read', 'R', 'place'],
  pointPoliciesSet: [null, 'R', 'place'],

  // Branches. An invitation makes an owner of a branch, so that is the merchant's owner's, as its staff is
  branchesList: ['payments:read', 'O A R B', 'place'],
  branchesOne: ['payments:read', 'O A R B', 'place'],
  branchesChangeStatus: [null, 'O Ro', 'place'],
  branchInvitationsInvite: [null, 'Ro', 'place'],
  branchInvitationsList: [null, 'R', 'place'],
  branchInvitationsResend: [null, 'Ro', 'place'],
  branchInvitationsDeleteUnregistered: [null, 'Ro', 'place'],
  branchSignUpShow: [null, 'P', 'all'],
  branchSignUpSignUp: [null, 'P', 'all'],

  // Settlement
  calendarRead: ['settlements:read', 'O A R B', 'place'],
  holidaysList: [null, 'O', 'all'],
  holidaysChange: [null, 'O', 'all'],
  settlementTermsList: [null, 'O', 'all'],
  settlementTermsAdd: [null, 'O', 'all'],
  feePoliciesList: [null, 'O', 'all'],
  feePoliciesAdd: [null, 'O', 'all'],

  settlementRunsList: [null, 'O', 'all'],
  settlementRunsRun: [null, 'O', 'all'],
  payoutsPayoutFile: [null, 'O', 'all'],
  payoutsHold: [null, 'O', 'all'],
  payoutsRelease: [null, 'O', 'all'],
  payoutsConfirmPayout: [null, 'O', 'all'],
  payoutsFailPayout: [null, 'O', 'all'],
  payoutsRetryPayout: [null, 'O', 'all'],
  merchantHoldsList: [null, 'O', 'all'],
  merchantHoldsHold: [null, 'O', 'all'],
  merchantHoldsRelease: [null, 'O', 'all'],
  adjustmentsList: [null, 'O', 'all'],
  adjustmentsRequest: [null, 'O', 'all'],
  adjustmentsApprove: [null, 'O', 'all'],
  adjustmentsReject: [null, 'O', 'all'],
  settlementReportsStatus: ['settlements:read', 'O A R B', 'place'],
  settlementReportsAggregates: ['settlements:read', 'O A R B', 'place'],
  settlementReportsPayouts: ['settlements:read', 'O A R B', 'place'],
  settlementReportsExplain: ['settlements:read', 'O A R B', 'place'],
  settlementReportsDetails: ['settlements:read', 'O A R B', 'place'],
  branchSalesAll: ['settlements:read', 'O A R B', 'place'],
  branchSalesOne: ['settlements:read', 'O A R B', 'place'],
  branchSalesDetails: ['settlements:read', 'O A R B', 'place'],
  commissionsReport: [null, 'A', 'place'],

  // History. A view is its member's own
  transactionsList: ['payments:read', 'O A R B', 'place'],
  transactionsBank: ['payments:read', 'O A R B', 'place'],
  transactionsCashReceipts: ['payments:read', 'O A R B', 'place'],
  transactionsExport: ['payments:read', 'O A R B', 'place'],
  transactionsById: ['payments:read', 'O A R B', 'place'],
  transactionViewsList: [null, 'O A R B', 'account'],
  transactionViewsCreate: [null, 'O A R B', 'account'],
  transactionViewsChange: [null, 'O A R B', 'account'],
  transactionViewsRemove: [null, 'O A R B', 'account'],

  // Notices
  noticesList: [null, 'P', 'audience'],
  noticesOne: [null, 'P', 'audience'],
  adminNoticesCreate: [null, 'O', 'all'],
  adminNoticesChange: [null, 'O', 'all'],
  adminNoticesWithdraw: [null, 'O', 'all'],

  // Contracts, routing, audit
  adminPaymentsList: [null, 'O', 'all'],
  adminPaymentsReconcile: [null, 'O', 'all'],
  accountCasesList: [null, 'O', 'all'],
  accountCasesClose: [null, 'O', 'all'],
  contractsList: [null, 'O', 'all'],
  contractsReplace: [null, 'O', 'all'],
  routingAcquirers: [null, 'O', 'all'],
  routingDryRun: [null, 'O', 'all'],
  routingDecision: [null, 'O', 'all'],
  maintenanceList: [null, 'O', 'all'],
  maintenanceCreate: [null, 'O', 'all'],
  maintenanceRemove: [null, 'O', 'all'],
  auditLogsList: [null, 'O', 'all'],

  // Acquirers' webhooks (each verified by its own rules), pages for people, probes
  inboundWebhooksReceive: [null, 'P', 'all'],
  errorDocsPage: [null, 'P', 'all'],
  healthLive: [null, 'P', 'all'],
  healthReady: [null, 'P', 'all'],
};
