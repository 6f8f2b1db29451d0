import { fromRoot } from '../../scripts/lib/paths.mjs';
import { inParallel } from './filling.mjs';

/*
 * What the daily run comes to, in few statements over all days: so that ten million payments need not be settled day by
 * day before they can be read. It is written without a look at the run's own statements, and compare.mjs proves on a
 * smaller database that both give the same rows. It knows what the traffic has: one policy and one contract for each
 * merchant, one payout cycle for all, and one agency.
 */

const LINES_AT_ONCE = 200_000;
const ACTOR = 'system:bench';

/** A settlement's id, known without a look: of the merchant, and the payout day. */
const settlementId = (mid, day) =>
  `CONCAT('stl_', DATE_FORMAT(${day}, '%y%m%d'), LPAD(SUBSTRING(${mid}, 3), 20, '0'))`;
/** The policy's columns have no sign, and a cancel's fee is below zero. */
const signed = (column) => `CAST(f.${column} AS SIGNED)`;
const share = (amount) => `(${amount} * ${signed('rate_ppm')}) DIV 1000000 + f.fixed_fee`;
const feeOf = (amount) => `GREATEST(${share(amount)}, f.minimum_fee)`;
const costOf = (amount) => `(${amount} * ${signed('acquirer_cost_ppm')}) DIV 1000000`;

/** `source` is the database with the movements, `target` the one whose settlement tables are filled; often the same. */
export class SettledSql {
  constructor({ source, target, agency, note = () => {} }) {
    Object.assign(this, { source, target, agency, note });
  }

  /** `days`: [{capturedOn, payoutOn}], all that are settled. `sessions` have the settings for loading. */
  async settle(sessions, days) {
    const [first] = sessions;
    const at = (name) => `${this.target}.${name}`;
    await this.#days(first, days);
    this.note('settlements');
    await first.query(this.#settlements());
    await this.#lines(sessions);
    for (const [name, statement] of Object.entries(this.#figures(at))) {
      this.note(name);
      await first.query(statement);
    }
    await this.#runs(first, days, at);
    await first.query(this.#commissionTransfers(at));
    await first.query(`DROP TABLE ${at('bench_days')}`);
  }

  async #days(session, days) {
    await session.query(
      `CREATE TABLE ${this.target}.bench_days (captured_day DATE PRIMARY KEY, payout_day DATE NOT NULL)`,
    );
    await session.query(`INSERT INTO ${this.target}.bench_days VALUES ?`, [
      days.map(({ capturedOn, payoutOn }) => [capturedOn, payoutOn]),
    ]);
  }

  #settlements() {
    return `INSERT INTO ${this.target}.settlements (id, mid, contract_id, payout_day, status)
      SELECT DISTINCT ${settlementId('t.mid', 'd.payout_day')}, t.mid, t.contract_id, d.payout_day, 'SCHEDULED'
      FROM ${this.source}.transactions t JOIN ${this.target}.bench_days d ON d.captured_day = t.captured_day`;
  }

  async #lines(sessions) {
    const [[{ last }]] = await sessions[0].query(`SELECT MAX(seq) AS last FROM ${this.source}.transactions`);
    const ranges = [];
    for (let from = 0; from < Number(last); from += LINES_AT_ONCE)
      ranges.push([from + 1, from + LINES_AT_ONCE]);
    await inParallel(sessions, ranges, async (session, range) => {
      for (const statement of [this.#approvals(), this.#cancels()]) await session.query(statement, range);
      this.note(`lines of ${Math.min(range[1], Number(last))} movements`);
    });
    await inParallel(sessions, ranges, (session, range) => session.query(this.#commissionLines(), range));
  }

  #approvals() {
    return this.#linesOf(
      `${this.source}.transactions t`,
      `t.kind = 'APPROVAL'`,
      { fee: `IF(t.left_after = 0, 0, ${feeOf('t.left_after')})`, was: '0' },
      `${costOf('t.left_after')}`,
    );
  }

  /** A fee is that of what is left less that of what was left; a full cancel of another day leaves the fixed fee due. */
  #cancels() {
    const due = `IF(t.left_after > 0, ${feeOf('t.left_after')}, IF(a.captured_day = t.captured_day OR t.left_before = 0, 0, f.fixed_fee))`;
    const was = `IF(t.left_before = 0, 0, ${feeOf('t.left_before')})`;
    return this.#linesOf(
      `${this.source}.transactions t JOIN ${this.source}.transactions a ON a.payment_id = t.payment_id AND a.kind = 'APPROVAL'`,
      `t.kind <> 'APPROVAL'`,
      { fee: due, was },
      `${costOf('t.left_after')} - ${costOf('t.left_before')}`,
    );
  }

