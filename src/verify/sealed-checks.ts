import type { Check } from './violation';

/** Every column that holds a sealed value, as table, column and what names the row. A test holds it against the schema. */
export const SEALED_COLUMNS: readonly (readonly [table: string, column: string, id: string])[] = [
  ['acquirer_contracts', 'credentials_sealed', 'id'],
  ['agencies', 'account_sealed', 'code'],
  ['billing_keys', 'card_sealed', 'id'],
  ['billing_keys', 'customer_key_sealed', 'id'],
  ['billing_keys', 'token_sealed', 'id'],
  ['branch_invitations', 'phone_sealed', 'id'],
  ['branches', 'phone_sealed', 'id'],
  ['cash_receipt_wishes', 'identifier_sealed', 'payment_id'],
  ['cash_receipts', 'identifier_sealed', 'id'],
  ['encryption_keys', 'key_sealed', 'kid'],
  ['idempotency_keys', 'answer_sealed', 'HEX(id)'],
  ['inbound_webhooks', 'message_sealed', 'id'],
  ['member_codes', 'contact_sealed', 'id'],
  ['members', 'phone_sealed', 'id'],
  ['merchant_accounts', 'account_sealed', 'mid'],
  ['messages', 'content_sealed', 'id'],
  ['messages', 'recipient_sealed', 'id'],
  ['payment_cancels', 'refund_account_sealed', 'id'],
  ['payments', 'buyer_contact_sealed', 'id'],
  ['sellers', 'phone_sealed', 'code'],
  ['service_applications', 'account_sealed', 'id'],
  ['service_applications', 'keys_sealed', 'id'],
  ['signing_keys', 'private_key_sealed', 'kid'],
  ['sms_payments', 'key_private_sealed', 'id'],
  ['sms_payments', 'phone_sealed', 'id'],
  ['virtual_accounts', 'account_sealed', 'id'],
  ['virtual_accounts', 'deposit_secret_sealed', 'id'],
  ['webhook_endpoints', 'previous_secret_sealed', 'id'],
  ['webhook_endpoints', 'secret_sealed', 'id'],
];

const HEADS = SEALED_COLUMNS.map(
  ([table, column, id]) =>
    `SELECT CONCAT('${table}.${column} ', ${id}) AS id, SUBSTRING(${column}, 1, 17) AS head
     FROM ${table} WHERE ${column} IS NOT NULL`,
);

/**
 * A sealed value begins with its format, its data key and its nonce: 17 bytes that no other value may have. One key
 * seals values of several tables, so all of them are looked at together.
 */
export const SEALED_CHECKS: readonly Check[] = [
  {
    invariant: 'INV-17',
    what: 'two sealed values share a key and a nonce',
    sql: `SELECT MIN(id) AS id FROM (${HEADS.join(' UNION ALL ')}) heads GROUP BY head HAVING COUNT(*) > 1`,
  },
];
