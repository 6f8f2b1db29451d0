import { z } from 'zod';

/**
 * The parts of TossPayments' answers that we act on (core API v1, "Payment" object and error body). Everything is
 * checked before it is believed; an answer that does not fit is treated as no answer.
 */
const won = z.number().int().nonnegative();

export const tossCancelSchema = z.object({
  cancelAmount: won,
  transactionKey: z.string().min(1).max(64),
  canceledAt: z.string(),
});

export const tossPaymentSchema = z.object({
  mId: z.string(),
  paymentKey: z.string().min(1).max(200),
  orderId: z.string(),
  status: z.enum([
    'READY',
    'IN_PROGRESS',
    'WAITING_FOR_DEPOSIT',
    'DONE',
    'CANCELED',
    'PARTIAL_CANCELED',
    'ABORTED',
    'EXPIRED',
  ]),
  currency: z.string(),
  method: z.string().nullish(),
  totalAmount: won,
  balanceAmount: won,
  approvedAt: z.string().nullable(),
  lastTransactionKey: z.string().nullable(),
  cancels: z.array(tossCancelSchema).nullable(),
  card: z
    .object({
      issuerCode: z.string(),
      approveNo: z.string(),
      cardType: z.string(),
      ownerType: z.string(),
      isInterestFree: z.boolean(),
    })
    .nullable(),
  /** Of virtual accounts. */
  virtualAccount: z
    .object({
      accountNumber: z.string().regex(/^[A-Za-z0-9-]{1,20}$/),
      bankCode: z.string(),
      dueDate: z.string(),
      depositorName: z.string().nullish(),
    })
    .nullish(),
  secret: z.string().min(1).max(50).nullish(),
});
export type TossPayment = z.infer<typeof tossPaymentSchema>;

/** "Billing 객체". Version 2024-06-01 has no `cardNumber` of its own beside the card. */
export const tossBillingSchema = z.object({
  mId: z.string(),
  customerKey: z.string(),
  billingKey: z.string().min(1).max(200),
  card: z.object({ issuerCode: z.string(), cardType: z.string(), ownerType: z.string() }),
});
export type TossBilling = z.infer<typeof tossBillingSchema>;

/** An ISO 8601 time that can be read. */
const time = z.string().refine((text) => !Number.isNaN(Date.parse(text)));
/** Signed where TossPayments signs cancels, which is not documented. */
const signedWon = z.number().int();

/** "CashReceipt 객체": an issue, or a cancel of one. */
export const tossCashReceiptSchema = z.object({
  receiptKey: z.string().min(1).max(200),
  orderId: z.string(),
  transactionType: z.enum(['CONFIRM', 'CANCEL']),
  issueNumber: z.string().min(1).max(20),
  issueStatus: z.enum(['IN_PROGRESS', 'COMPLETED', 'FAILED']),
  amount: won,
  requestedAt: time,
});
export type TossCashReceipt = z.infer<typeof tossCashReceiptSchema>;

export const tossCashReceiptPageSchema = z
  .object({
    hasNext: z.boolean(),
    lastCursor: z.union([z.number().int(), z.string().min(1)]).nullish(),
    data: z.array(tossCashReceiptSchema),
  })
  .refine(({ hasNext, lastCursor }) => !hasNext || (lastCursor ?? null) !== null);
export type TossCashReceiptPage = z.infer<typeof tossCashReceiptPageSchema>;

/** "Transaction 객체". */
export const tossTransactionsSchema = z.array(
  z.object({
    mId: z.string(),
    transactionKey: z.string().min(1).max(64),
    paymentKey: z.string().min(1).max(200),
    orderId: z.string(),
    status: z.string(),
    transactionAt: time,
    currency: z.string(),
    amount: signedWon,
  }),
);
export type TossTransaction = z.infer<typeof tossTransactionsSchema>[number];

