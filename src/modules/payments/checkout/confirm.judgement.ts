import type { ConfirmOutcome } from '../../../acquirers/port/window.types';
import type { ConfirmClosing } from '../journal/confirm-journal';
import type { FailureCode, MismatchCode, Payment } from '../payments.types';

/** What a confirm's outcome means for the payment. */
export type Judged =
  | { readonly kind: 'APPROVE' }
  | { readonly kind: 'FAIL'; readonly code: FailureCode }
  /** Nothing was taken; the payer may go on. */
  | { readonly kind: 'REOPEN' }
  /** Money was taken, or may have been, and must go back. */
  | {
      readonly kind: 'UNDO';
      readonly code: MismatchCode | null;
      readonly acquirerTransactionId: string | null;
      /** Where the acquirer has the money under another number than ours. */
      readonly acquirerOrderNo: string | null;
    };

type Told = Pick<ConfirmClosing, 'payment' | 'to' | 'outcome' | 'exchange' | 'set' | 'reason'>;

/** What of it is written. */
export function closingOf(payment: Payment, judged: Judged, outcome: ConfirmOutcome): Told {
  const told = { payment, outcome: outcome.kind, exchange: outcome.exchange };
  switch (judged.kind) {
    case 'APPROVE':
      if (outcome.kind !== 'APPROVED') throw new Error('only an approval approves');
      return {
        ...told,
        to: 'APPROVED',
        reason: 'confirmed by the acquirer',
        set: {
          acquirerTransactionId: outcome.acquirerTransactionId,
          acquirerOrderNo: outcome.acquirerOrderNo,
          method: outcome.method,
          approvedAt: outcome.approvedAt,
          approvalNo: outcome.card?.approvalNo,
          cardIssuer: outcome.card?.issuer,
          cardType: outcome.card?.cardType,
          cardOwnerType: outcome.card?.ownerType,
          interestFree: outcome.card?.interestFree,
        },
      };
    case 'FAIL':
      return {
        ...told,
        to: 'FAILED',
        reason: outcome.kind === 'DECLINED' ? 'declined by the acquirer' : 'not the payment of this order',
        set: { failureCode: judged.code },
      };
    case 'REOPEN':
      return { ...told, to: 'CREATED', reason: 'nothing was taken', set: {} };
    case 'UNDO': {
      const { acquirerTransactionId, acquirerOrderNo, code } = judged;
      return {
        ...told,
        to: 'REVERSING',
        reason: code === null ? 'the acquirer gave no usable answer' : 'not what was asked for',
        set: {
          acquirerTransactionId,
          ...(acquirerOrderNo === null ? {} : { acquirerOrderNo }),
          ...(code === null ? {} : { failureCode: code }),
        },
      };
    }
  }
}
