import { DELIVERY_TRANSITIONS } from '../modules/webhooks/deliveries/webhook-delivery.state';
import { ENDPOINT_TRANSITIONS } from '../modules/webhooks/endpoints/webhook-endpoint.state';
import type { Check } from './violation';

const listed = (states: readonly string[]) => states.map((state) => `'${state}'`).join(',');
const ENDED = listed(
  Object.entries(DELIVERY_TRANSITIONS)
    .filter(([, tos]) => tos.length === 0)
    .map(([state]) => state),
);
const LEGAL_ENDPOINTS = Object.entries(ENDPOINT_TRANSITIONS)
  .flatMap(([from, tos]) => [from, ...tos].map((to) => `('${from}','${to}')`))
  .join(',');

/** Every row that a merchant is to be told of, by its table and number. */
const CHANGES = `(
  SELECT 'PAYMENT' AS source, e.id AS seq, e.occurred_at, e.payment_id AS subject_id FROM payment_events e
  WHERE e.to_status IN ('APPROVED', 'FAILED', 'CANCELLED', 'PARTIALLY_CANCELLED', 'REVERSED')
    AND NOT (e.from_status <=> 'WAITING_FOR_DEPOSIT' AND e.to_status = 'CANCELLED')
  UNION ALL SELECT 'OUTBOX', o.seq, o.occurred_at, o.subject_id FROM outbox_events o)`;
/** Events are kept for a month at least. */
const KEPT = 'c.occurred_at > UTC_TIMESTAMP(3) - INTERVAL 30 DAY';
const NO_EVENT = `NOT EXISTS (SELECT 1 FROM webhook_events w WHERE w.source = c.source AND w.source_seq = c.seq)`;

/** What holds of an endpoint for an event: the latest version that was there when the event was numbered. */
const WANTED = `SELECT MAX(v.version) FROM webhook_endpoint_versions v
  WHERE v.endpoint_id = n.endpoint_id AND v.from_sequence <= e.sequence`;

/** What the database alone can prove of webhooks (INV-12). Every check names the rows that break it. */
export const WEBHOOK_CHECKS: readonly Check[] = [
  {
    invariant: 'INV-12',
    what: 'a committed change was passed over: it has no event',
    sql: `SELECT CONCAT(c.source, ' ', c.seq) AS id FROM ${CHANGES} c JOIN webhook_positions p ON p.source = c.source
          WHERE c.seq > p.starts_after AND c.seq <= p.position AND ${KEPT} AND ${NO_EVENT}
            AND NOT EXISTS (SELECT 1 FROM webhook_gaps g
              WHERE g.source = c.source AND c.seq BETWEEN g.from_seq AND g.to_seq)`,
  },
  {
    invariant: 'INV-12',
    what: 'a committed change has had no event for fifteen minutes',
    sql: `SELECT CONCAT(c.source, ' ', c.seq) AS id FROM ${CHANGES} c JOIN webhook_positions p ON p.source = c.source
          WHERE c.seq > p.starts_after AND ${KEPT} AND c.occurred_at < UTC_TIMESTAMP(3) - INTERVAL 15 MINUTE
            AND ${NO_EVENT}`,
  },
  {
    invariant: 'INV-12',
    what: 'an event tells of a change that there is not',
    sql: `SELECT w.id FROM webhook_events w LEFT JOIN ${CHANGES} c ON c.source = w.source AND c.seq = w.source_seq
          WHERE w.source <> 'TEST' AND (c.seq IS NULL OR c.subject_id <> w.subject_id)`,
  },
  {
    invariant: 'INV-12',
    what: 'an event lacks its delivery to an endpoint that asked for it',
    sql: `SELECT CONCAT(e.id, ' ', n.endpoint_id) AS id FROM webhook_events e
          JOIN webhook_endpoint_versions n ON n.mid = e.mid AND n.from_sequence <= e.sequence AND n.status = 'ENABLED'
            AND (n.event_types IS NULL OR FIND_IN_SET(e.type, n.event_types)) AND n.version = (${WANTED})
          WHERE e.source <> 'TEST' AND NOT EXISTS (
            SELECT 1 FROM webhook_deliveries d WHERE d.event_id = e.id AND d.endpoint_id = n.endpoint_id)`,
  },
  {
    invariant: 'INV-12',
    what: 'a delivery is of no event or to no endpoint of its merchant',
    sql: `SELECT d.id FROM webhook_deliveries d LEFT JOIN webhook_events e ON e.id = d.event_id
          LEFT JOIN webhook_endpoints n ON n.id = d.endpoint_id
          WHERE NOT (e.mid <=> d.mid) OR NOT (n.mid <=> d.mid) OR e.type <> d.event_type OR e.sequence <> d.sequence`,
  },
  {
    invariant: 'INV-12',
    what: 'a delivery has ended and is still due, or waits and never will be',
    sql: `SELECT id FROM webhook_deliveries WHERE (status IN (${ENDED})) <> (due_at IS NULL)`,
  },
  {
    invariant: 'INV-12',
    what: 'a delivery is told as delivered, yet no try of it was',
    sql: `SELECT d.id FROM webhook_deliveries d WHERE d.status = 'DELIVERED' AND NOT EXISTS (
            SELECT 1 FROM webhook_attempts a WHERE a.delivery_id = d.id AND a.outcome = 'DELIVERED')`,
  },
  {
    invariant: 'INV-12',
    what: 'a delivery is due, yet its endpoint would not be looked at',
    sql: `SELECT d.id FROM webhook_deliveries d JOIN webhook_endpoints n ON n.id = d.endpoint_id
          WHERE n.status = 'ENABLED' AND d.due_at IS NOT NULL AND (n.due_at IS NULL OR n.due_at > d.due_at)`,
  },
  {
    invariant: 'INV-8',
    what: 'the versions of an endpoint follow on each other against the table, or the last is not its state',
    sql: `SELECT v.endpoint_id AS id FROM webhook_endpoint_versions v LEFT JOIN webhook_endpoint_versions b
            ON b.endpoint_id = v.endpoint_id AND b.version = v.version - 1
          JOIN webhook_endpoints n ON n.id = v.endpoint_id
          WHERE (v.version > 1 AND (b.status IS NULL OR (b.status, v.status) NOT IN (${LEGAL_ENDPOINTS})))
            OR (v.version = n.version AND (v.status <> n.status OR NOT (v.event_types <=> n.event_types)))
            OR v.version > n.version`,
  },
];
