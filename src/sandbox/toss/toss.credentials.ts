/** One demo contract. Secret keys start with test_sk_, as TossPayments' test API keys do. */
export interface TossContract {
  /** The gateway's merchant that the demo data gives this contract to; empty for a spare one. */
  readonly merchantId: string;
  /** TossPayments' own merchant id, `mId` in its answers (at most 14 characters). */
  readonly mid: string;
  readonly secretKey: string;
}

export const TOSS_CONTRACTS: readonly TossContract[] = [
  { merchantId: 'M0000001', mid: 'tosstest01', secretKey: 'test_sk_sandbox_toss_M0000001' },
  { merchantId: 'M0000005', mid: 'tosstest05', secretKey: 'test_sk_sandbox_toss_M0000005' },
  { merchantId: '', mid: 'tosstest90', secretKey: 'test_sk_sandbox_toss_spare' },
];

const BY_HEADER: ReadonlyMap<string, TossContract> = new Map(
  TOSS_CONTRACTS.map((contract) => [
    `Basic ${Buffer.from(`${contract.secretKey}:`).toString('base64')}`,
    contract,
  ]),
);

/**
 * Who calls: Basic with the secret key as user and an empty password (TossPayments docs, "Authorization"). The status
 * of a header that cannot be read is not documented; INCORRECT_BASIC_AUTH_FORMAT is the code for a missing colon.
 */
export function contractOf(
  authorization: string | undefined,
): TossContract | 'UNAUTHORIZED_KEY' | 'INCORRECT_BASIC_AUTH_FORMAT' {
  if (authorization === undefined) return 'UNAUTHORIZED_KEY';
  const usual = BY_HEADER.get(authorization);
  if (usual) return usual;
  const encoded = /^basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization)?.[1];
  const decoded = encoded ? Buffer.from(encoded, 'base64').toString('utf8') : '';
  if (!decoded.endsWith(':')) return 'INCORRECT_BASIC_AUTH_FORMAT';
  const secretKey = decoded.slice(0, -1);
  return TOSS_CONTRACTS.find((contract) => contract.secretKey === secretKey) ?? 'UNAUTHORIZED_KEY';
}
