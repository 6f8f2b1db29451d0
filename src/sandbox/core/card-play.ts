import type { Answer, Outcome, WireCall } from './acquirer';
import { type CardProfile, type DeclineReason, LATE_APPROVAL_MS } from './cards';

/** What an acquirer does and says once the card is asked. */
export interface CardSteps {
  /** Books the approval and gives its answer; or refuses because the order has been used meanwhile. */
  approve(): { readonly approved: Answer } | { readonly refused: Answer };
  /** Books the decline where this acquirer does, and gives its answer. */
  decline(reason: DeclineReason): Answer;
  /** A broken answer, HTTP 500, after the money moved. */
  broken(): Answer;
}

const NO_ANSWER: Answer = { status: 200, body: '', headers: {} };

/** Lets the card do what its test number says (sandbox README, "Test cards"). */
export function askCard(
  profile: CardProfile,
  call: Pick<WireCall, 'issuerTakes'>,
  steps: CardSteps,
): Outcome | Promise<Outcome> {
  if (profile.decline) return { answer: steps.decline(profile.decline), effect: 'refused' };
  switch (profile.approval) {
    case undefined:
      return approved(steps, 'answer');
    case 'approve-then-silent':
      return approved(steps, 'never');
    case 'approve-then-unreadable':
      return approved(steps, 'unreadable');
    case 'approve-then-error': {
      const outcome = approved(steps, 'answer');
      return outcome.effect === 'processed' ? { ...outcome, answer: steps.broken() } : outcome;
    }
    case 'silent':
      return { answer: NO_ANSWER, effect: 'nothing', delivery: 'never' };
    case 'approve-late':
      return late(call, steps);
  }
}

function approved(steps: CardSteps, delivery: 'answer' | 'never' | 'unreadable'): Outcome {
  const result = steps.approve();
  return 'approved' in result
    ? { answer: result.approved, effect: 'processed', delivery }
    : { answer: result.refused, effect: 'refused' };
}

/** The issuer's time is inside the processing: it approves even when the client has given up. */
async function late(call: Pick<WireCall, 'issuerTakes'>, steps: CardSteps): Promise<Outcome> {
  if (!(await call.issuerTakes(LATE_APPROVAL_MS)))
    return { answer: NO_ANSWER, effect: 'nothing', delivery: 'drop' };
  return approved(steps, 'answer');
}
