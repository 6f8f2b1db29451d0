import { COMMON_ERRORS } from './common/errors/common.errors';
import type { ErrorTable } from './common/errors/error-kinds';
import { AUTH_ERRORS } from './modules/auth/auth.errors';
import { CASH_RECEIPT_ERRORS } from './modules/cash-receipts/cash-receipts.errors';
import { BILLING_ERRORS } from './modules/billing/billing.errors';
import { FEES_ERRORS } from './modules/fees/fees.errors';
import { HISTORY_ERRORS } from './modules/history/history.errors';
import { MEMBERS_ERRORS } from './modules/members/members.errors';
import { MERCHANTS_ERRORS } from './modules/merchants/merchants.errors';
import { CHECKOUT_ERRORS } from './modules/payments/checkout/checkout.errors';
import { DECLINE_ERRORS } from './modules/payments/decline.errors';
import { PAYMENT_ERRORS } from './modules/payments/payments.errors';
import { VIRTUAL_ACCOUNT_ERRORS } from './modules/payments/virtual-accounts/virtual-account.errors';
import { POINTS_ERRORS } from './modules/points/points.errors';
import { SETTLEMENT_RUN_ERRORS } from './modules/settlements/run/settlement-run.errors';
import { SMS_PAYMENT_ERRORS } from './modules/sms-payments/sms-payments.errors';

/** Every table of error codes. A tidy test finds one that is missing here, and codes that are in two of them. */
export const ERROR_TABLES: Readonly<Record<string, ErrorTable>> = {
  COMMON_ERRORS,
  AUTH_ERRORS,
  FEES_ERRORS,
  MEMBERS_ERRORS,
  MERCHANTS_ERRORS,
  PAYMENT_ERRORS,
  POINTS_ERRORS,
  CHECKOUT_ERRORS,
  DECLINE_ERRORS,
  VIRTUAL_ACCOUNT_ERRORS,
  CASH_RECEIPT_ERRORS,
  SMS_PAYMENT_ERRORS,
  SETTLEMENT_RUN_ERRORS,
  BILLING_ERRORS,
  HISTORY_ERRORS,
};
