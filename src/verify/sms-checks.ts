import { MESSAGE_TRANSITIONS } from '../modules/messaging/message.state';
import { SMS_PAYMENT_TRANSITIONS } from '../modules/sms-payments/sms-payment.state';
import type { Check } from './violation';

const LEGAL = Object.entries(SMS_PAYMENT_TRANSITIONS)
  .flatMap(([from, tos]) => tos.map((to) => `('${from}','${to}')`))
  .join(',');
const ENDED_MESSAGES = Object.entries(MESSAGE_TRANSITIONS)
  .filter(([, next]) => next.length === 0)
  .map(([status]) => `'${status}'`)
  .join(',');

const CHARGED = `('APPROVED','PARTIALLY_CANCELLED','CANCELLED')`;

/** SMS payments and the messages to people. */
export const SMS_CHECKS: readonly Check[] = [
  {
    invariant: 'INV-3',
    what: 'an SMS payment is paid, yet its payment is not charged, or is of another order or amount',
    sql: `SELECT s.id FROM sms_payments s LEFT JOIN payments p ON p.id = s.payment_id
          WHERE s.status = 'PAID' AND (COALESCE(p.status, '') NOT IN ${CHARGED} OR p.mid <> s.mid
            OR p.order_no <> s.order_no OR p.amount <> s.amount)`,
  },
  {
    invariant: 'INV-4',
    what: 'a card was charged by a link that says nobody was',
    sql: `SELECT s.id FROM sms_payments s JOIN payments p ON p.mid = s.mid AND p.order_no = s.order_no
          WHERE s.status IN ('REQUESTED','FAILED','EXPIRED','CANCELLED') AND p.status IN ${CHARGED}
            AND EXISTS (SELECT 1 FROM payment_events e WHERE e.payment_id = p.id AND e.actor = CONCAT('payer:', s.id)
              AND e.to_status = 'APPROVED')`,
  },
  {
    invariant: 'INV-22',
    what: 'an SMS payment was paid more than once',
    sql: `SELECT sms_payment_id AS id FROM sms_payment_events WHERE to_status = 'PAID'
          GROUP BY sms_payment_id HAVING COUNT(*) > 1`,
  },
  {
    invariant: 'INV-22',
    what: 'a code had more tries, or a phone more codes in a day, than allowed',
    sql: `SELECT id FROM sms_payments WHERE code_tries > 5
          UNION ALL SELECT LOWER(HEX(phone_index)) FROM sms_code_sends WHERE sends > 5`,
  },
  {
    invariant: 'INV-22',
    what: 'a code or a private key outlived its use',
    sql: `SELECT id FROM sms_payments WHERE (status <> 'REQUESTED' AND key_private_sealed IS NOT NULL)
          OR (status NOT IN ('REQUESTED','PAYING') AND code_hash IS NOT NULL)`,
  },
  {
    invariant: 'INV-8',
    what: 'an event of an SMS payment tells of a change that the state table does not allow',
    sql: `SELECT sms_payment_id AS id FROM sms_payment_events WHERE from_status IS NOT NULL
          AND (from_status, to_status) NOT IN (${LEGAL})`,
  },
  {
    invariant: 'INV-8',
    what: 'the last event of an SMS payment is not its state',
    sql: `SELECT s.id FROM sms_payments s LEFT JOIN sms_payment_events e
            ON e.id = (SELECT MAX(id) FROM sms_payment_events WHERE sms_payment_id = s.id)
          WHERE NOT (e.to_status <=> s.status)`,
  },
  {
    invariant: 'INV-2',
    what: 'an SMS payment or a message is open with nothing due: no worker would ever end it',
    sql: `SELECT id FROM sms_payments WHERE status IN ('REQUESTED','PAYING') AND due_at IS NULL
          UNION ALL SELECT id FROM messages WHERE status = 'QUEUED' AND due_at IS NULL`,
  },
  {
    invariant: 'INV-15',
    what: 'a telephone number or a text stands unsealed, or a text outlived its sending',
    sql: `SELECT id FROM sms_payments WHERE LEFT(phone_sealed, 1) <> 0x01 OR LENGTH(phone_sealed) < 34
          UNION ALL SELECT id FROM messages WHERE LEFT(recipient_sealed, 1) <> 0x01 OR LENGTH(recipient_sealed) < 34
            OR (content_sealed IS NOT NULL AND (LEFT(content_sealed, 1) <> 0x01 OR status IN ('SENT',${ENDED_MESSAGES})))`,
  },
];

/** After a fault run has come to rest. */
export const SMS_SETTLED_CHECKS: readonly Check[] = [
  {
    invariant: 'INV-2',
    what: 'an SMS payment is still between states',
    sql: `SELECT id FROM sms_payments WHERE status = 'PAYING'`,
  },
];
