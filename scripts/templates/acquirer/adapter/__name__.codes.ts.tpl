import type { CancelOutcome, DeclineCode } from '../port/acquirer.types';

/**
 * Codes that say for certain that no approval was made. `notProcessed`: documented too that the order was not taken at
 * all. A code that is not here is unknown, never a decline.
 */
export const __NAME___DECLINES: Readonly<Record<string, { code: DeclineCode; notProcessed?: true }>> = {};

type Refusal = Pick<Extract<CancelOutcome, { kind: 'REFUSED' }>, 'reason' | 'retryLater'>;

/** Codes of the cancel that say for certain that nothing was cancelled by this call. */
export const __NAME___CANCEL_REFUSALS: Readonly<Record<string, Refusal>> = {};

/** The code of the lookup that says that there is no such order. */
export const __NAME___NOT_FOUND = 'NOT_FOUND';

/** Issuer codes in our names; the code itself stands for one that is not listed. */
export const __NAME___ISSUERS: Readonly<Record<string, string>> = {};
