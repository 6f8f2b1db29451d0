import { COMMON_ERRORS } from './common/errors/common.errors';
import type { ErrorTable } from './common/errors/error-kinds';
import { AGENCIES_ERRORS } from './modules/agencies/agencies.errors';
import { AUTH_ERRORS } from './modules/auth/auth.errors';
import { BRANCH_INVITATION_ERRORS } from './modules/branch-invitations/branch-invitations.errors';
import { BRANCHES_ERRORS } from './modules/branches/branches.errors';
import { CASH_RECEIPT_ERRORS } from './modules/cash-receipts/cash-receipts.errors';
import { BILLING_ERRORS } from './modules/billing/billing.errors';
import { FILES_ERRORS } from './modules/files/files.errors';
import { FEES_ERRORS } from './modules/fees/fees.errors';
import { HISTORY_ERRORS } from './modules/history/history.errors';
import { MEMBERS_ERRORS } from './modules/members/members.errors';
import { MERCHANTS_ERRORS } from './modules/merchants/merchants.errors';
import { NOTICES_ERRORS } from './modules/notices/notices.errors';
import { CHECKOUT_ERRORS } from './modules/payments/checkout/checkout.errors';
import { DECLINE_ERRORS } from './modules/payments/decline.errors';
import { PAYMENT_ERRORS } from './modules/payments/payments.errors';
import { VIRTUAL_ACCOUNT_ERRORS } from './modules/payments/virtual-accounts/virtual-account.errors';
import { POINTS_ERRORS } from './modules/points/points.errors';
import { RECONCILIATION_ERRORS } from './modules/reconciliation/reconciliation.errors';
import { SETTLEMENT_RUN_ERRORS } from './modules/settlements/run/settlement-run.errors';
import { SETTLEMENT_ERRORS } from './modules/settlements/settlements.errors';
import { SERVICE_APPLICATION_ERRORS } from './modules/service-applications/service-applications.errors';
import { WEBHOOKS_ERRORS } from './modules/webhooks/webhooks.errors';
import { SMS_PAYMENT_ERRORS } from './modules/sms-payments/sms-payments.errors';

/** Every table of error codes. A tidy test finds one that is missing here, and codes that are in two of them. */
export const ERROR_TABLES: Readonly<Record<string, ErrorTable>> = {
  COMMON_ERRORS,
  AGENCIES_ERRORS,
  AUTH_ERRORS,
  FILES_ERRORS,
  FEES_ERRORS,
  MEMBERS_ERRORS,
  MERCHANTS_ERRORS,
  BRANCHES_ERRORS,
  BRANCH_INVITATION_ERRORS,
  NOTICES_ERRORS,
  PAYMENT_ERRORS,
  POINTS_ERRORS,
  CHECKOUT_ERRORS,
  DECLINE_ERRORS,
  VIRTUAL_ACCOUNT_ERRORS,
  CASH_RECEIPT_ERRORS,
  SERVICE_APPLICATION_ERRORS,
  SMS_PAYMENT_ERRORS,
  SETTLEMENT_RUN_ERRORS,
  BILLING_ERRORS,
  SETTLEMENT_ERRORS,
  RECONCILIATION_ERRORS,
  HISTORY_ERRORS,
  WEBHOOKS_ERRORS,
};
