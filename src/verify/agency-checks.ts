import type { Check } from './violation';

const TODAY = `DATE(UTC_TIMESTAMP() + INTERVAL 9 HOUR)`;
const rateOf = (column: string, code: string) => `COALESCE((SELECT r.rate_ppm FROM commission_rates r
  WHERE r.${column} = ${code} AND r.effective_from <= ${TODAY} ORDER BY r.effective_from DESC, r.seq DESC LIMIT 1), 0)`;

/** The tree of agencies, and what is agreed along it. */
export const AGENCY_CHECKS: readonly Check[] = [
  {
    invariant: 'INV-29',
    what: 'an agency lacks its path to itself',
    sql: `SELECT a.code AS id FROM agencies a LEFT JOIN agency_paths p
            ON p.ancestor_code = a.code AND p.agency_code = a.code WHERE NOT (p.distance <=> 0)`,
  },
  {
    invariant: 'INV-29',
    what: 'an agency lacks a path of its parent, or has it at another distance',
    sql: `SELECT a.code AS id FROM agencies a JOIN agency_paths above ON above.agency_code = a.parent_code
          LEFT JOIN agency_paths p ON p.ancestor_code = above.ancestor_code AND p.agency_code = a.code
          WHERE NOT (p.distance <=> above.distance + 1)`,
  },
  {
    invariant: 'INV-29',
    what: 'an agency has a path to one that is not above it',
    sql: `SELECT p.agency_code AS id FROM agency_paths p JOIN agencies a ON a.code = p.agency_code
          LEFT JOIN agency_paths above ON above.ancestor_code = p.ancestor_code AND above.agency_code = a.parent_code
          WHERE p.ancestor_code <> p.agency_code AND NOT (above.distance <=> p.distance - 1)`,
  },
  {
    invariant: 'INV-29',
    what: 'a path names another place in the list, or another name, than its agency has',
    sql: `SELECT p.agency_code AS id FROM agency_paths p JOIN agencies a ON a.code = p.agency_code
          WHERE p.agency_seq <> a.seq OR p.agency_name <> a.name`,
  },
  {
    invariant: 'INV-29',
    what: 'a merchant is not listed below an agency that it is below',
    sql: `SELECT m.mid AS id FROM merchants m JOIN agency_paths p ON p.agency_code = m.agency_code
          LEFT JOIN agency_merchants v ON v.ancestor_code = p.ancestor_code AND v.mid = m.mid WHERE v.mid IS NULL`,
  },
  {
    invariant: 'INV-29',
    what: 'a merchant is listed below an agency that it is not below',
    sql: `SELECT v.mid AS id FROM agency_merchants v JOIN merchants m ON m.mid = v.mid
          LEFT JOIN agency_paths p ON p.ancestor_code = v.ancestor_code AND p.agency_code = m.agency_code
          WHERE p.agency_code IS NULL`,
  },
  {
    invariant: 'INV-29',
    what: 'the commissions of an agency, of those above it and of its seller sum to more than the fee',
    sql: `SELECT id FROM (SELECT a.code AS id, SUM(${rateOf('agency_code', 'p.ancestor_code')})
              + MAX(${rateOf('seller_code', 'a.seller_code')}) AS sum_ppm
            FROM agencies a JOIN agency_paths p ON p.agency_code = a.code GROUP BY a.code) sums
          WHERE sum_ppm > 1000000`,
  },
];
