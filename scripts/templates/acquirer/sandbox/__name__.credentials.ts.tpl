/** One contract that this sandbox knows. */
export interface __Name__Contract {
  /** The gateway's merchant that the demo data gives this contract to; empty for a spare one. */
  readonly merchantId: string;
  /** The acquirer's own merchant id. */
  readonly mid: string;
  readonly secretKey: string;
}

export const __NAME___CONTRACTS: readonly __Name__Contract[] = [
  { merchantId: '', mid: '__name__test90', secretKey: 'test_sk_sandbox___name___spare' },
];

/** Who calls, by the key in its header. */
export function contractOf(authorization: string | undefined): __Name__Contract | undefined {
  return __NAME___CONTRACTS.find(({ secretKey }) => authorization === `Bearer ${secretKey}`);
}
