import { COMMON_ERRORS } from './common/errors/common.errors';
import type { ErrorTable } from './common/errors/error-kinds';
import { AUTH_ERRORS } from './modules/auth/auth.errors';
import { BILLING_ERRORS } from './modules/billing/billing.errors';
import { MEMBERS_ERRORS } from './modules/members/members.errors';
import { MERCHANTS_ERRORS } from './modules/merchants/merchants.errors';
import { CHECKOUT_ERRORS } from './modules/payments/checkout/checkout.errors';
import { DECLINE_ERRORS } from './modules/payments/decline.errors';
import { PAYMENT_ERRORS } from './modules/payments/payments.errors';

/** Every table of error codes. A tidy test finds one that is missing here, and codes that are in two of them. */
export const ERROR_TABLES: Readonly<Record<string, ErrorTable>> = {
  COMMON_ERRORS,
  AUTH_ERRORS,
  MEMBERS_ERRORS,
  MERCHANTS_ERRORS,
  PAYMENT_ERRORS,
  CHECKOUT_ERRORS,
  DECLINE_ERRORS,
  BILLING_ERRORS,
};
