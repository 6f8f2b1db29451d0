import { z } from 'zod';

/**
 * The parts of __Name__'s answers that we act on. Everything is checked before it is believed; an answer that does not
 * fit is treated as no answer. The members below are the skeleton's: put the manual's in their place.
 */
const won = z.number().int().nonnegative();

export const __name__PaymentSchema = z.object({
  code: z.literal('OK'),
  transactionId: z.string().min(1).max(100),
  orderNo: z.string(),
  state: z.enum(['APPROVED', 'PARTIALLY_CANCELLED', 'CANCELLED', 'NOT_APPROVED']),
  amount: won,
  balance: won,
  approvalNo: z.string(),
  approvedAt: z.string(),
  issuer: z.string(),
  cancels: z.array(z.object({ cancelId: z.string().min(1).max(64), amount: won, at: z.string() })),
});
export type __Name__Payment = z.infer<typeof __name__PaymentSchema>;

export const __name__ErrorSchema = z.object({ code: z.string().min(1).max(100), message: z.string() });
export type __Name__Error = z.infer<typeof __name__ErrorSchema>;