/** "Settlement 객체". */
export const tossSettlementsSchema = z.array(
  z.object({
    mId: z.string(),
    paymentKey: z.string().min(1).max(200),
    transactionKey: z.string().min(1).max(64),
    orderId: z.string(),
    currency: z.string(),
    amount: signedWon,
    suppliedAmount: signedWon,
    vat: signedWon,
    payOutAmount: signedWon,
    approvedAt: time,
    paidOutDate: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
    cancel: z.object({ canceledAt: time }).nullable(),
  }),
);
export type TossSettlement = z.infer<typeof tossSettlementsSchema>[number];

export const tossErrorSchema = z.object({ code: z.string().min(1).max(100), message: z.string() });
export type TossError = z.infer<typeof tossErrorSchema>;

/** Body of `POST /v1/payments/key-in`. */
export interface TossKeyInRequest {
  readonly amount: number;
  readonly orderId: string;
  readonly orderName: string;
  readonly cardNumber: string;
  readonly cardExpirationYear: string;
  readonly cardExpirationMonth: string;
  readonly customerIdentityNumber?: string;
  readonly cardPassword?: string;
  readonly cardInstallmentPlan?: number;
  readonly taxFreeAmount?: number;
  readonly customerName?: string;
  readonly customerEmail?: string;
}

/** Body of `POST /v1/billing/authorizations/card`. */
export interface TossBillingKeyRequest {
  readonly customerKey: string;
  readonly cardNumber: string;
  readonly cardExpirationYear: string;
  readonly cardExpirationMonth: string;
  readonly customerIdentityNumber?: string;
  readonly cardPassword?: string;
  readonly customerName?: string;
  readonly customerEmail?: string;
}

/** Body of `POST /v1/cash-receipts`. */
export interface TossCashReceiptRequest {
  readonly amount: number;
  readonly orderId: string;
  readonly orderName: string;
  readonly customerIdentityNumber: string;
  readonly type: '소득공제' | '지출증빙';
  readonly taxFreeAmount: number;
}

/** Body of `POST /v1/billing/{billingKey}`. */
export interface TossBillingChargeRequest {
  readonly amount: number;
  readonly customerKey: string;
  readonly orderId: string;
  readonly orderName: string;
  readonly customerName?: string;
  readonly customerEmail?: string;
  readonly taxFreeAmount: number;
  readonly cardInstallmentPlan: number;
}

/** Body of `POST /v1/payments/confirm`. */
export interface TossConfirmRequest {
  readonly paymentKey: string;
  readonly orderId: string;
  readonly amount: number;
}

/** Body of `POST /v1/payments/{paymentKey}/cancel`. */
export interface TossCancelRequest {
  readonly cancelReason: string;
  readonly cancelAmount: number;
  readonly taxFreeAmount: number;
  /** Where the deposit of a virtual account goes back to. */
  readonly refundReceiveAccount?: {
    readonly bank: string;
    readonly accountNumber: string;
    readonly holderName: string;
  };
}

/** Body of `POST /v1/virtual-accounts`. */
export interface TossVirtualAccountRequest {
  readonly amount: number;
  readonly orderId: string;
  readonly orderName: string;
  readonly customerName: string;
  readonly bank: string;
  /** Korean local time, without an offset. */
  readonly dueDate: string;
  readonly taxFreeAmount: number;
}

const name = z.string().min(1).max(200);

/**
 * TossPayments' three webhook envelopes ("웹훅 이벤트"). The first two carry `eventType`; a deposit notice is flat and
 * has none. Only what leads to a payment is read.
 */
export const tossEventSchema = z.object({
  eventType: name,
  data: z.object({
    mId: name.nullish(),
    paymentKey: name.nullish(),
    orderId: name.nullish(),
  }),
});
export const tossEntityEventSchema = z.object({ eventType: name, version: z.string() });
export const tossDepositSchema = z.object({ secret: z.string(), status: name, orderId: name });
