import { z } from 'zod';
import { WON_MAX } from '../../common/money/won';
import { isCalendarDay } from '../../common/time/korean-time';
import { OPERATIONS } from './acquirer';
import { isCallFault, parseFault } from './faults';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const PAGE_MAX = 10_000;
const PAGE_DEFAULT = 1_000;

const fault = z.string().transform((text, context) => {
  const parsed = parseFault(text);
  if (!('problem' in parsed)) return parsed;
  context.issues.push({ code: 'custom', message: parsed.problem, input: text });
  return z.NEVER;
});

const seed = z.int().min(0).max(0xffff_ffff).default(1);
const count = z
  .string()
  .regex(/^\d{1,15}$/, 'must be a whole number')
  .transform(Number);
const limit = count.refine((value) => value <= PAGE_MAX, `must be at most ${PAGE_MAX}`).default(PAGE_DEFAULT);

export const faultSchema = z.strictObject({
  acquirer: z.string(),
  operation: z.enum([...OPERATIONS, '*']),
  fault,
  times: z.int().min(1).max(1_000_000).optional(),
  afterMs: z.int().min(0).max(HOUR_MS).optional(),
});

export const depositSchema = z.strictObject({
  amount: z.int().min(1).max(WON_MAX),
  depositor: z.string().min(1).max(40),
});

export const settleSchema = z.strictObject({
  date: z.string().refine(isCalendarDay, 'must be a day, YYYY-MM-DD'),
});

const listed = {
  list: z.enum(['MOVEMENTS', 'SETTLEMENTS']).default('MOVEMENTS'),
  acquirerTransactionId: z.string().min(1).max(200),
  kind: z.enum(['approval', 'cancel']).default('approval'),
  index: z.int().min(0).max(100).default(0),
};
const won = z.int().min(0).max(WON_MAX);

const discrepancy = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('OMIT'), ...listed }),
  z.strictObject({ what: z.literal('AMOUNT'), ...listed, amount: won }),
  z.strictObject({
    what: z.literal('MOVE'),
    ...listed,
    byMs: z
      .int()
      .min(-7 * DAY_MS)
      .max(7 * DAY_MS),
  }),
  z.strictObject({ what: z.literal('KIND'), ...listed }),
  z.strictObject({ what: z.literal('CANCELLED'), ...listed }),
  z.strictObject({ what: z.literal('FEE'), ...listed, fee: z.int().min(-WON_MAX).max(WON_MAX) }),
  z.strictObject({
    what: z.literal('ADD'),
    entry: z.strictObject({
      kind: z.enum(['approval', 'cancel']),
      acquirerOrderNo: z.string().min(1).max(200),
      acquirerTransactionId: z.string().min(1).max(200),
      movementId: z.string().min(1).max(200),
      mid: z.string().min(1).max(64),
      amount: won,
      atMs: z.int().min(0),
    }),
  }),
]);

export const discrepanciesSchema = z.strictObject({
  acquirer: z.string(),
  discrepancies: z.array(discrepancy).min(1).max(500),
});

export const latencySchema = z
  .strictObject({
    acquirer: z.string(),
    p50Ms: z.number().min(0).max(60_000),
    p99Ms: z.number().min(0).max(600_000),
    seed,
  })
  .refine(({ p50Ms, p99Ms }) => (p50Ms === 0 ? p99Ms === 0 : p99Ms >= p50Ms), {
    message: 'p99Ms must not be below p50Ms; both 0 take the delay away.',
    path: ['p99Ms'],
  });

export const errorRateSchema = z.strictObject({
  acquirer: z.string(),
  rate: z.number().min(0).max(1),
  kind: fault.transform((kind, context) => {
    if (isCallFault(kind)) return kind;
    context.issues.push({
      code: 'custom',
      message: 'must be a fault of calls, not of webhooks',
      input: kind,
    });
    return z.NEVER;
  }),
  seed,
});

/** An instant, or the number of a ledger entry. A `+` that a client did not escape comes as a space. */
const from = z.string().transform((text, context) => {
  if (/^\d{1,15}$/.test(text)) return { seq: Number(text), atMs: undefined };
  const iso = text.replace(' ', '+');
  const atMs = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(iso) ? Date.parse(iso) : Number.NaN;
  if (!Number.isNaN(atMs)) return { seq: 1, atMs };
  context.issues.push({
    code: 'custom',
    message: 'must be a time with its offset (2026-01-02T03:04:05+09:00) or the number of a ledger entry',
    input: text,
  });
  return z.NEVER;
});

export const ledgerSchema = z.strictObject({
  acquirer: z.string(),
  acquirerOrderNo: z.string().max(200).optional(),
  from: from.optional(),
  cursor: count.default(0),
  limit: limit.refine((value) => value > 0, 'must be at least 1'),
});

export const callsSchema = z.strictObject({
  acquirer: z.string().optional(),
  operation: z.enum(OPERATIONS).optional(),
  acquirerOrderNo: z.string().max(200).optional(),
  cursor: count.default(0),
  limit,
});

export const cashReceiptsSchema = z.strictObject({
  acquirer: z.string(),
  cursor: count.default(0),
  limit: limit.refine((value) => value > 0, 'must be at least 1'),
});

export const credentialsSchema = z.strictObject({ acquirer: z.string() });

export const clockSchema = z.strictObject({
  offsetMs: z
    .int()
    .min(-3_660 * DAY_MS)
    .max(3_660 * DAY_MS),
});

export const messagesSchema = z.strictObject({ to: z.string().min(3).max(200).optional() });
