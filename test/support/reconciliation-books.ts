import type { Connection } from 'mysql2/promise';
import { newId } from '../../src/common/ids/id';
import { startOfKoreanDay } from '../../src/common/time/korean-time';

/** One movement as the sandbox is told to list it. */
export interface ListedEntry {
  readonly kind: 'approval' | 'cancel';
  readonly acquirerOrderNo: string;
  readonly acquirerTransactionId: string;
  readonly movementId: string;
  readonly mid: string;
  readonly amount: number;
  readonly atMs: number;
}

export interface BookedCancel {
  readonly cancelId: string;
  readonly movementId: string;
  /** Whether our book knows the acquirer's id of it. */
  readonly isNamed: boolean;
  readonly amount: number;
  readonly atMs: number;
}

export interface BookedPayment {
  readonly paymentId: string;
  readonly transactionId: string;
  readonly amount: number;
  readonly atMs: number;
  readonly cancels: readonly BookedCancel[];
  /** APPROVED and those after it are charged here; REVERSED_LATER was, and was undone after that. */
  readonly status: 'CHARGED' | 'FAILED' | 'REVERSED' | 'REVERSING' | 'REVERSED_LATER';
}

export interface Place {
  readonly mid: string;
  readonly contractId: string;
  readonly acquirer: string;
  readonly acquirerMerchantId: string;
}

const DAY_S = 86_400;

/** Numbers that look random and are the same for the same seed. */
export function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A merchant's payments of a day, which both sides book alike until a test has one of them say otherwise. */
export class DayBook {
  readonly payments: BookedPayment[] = [];
  private serial = 0;
  private strangers = 0;

  constructor(
    readonly place: Place,
    readonly day: string,
    private readonly chance: () => number,
  ) {}

  /** A number that names nothing of this book. */
  nextStranger(): number {
    this.strangers += 1;
    return this.strangers;
  }

  /** So many cancels of it; at a second of the day where that counts. */
  book(more: Partial<BookedPayment> & { cancelCount?: number; second?: number } = {}): BookedPayment {
    const { cancelCount = 0, second = 1_000 + Math.floor(this.chance() * (DAY_S - 10_000)), ...rest } = more;
    this.serial += 1;
    const amount = 1_000 + Math.floor(this.chance() * 90) * 1_000;
    const atMs = startOfKoreanDay(this.day).getTime() + second * 1_000;
    const cancels = Array.from({ length: cancelCount }, (_, index): BookedCancel => ({
      ...{ cancelId: newId('pcn'), movementId: `C${this.name()}${index}`, isNamed: this.chance() < 0.5 },
      ...{ amount: Math.floor(amount / 5), atMs: atMs + (index + 1) * 60_000 },
    }));
    const payment: BookedPayment = {
      ...{ paymentId: newId('pay'), transactionId: `${this.day.replaceAll('-', '')}NP${this.name()}` },
      ...{ amount, atMs, cancels, status: 'CHARGED' },
      ...rest,
    };
    this.payments.push(payment);
    return payment;
  }

  /** What the acquirer's list would hold of a payment, were it all in order. */
  listed({ paymentId, transactionId, amount, atMs, cancels, status }: BookedPayment): ListedEntry[] {
    const named = { acquirerOrderNo: paymentId, acquirerTransactionId: transactionId };
    const of = (kind: ListedEntry['kind'], movementId: string, won: number, at: number): ListedEntry => ({
      ...{ kind, ...named, movementId, mid: this.place.acquirerMerchantId, amount: won, atMs: at },
    });
    if (status === 'FAILED') return [];
    const undone = status === 'REVERSED' || status === 'REVERSED_LATER';
    return [
      of('approval', `A${transactionId}`, amount, atMs),
      ...cancels.map((cancel) => of('cancel', cancel.movementId, cancel.amount, cancel.atMs)),
      ...(undone ? [of('cancel', `U${transactionId}`, amount, atMs + 30_000)] : []),
    ];
  }

