/** What decides when a payment is paid out: the terms in force on the day of its capture. */
export interface PayoutSubject {
  readonly mid: string;
  readonly contractId: string;
  readonly method: string;
}

/** When money captured on a Korean day is paid out, for every merchant. */
export abstract class PayoutDays {
  /** The terms and holidays are read once; the answer is asked for each kind of payment. */
  abstract on(capturedDay: string): Promise<(subject: PayoutSubject) => string>;
}