  #linesOf(from, condition, { fee, was }, cost) {
    return `INSERT INTO ${this.target}.settlement_lines (transaction_seq, settlement_id, kind, source_id, payment_id, mid, branch_id,
        method, captured_day, amount, left_before, left_after, fee, vat, acquirer_cost, policy_id, rate_ppm, fixed_fee,
        minimum_fee, acquirer_cost_ppm)
      SELECT t.seq, ${settlementId('t.mid', 'd.payout_day')}, t.kind, t.source_id, t.payment_id, t.mid, t.branch_id, t.method,
        t.captured_day, t.settled_amount, t.left_before, t.left_after, ${fee} - ${was}, (${fee}) DIV 10 - (${was}) DIV 10,
        ${cost}, f.id, f.rate_ppm, f.fixed_fee, f.minimum_fee, f.acquirer_cost_ppm
      FROM ${from} JOIN ${this.target}.bench_days d ON d.captured_day = t.captured_day
      JOIN ${this.source}.fee_policies f ON f.mid = t.mid
      WHERE t.seq BETWEEN ? AND ? AND ${condition} ORDER BY t.seq`;
  }

  /** The agency's share of the fee that a payment still owes after the line, less that of what it owed before. */
  #commissionLines() {
    const was = `IF(l.left_before = 0, 0, GREATEST((l.left_before * l.rate_ppm) DIV 1000000 + l.fixed_fee, l.minimum_fee))`;
    const part = (fee) => `((${fee}) * CAST(r.rate_ppm AS SIGNED)) DIV 1000000`;
    return `INSERT INTO ${this.target}.commission_lines (transaction_seq, earner_kind, earner_code, payment_id, mid, captured_day, fee,
        rate_ppm, amount)
      SELECT l.transaction_seq, 'AGENCY', r.agency_code, l.payment_id, l.mid, l.captured_day, l.fee, r.rate_ppm,
        IF(l.kind = 'APPROVAL', ${part('l.fee')}, ${part(`${was} + l.fee`)} - ${part(was)})
      FROM ${this.target}.settlement_lines l JOIN ${this.source}.merchants m ON m.mid = l.mid
      JOIN ${this.source}.commission_rates r ON r.agency_code = m.agency_code AND r.agency_code = '${this.agency}'
      WHERE l.transaction_seq BETWEEN ? AND ? ORDER BY l.transaction_seq`;
  }

  #figures(at) {
    const sums = (of, columns) => columns.map((column) => `SUM(${of}.${column})`).join(', ');
    const sales = ['approval_count', 'approval_amount', 'cancel_count', 'cancel_amount', 'fee', 'vat'];
    const ofLines = `SUM(l.kind = 'APPROVAL'), SUM(IF(l.kind = 'APPROVAL', l.amount, 0)), SUM(l.kind <> 'APPROVAL'),
      SUM(IF(l.kind = 'APPROVAL', 0, l.amount)), SUM(l.fee), SUM(l.vat)`;
    const day = `JOIN ${at('bench_days')} d ON d.captured_day = s.captured_day`;
    const transfer = (
      kind,
      column,
      account,
    ) => `INSERT INTO ${at('ledger_transfers')} (kind, source_id, mid, debit_account, credit_account, amount)
      SELECT '${kind}', CONCAT(${settlementId('s.mid', 'd.payout_day')}, ':', DATE_FORMAT(s.captured_day, '%Y%m%d')), s.mid,
        IF(SUM(s.${column}) > 0, 'MERCHANT_PAYABLE', '${account}'), IF(SUM(s.${column}) > 0, '${account}', 'MERCHANT_PAYABLE'),
        ABS(SUM(s.${column}))
      FROM ${at('daily_merchant_sales')} s ${day} GROUP BY s.mid, s.captured_day HAVING SUM(s.${column}) <> 0`;
    return {
      'sales of branches': `INSERT INTO ${at('daily_branch_sales')} (mid, captured_day, branch_id, method, ${sales.join(', ')})
        SELECT l.mid, l.captured_day, COALESCE(l.branch_id, ''), l.method, ${ofLines} FROM ${at('settlement_lines')} l
        GROUP BY 1, 2, 3, 4 ORDER BY 1, 3, 2, 4`,
      'sales of merchants': `INSERT INTO ${at('daily_merchant_sales')} (mid, captured_day, method, ${sales.join(', ')})
        SELECT s.mid, s.captured_day, s.method, ${sums('s', sales)} FROM ${at('daily_branch_sales')} s GROUP BY 1, 2, 3`,
      'sums of settlements': `UPDATE ${at('settlements')} u JOIN (
          SELECT ${settlementId('s.mid', 'd.payout_day')} AS id, SUM(s.approval_count + s.cancel_count) AS n,
            COUNT(DISTINCT s.captured_day) AS days, ${sales.map((column) => `SUM(s.${column}) AS ${column}`).join(', ')}
          FROM ${at('daily_merchant_sales')} s ${day} GROUP BY 1) f ON f.id = u.id
        SET u.line_count = f.n, u.approval_amount = f.approval_amount, u.cancel_amount = f.cancel_amount, u.fee = f.fee,
          u.vat = f.vat, u.version = 1 + f.days`,
      'totals of branches': `INSERT INTO ${at('settlement_branch_totals')} (branch_id, settlement_id, line_count, approval_amount,
          cancel_amount, fee, vat)
        SELECT s.branch_id, ${settlementId('s.mid', 'd.payout_day')}, SUM(s.approval_count + s.cancel_count),
          ${sums('s', ['approval_amount', 'cancel_amount', 'fee', 'vat'])}
        FROM ${at('daily_branch_sales')} s ${day} WHERE s.branch_id <> '' GROUP BY 1, 2`,
      'events of settlements': `INSERT INTO ${at('settlement_events')} (settlement_id, from_status, to_status, actor, reason, occurred_at)
        SELECT id, NULL, 'SCHEDULED', '${ACTOR}', 'daily run', UTC_TIMESTAMP(3) FROM ${at('settlements')}`,
      fees: transfer('SETTLEMENT_FEE', 'fee', 'FEE_INCOME'),
      'value added tax': transfer('SETTLEMENT_VAT', 'vat', 'VAT_PAYABLE'),
      commissions: `INSERT INTO ${at('daily_commissions')} (earner_kind, earner_code, captured_day, mid, line_count, fee, amount)
        SELECT earner_kind, earner_code, captured_day, mid, COUNT(*), SUM(fee), SUM(amount) FROM ${at('commission_lines')}
        GROUP BY 1, 2, 3, 4`,
    };
  }

  /** Runs in the parts that the run itself would make of their movements. */
  async #runs(session, days, at) {
    await session.query(
      `INSERT INTO ${at('settlement_runs')} (captured_day, id, status, requested_by, line_count, settlement_count, started_at, finished_at)
       SELECT s.captured_day, CONCAT('run_', DATE_FORMAT(s.captured_day, '%Y%m%d'), REPEAT('0', 18)), 'DONE', '${ACTOR}',
         SUM(s.approval_count + s.cancel_count), COUNT(DISTINCT s.mid), UTC_TIMESTAMP(3), UTC_TIMESTAMP(3)
       FROM ${at('daily_merchant_sales')} s GROUP BY 1`,
    );
    const [counts] = await session.query(
      `SELECT CAST(captured_day AS CHAR) AS day, mid, SUM(approval_count + cancel_count) AS n
       FROM ${at('daily_merchant_sales')} GROUP BY 1, 2 ORDER BY 1, 2`,
    );
    // Built by the time that it is needed, and not before.
    const { partsOf } = await import(fromRoot('dist/src/modules/settlements/run/run-parts.policy.js'));
    for (const { capturedOn } of days) {
      const ofDay = counts.filter(({ day }) => day === capturedOn);
      const parts = partsOf(capturedOn, ofDay).map(({ day, part, firstMid, lastMid, transactionCount }) => [
        ...[day, part, firstMid, lastMid, transactionCount],
        new Date(),
      ]);
      if (parts.length === 0) continue;
      await session.query(
        `INSERT INTO ${at('settlement_run_parts')} (captured_day, part, first_mid, last_mid, transaction_count, done_at) VALUES ?`,
        [parts],
      );
    }
    await session.query(`UPDATE ${at('settlement_calendar')} SET closed_through = ?`, [
      days.at(-1).capturedOn,
    ]);
  }

  #commissionTransfers(at) {
    return `INSERT INTO ${at('ledger_transfers')} (kind, source_id, mid, debit_account, credit_account, amount)
      SELECT 'COMMISSION', CONCAT('A:', c.earner_code, ':', DATE_FORMAT(c.captured_day, '%Y%m%d'), ':', p.part), NULL,
        IF(SUM(c.amount) > 0, 'COMMISSION_EXPENSE', 'COMMISSION_PAYABLE'),
        IF(SUM(c.amount) > 0, 'COMMISSION_PAYABLE', 'COMMISSION_EXPENSE'), ABS(SUM(c.amount))
      FROM ${at('daily_commissions')} c JOIN ${at('settlement_run_parts')} p
        ON p.captured_day = c.captured_day AND c.mid BETWEEN p.first_mid AND p.last_mid
      GROUP BY c.earner_code, c.captured_day, p.part HAVING SUM(c.amount) <> 0`;
  }
}