  async insert(connection: Connection): Promise<void> {
    const { mid, contractId, acquirer } = this.place;
    const utc = (ms: number) => new Date(ms).toISOString().slice(0, 23).replace('T', ' ');
    const payments: unknown[][] = [];
    const cancels: unknown[][] = [];
    const movements: unknown[][] = [];
    for (const { paymentId, transactionId, amount, atMs, status, ...rest } of this.payments) {
      const done = rest.cancels.reduce((sum, cancel) => sum + cancel.amount, 0);
      const isCharged = status === 'CHARGED' || status === 'REVERSED_LATER';
      const state = status === 'CHARGED' ? (done > 0 ? 'PARTIALLY_CANCELLED' : 'APPROVED') : status;
      payments.push([
        ...[
          paymentId,
          mid,
          `B-${paymentId}`,
          state.replace('_LATER', ''),
          2,
          'CARD',
          'KEY_IN',
          amount,
          0,
          0,
          0,
        ],
        ...[
          amount - done,
          done,
          0,
          '만년필',
          'a'.repeat(64),
          'b'.repeat(64),
          contractId,
          acquirer,
          newId('att'),
          1,
        ],
        ...[paymentId, isCharged ? transactionId : null, 'CREDIT', isCharged ? utc(atMs) : null],
        ...[utc(atMs), status === 'REVERSING' ? utc(Date.now()) : utc(atMs)],
      ]);
      const moved = (
        kind: string,
        source: string,
        won: number,
        left: readonly [number, number],
        at: number,
      ) =>
        movements.push([
          ...[kind, source, paymentId, mid, contractId, acquirer, 'CARD', 'CREDIT', won, won, ...left],
          ...[this.day, utc(at)],
        ]);
      if (!isCharged) continue;
      moved('APPROVAL', paymentId, amount, [0, amount], atMs);
      let left = amount;
      for (const { cancelId, movementId, isNamed, amount: won, atMs: at } of rest.cancels) {
        cancels.push([
          ...[
            cancelId,
            paymentId,
            mid,
            'DONE',
            2,
            won,
            0,
            '변심',
            'test',
            cancelId,
            isNamed ? movementId : null,
          ],
          ...[left - won, utc(at), utc(at)],
        ]);
        moved('CANCEL', cancelId, -won, [left, left - won], at);
        left -= won;
      }
      if (status === 'REVERSED_LATER') moved('REVERSAL', paymentId, -amount, [amount, 0], atMs + 30_000);
    }
    await connection.query(
      `INSERT INTO payments (id, mid, order_no, status, version, method, channel, amount, tax_free_amount, service_charge,
         vat, balance_amount, cancelled_amount, tax_free_balance, goods_name, content_fingerprint, request_hash,
         contract_id, acquirer, attempt_id, attempt_count, acquirer_order_no, acquirer_transaction_id, card_type,
         approved_at, created_at, updated_at) VALUES ?`,
      [payments],
    );
    if (cancels.length > 0)
      await connection.query(
        `INSERT INTO payment_cancels (id, payment_id, mid, status, version, amount, tax_free_amount, reason, requested_by,
           cancel_key, acquirer_cancel_id, balance_after, requested_at, cancelled_at) VALUES ?`,
        [cancels],
      );
    await connection.query(
      `INSERT INTO transactions (kind, source_id, payment_id, mid, contract_id, acquirer, method, card_type, amount,
         settled_amount, left_before, left_after, captured_day, occurred_at) VALUES ?`,
      [movements],
    );
  }

  private name(): string {
    const letter = this.place.acquirer.slice(0, 1).toUpperCase();
    return `9${String(this.serial).padStart(8, '0')}${letter}`;
  }
}

/** What a test has the acquirer say, and the case that must come of it: `KIND movement own/theirs name`. */
export interface Break {
  readonly discrepancies: readonly object[];
  /** These of our payments are not listed at all. */
  readonly unlisted?: readonly BookedPayment[];
  readonly expected: readonly string[];
}

const told = (kind: string, movement: string, amounts: string, name: string) =>
  `${kind} ${movement} ${amounts} ${name}`;

