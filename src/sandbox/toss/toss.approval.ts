import type { Outcome } from '../core/acquirer';
import { type CardProfile, LATE_APPROVAL_MS } from '../core/cards';
import { tossError, type TossCode } from './toss.errors';
import { DECLINE_CODES } from './toss.cards';
import type { TossRequest } from './toss.gate';
import type { TossPayment } from './toss.payment';
import type { IdempotencyMark } from './toss.records';

/** How key-in and confirm differ once the card is asked. */
export interface ApprovalSteps {
  /** Books the approval, or says why it cannot be booked any more. */
  approve(mark: IdempotencyMark | undefined): TossPayment | TossCode;
  decline(code: TossCode): Outcome;
}

/** Lets the card do what its test number says. */
export function askCard(
  profile: CardProfile,
  request: TossRequest,
  steps: ApprovalSteps,
): Outcome | Promise<Outcome> {
  if (profile.decline) return steps.decline(DECLINE_CODES[profile.decline]);
  switch (profile.approval) {
    case undefined:
      return approved(request, steps, 'answer');
    case 'approve-then-silent':
      return approved(request, steps, 'never');
    case 'approve-then-unreadable':
      return approved(request, steps, 'unreadable');
    case 'approve-then-error':
      return approvedButError(request, steps);
    case 'silent':
      return request.nothing('never');
    case 'approve-late':
      return approvedLate(request, steps);
  }
}

function approved(
  request: TossRequest,
  steps: ApprovalSteps,
  delivery: 'answer' | 'never' | 'unreadable',
): Outcome {
  const payment = steps.approve(request.mark);
  if (typeof payment === 'string') return request.refuse(payment);
  return { answer: request.paymentAnswer(payment), effect: 'processed', delivery };
}

/** The money moved, yet the answer says that something broke, and the idempotency key will say so again. */
function approvedButError(request: TossRequest, steps: ApprovalSteps): Outcome {
  const error = tossError('FAILED_INTERNAL_SYSTEM_PROCESSING');
  const payment = steps.approve(request.markWith(error));
  if (typeof payment === 'string') return request.refuse(payment);
  return { answer: request.errorAnswer(error), effect: 'processed' };
}

/** The issuer's time is inside the processing: it approves even when the client has given up. */
async function approvedLate(request: TossRequest, steps: ApprovalSteps): Promise<Outcome> {
  if (!(await request.call.issuerTakes(LATE_APPROVAL_MS))) return request.nothing('drop');
  return approved(request, steps, 'answer');
}
