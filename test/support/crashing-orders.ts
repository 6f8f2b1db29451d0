import { eventually } from './program';
import type { Stack } from './stack';

export const SETTLED_WITHIN_MS = 120_000;

/** Where the API may die on the way of a cancel. */
export const CANCEL_POINTS = [
  'cancel.before-intent',
  'cancel.after-intent',
  'cancel.before-call',
  'cancel.after-call',
  'cancel.after-outcome',
  'cancel.before-answer',
] as const;

const CHARGED: Readonly<Record<string, number>> = {
  APPROVED: 50_000,
  PARTIALLY_CANCELLED: 30_000,
  CANCELLED: 0,
  FAILED: 0,
  REVERSED: 0,
};

/** Orders of 50,000 won, of which 20,000 are cancelled at most, under an API that dies. */
export class CrashingOrders {
  constructor(private readonly stack: Stack) {}

  /** Sends, and expects no answer: the process dies under the request. */
  async dies(send: () => Promise<{ status: number }>): Promise<void> {
    await expect(send()).rejects.toThrow();
    await this.stack.api.program.ended();
  }

  /** The final state of an order after the restart; null when the gateway never heard of it. */
  async finalState(
    orderNo: string,
    merchant = this.stack.merchant,
  ): Promise<{ paymentId: string; status: string } | null> {
    return eventually(
      async () => {
        const found = await merchant.order(orderNo);
        if (found.status === 404) return null;
        const status = String(found.body.status);
        const open = found.body.cancels?.some((cancel) => cancel.status === 'IN_PROGRESS');
        if (found.status !== 200 || open || ['IN_PROGRESS', 'REVERSING'].includes(status)) return undefined;
        return { paymentId: found.body.paymentId, status };
      },
      { withinMs: SETTLED_WITHIN_MS, what: `${orderNo} comes to a final state` },
    );
  }

  /** Expects the acquirer to have charged what that state says. */
  async booksAgree(orderNo: string): Promise<string> {
    const state = await this.finalState(orderNo);
    if (state === null) return 'UNKNOWN HERE';
    expect(await this.stack.control.charged(state.paymentId)).toBe(CHARGED[state.status]);
    return state.status;
  }

  /** The answer to a cancel that is sent again until nothing holds it up any more. */
  async answered<T extends { status: number }>(send: () => Promise<T>, what: string): Promise<T> {
    return eventually(
      async () => {
        const answer = await send();
        return answer.status === 409 ? undefined : answer;
      },
      { withinMs: SETTLED_WITHIN_MS, what },
    );
  }
}