/** Twenty ways in which a list of movements can differ from our book, each made on payments of its own. */
export function breaksOf(book: DayBook, chance: () => number): Break[] {
  const { acquirer, acquirerMerchantId: mid } = book.place;
  const plain = () => book.book();
  const at = startOfKoreanDay(book.day).getTime() + 40_000_000;
  const stranger = (kind: 'approval' | 'cancel', more: Partial<ListedEntry> = {}): ListedEntry => {
    const strangers = book.nextStranger();
    const name = `${book.day.replaceAll('-', '')}NP8${acquirer.slice(0, 1).toUpperCase()}${strangers}`;
    return {
      ...{
        kind,
        acquirerOrderNo: `STRANGER-${strangers}`,
        acquirerTransactionId: name,
        movementId: `S${kind}${name}`,
      },
      ...{ mid, amount: 1_000 + Math.floor(chance() * 1_000), atMs: at },
      ...more,
    };
  };
  const change = (what: string, { transactionId }: BookedPayment, more: object = {}) => ({
    ...{ what, acquirerTransactionId: transactionId, kind: 'approval' },
    ...more,
  });
  const missingThere = (payment: BookedPayment) =>
    told('MISSING_THERE', 'APPROVAL', `${payment.amount}/null`, payment.transactionId);
  const one = (payment: BookedPayment, discrepancy: object, expected: string): Break => ({
    discrepancies: [discrepancy],
    expected: [`${expected} ${payment.transactionId}`],
  });
  const ofCancel = (what: string, payment: BookedPayment, index: number, more: object = {}) =>
    change(what, payment, { kind: 'cancel', index, ...more });
  const swapped = (payment: BookedPayment) =>
    acquirer === 'toss'
      ? `STATE_DIFFERS APPROVAL ${payment.amount}/${payment.amount}`
      : `MISSING_HERE CANCEL null/${payment.amount}`;
  const ways: (() => Break)[] = [
    () => ((p) => one(p, change('OMIT', p), `MISSING_THERE APPROVAL ${p.amount}/null`))(plain()),
    () =>
      ((p) => one(p, change('OMIT', p), `MISSING_THERE APPROVAL ${p.amount}/null`))(
        book.book({ cancelCount: 1 }),
      ),
    () =>
      ((p) => one(p, ofCancel('OMIT', p, 0), `MISSING_THERE CANCEL ${p.cancels[0]!.amount}/null`))(
        book.book({ cancelCount: 1 }),
      ),
    () =>
      ((p) => one(p, ofCancel('OMIT', p, 1), `MISSING_THERE CANCEL ${p.cancels[1]!.amount}/null`))(
        book.book({ cancelCount: 2 }),
      ),
    () =>
      ((entry) => ({
        discrepancies: [{ what: 'ADD', entry }],
        expected: [told('MISSING_HERE', 'APPROVAL', `null/${entry.amount}`, entry.acquirerTransactionId)],
      }))(stranger('approval')),
    () =>
      ((entry) => ({
        discrepancies: [
          { what: 'ADD', entry },
          {
            what: 'ADD',
            entry: { ...entry, kind: 'cancel', movementId: `K${entry.movementId}`, atMs: at + 5_000 },
          },
        ],
        expected: ['APPROVAL', 'CANCEL'].map((kind) =>
          told('MISSING_HERE', kind, `null/${entry.amount}`, entry.acquirerTransactionId),
        ),
      }))(stranger('approval')),
    () =>
      ((p) => ({
        discrepancies: [
          {
            what: 'ADD',
            entry: stranger('cancel', {
              ...{ acquirerOrderNo: p.paymentId, acquirerTransactionId: p.transactionId, amount: 77 },
              atMs: p.atMs + 600_000,
            }),
          },
        ],
        expected: [told('MISSING_HERE', 'CANCEL', 'null/77', p.transactionId)],
      }))(plain()),
    ...[1, -500].map(
      (by) => () =>
        ((p) =>
          one(
            p,
            change('AMOUNT', p, { amount: p.amount + by }),
            `AMOUNT_DIFFERS APPROVAL ${p.amount}/${p.amount + by}`,
          ))(plain()),
    ),
    ...[1, -100].map(
      (by) => () =>
        ((p) => {
          const { amount } = p.cancels[0]!;
          return one(
            p,
            ofCancel('AMOUNT', p, 0, { amount: amount + by }),
            `CANCEL_DIFFERS CANCEL ${amount}/${amount + by}`,
          );
        })(book.book({ cancelCount: 2 })),
    ),
    () => ((p) => one(p, change('KIND', p), swapped(p)))(plain()),
    () => ((p) => one(p, change('CANCELLED', p), `MISSING_HERE CANCEL null/${p.amount}`))(plain()),
    ...(['FAILED', 'REVERSED'] as const).map(
      (status) => () =>
        ((p) => ({
          discrepancies: [{ what: 'ADD', entry: book.listed({ ...p, status: 'CHARGED' })[0]! }],
          unlisted: [p],
          expected: [told('STATE_DIFFERS', 'APPROVAL', `null/${p.amount}`, p.transactionId)],
        }))(book.book({ status })),
    ),
    () =>
      ((p) => {
        const entry = stranger('approval', { acquirerOrderNo: p.paymentId, amount: p.amount });
        return {
          discrepancies: [{ what: 'ADD', entry }],
          expected: [told('MISSING_HERE', 'APPROVAL', `null/${p.amount}`, entry.acquirerTransactionId)],
        };
      })(plain()),
    () => ((p) => ({ discrepancies: [], unlisted: [p], expected: [missingThere(p)] }))(plain()),
    () =>
      ((p) => ({
        ...{ discrepancies: [], unlisted: [p] },
        expected: [
          missingThere(p),
          told('MISSING_THERE', 'CANCEL', `${p.cancels[0]!.amount}/null`, p.transactionId),
        ],
      }))(book.book({ cancelCount: 1 })),
    () =>
      ((p) => one(p, ofCancel('OMIT', p, 0), `MISSING_THERE CANCEL ${p.amount}/null`))(
        book.book({ status: 'REVERSED_LATER' }),
      ),
    () =>
      ((p) =>
        one(p, change('MOVE', p, { byMs: -2 * DAY_S * 1_000 }), `MISSING_THERE APPROVAL ${p.amount}/null`))(
        plain(),
      ),
  ];
  return ways.map((way) => way());
}

/** Payments on which the two sides look different and are not. Answers what the acquirer has to say of them. */
export function harmlessOf(book: DayBook): object[] {
  const late = book.book({ second: DAY_S - 2 });
  const early = book.book({ second: 2 });
  book.book({ status: 'REVERSED' });
  book.book({ status: 'FAILED' });
  book.book({ status: 'REVERSED_LATER' });
  const move = ({ transactionId }: BookedPayment, byMs: number) => ({
    ...{ what: 'MOVE', acquirerTransactionId: transactionId, byMs },
  });
  return [move(late, 5_000), move(early, -5_000)];
}
