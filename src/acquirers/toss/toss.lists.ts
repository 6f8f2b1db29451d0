import type { AcquirerMovement, AcquirerSettlementLine, ListOutcome } from '../port/ability.types';
import type { ContractAccess, Exchange } from '../port/acquirer.types';
import { notAsAsked } from '../shared/answers';
import { readAs, type TossReading, tossRecord } from './toss.answers';
import type { TossClient } from './toss.client';
import { TOSS_LIST_REFUSALS } from './toss.codes';
import {
  type TossSettlement,
  tossSettlementsSchema,
  type TossTransaction,
  tossTransactionsSchema,
} from './toss.wire';

const TRANSACTIONS = '/v1/transactions';
const SETTLEMENTS = '/v1/settlements';
/** A page of so many stays far below the longest answer that is read. */
const TRANSACTIONS_PAGE = 250;
const SETTLEMENTS_PAGE = 100;

/** TossPayments' lists of a Korean day: what moved, and what of it is paid out. */
export class TossLists {
  constructor(private readonly client: TossClient) {}

  async movements(
    access: ContractAccess,
    day: string,
    next: string | null,
  ): Promise<ListOutcome<AcquirerMovement>> {
    const query = {
      startDate: `${day}T00:00:00`,
      endDate: `${day}T23:59:59`,
      ...(next === null ? {} : { startingAfter: next }),
      limit: String(TRANSACTIONS_PAGE),
    };
    const [answer, exchange] = await this.ask(access, TRANSACTIONS, query, tossTransactionsSchema);
    if (answer.kind !== 'VALUE') return failed(answer, exchange);
    const rows = answer.value;
    if (!areOurs(access, rows)) return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
    const isFull = rows.length === TRANSACTIONS_PAGE;
    return { kind: 'PAGE', lines: movementsOf(rows), next: isFull ? rows.at(-1)!.transactionKey : null };
  }

  /** By the day of the sale; `next` is the number of the page. */
  async settlements(
    access: ContractAccess,
    day: string,
    next: string | null,
  ): Promise<ListOutcome<AcquirerSettlementLine>> {
    const page = next ?? '1';
    const size = String(SETTLEMENTS_PAGE);
    const query = { startDate: day, endDate: day, dateType: 'soldDate', page, size };
    const [answer, exchange] = await this.ask(access, SETTLEMENTS, query, tossSettlementsSchema);
    if (answer.kind !== 'VALUE') return failed(answer, exchange);
    const rows = answer.value;
    if (!areOurs(access, rows)) return { kind: 'UNKNOWN', exchange: notAsAsked(exchange) };
    const isFull = rows.length === SETTLEMENTS_PAGE;
    return { kind: 'PAGE', lines: rows.map(settlementLine), next: isFull ? String(Number(page) + 1) : null };
  }

  private async ask<Row>(
    access: ContractAccess,
    path: string,
    query: Record<string, string>,
    schema: Parameters<typeof readAs<Row[]>>[1],
  ): Promise<[TossReading<Row[]>, Exchange]> {
    const result = await this.client.get(access, `${path}?${new URLSearchParams(query).toString()}`);
    const answer = readAs(result, schema, 'BODY_NOT_THE_LIST');
    const response = answer.kind === 'VALUE' ? { rows: answer.value.length } : null;
    return [answer, tossRecord({ endpoint: `GET ${path}`, request: query, response }, result, answer)];
  }
}

function failed(
  answer: Exclude<TossReading<unknown>, { kind: 'VALUE' }>,
  exchange: Exchange,
): Extract<ListOutcome<never>, { exchange: Exchange }> {
  if (answer.kind === 'NOT_SENT') return { kind: 'NOT_SENT', exchange };
  const isRefused = answer.kind === 'ERROR' && TOSS_LIST_REFUSALS.has(answer.error.code);
  return { kind: isRefused ? 'REFUSED' : 'UNKNOWN', exchange };
}

function areOurs(access: ContractAccess, rows: readonly { mId: string; currency: string }[]): boolean {
  return rows.every(({ mId, currency }) => mId === access.acquirerMerchantId && currency === 'KRW');
}

const KINDS: Readonly<Record<string, AcquirerMovement['kind']>> = {
  DONE: 'APPROVAL',
  CANCELED: 'CANCEL',
  PARTIAL_CANCELED: 'CANCEL',
};

/** The status says what a row is, since the sign of a cancel is not documented. Rows that moved no money are left out. */
export function movementsOf(rows: readonly TossTransaction[]): AcquirerMovement[] {
  return rows.flatMap((row) => {
    const kind = KINDS[row.status];
    if (kind === undefined) return [];
    return [
      {
        kind,
        acquirerOrderNo: row.orderId,
        acquirerTransactionId: row.paymentKey,
        movementId: row.transactionKey,
        amount: Math.abs(row.amount),
        at: new Date(row.transactionAt),
      },
    ];
  });
}

/** A line with a cancel takes back: its fee, VAT and payout are negative whatever sign they came with. */
export function settlementLine(row: TossSettlement): AcquirerSettlementLine {
  const sign = row.cancel === null ? 1 : -1;
  const signed = (won: number) => (won === 0 ? 0 : sign * Math.abs(won));
  return {
    kind: row.cancel === null ? 'APPROVAL' : 'CANCEL',
    acquirerOrderNo: row.orderId,
    acquirerTransactionId: row.paymentKey,
    movementId: row.transactionKey,
    amount: Math.abs(row.amount),
    at: new Date(row.cancel?.canceledAt ?? row.approvedAt),
    fee: signed(row.suppliedAmount),
    vat: signed(row.vat),
    net: signed(row.payOutAmount),
    payoutDay: row.paidOutDate,
  };
}
