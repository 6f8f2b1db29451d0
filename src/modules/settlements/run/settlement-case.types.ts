/** A merchant whose movements of a day wait until what keeps them from being settled is mended. */
export interface WaitingMerchant {
  readonly caseId: string;
  readonly mid: string;
  /** As in the error table of the run, e.g. NO_FEE_POLICY. */
  readonly code: string;
  readonly movementCount: number;
}

/** Who waits, and since which Korean day of capture. */
export interface OpenCase {
  readonly caseId: string;
  readonly mid: string;
}
