/** One demo contract: the keys of the new API and the merchant key of the legacy one. */
export interface NicepayContract {
  /** The gateway's merchant that the demo data gives this contract to; empty for a spare one. */
  readonly merchantId: string;
  /** NICEPAY's merchant id of ten characters, the first part of every TID that the merchant makes up. */
  readonly mid: string;
  readonly clientKey: string;
  /** 32 characters. */
  readonly secretKey: string;
  /** Of the legacy webapi; its first 16 characters are the AES key. */
  readonly merchantKey: string;
}

export const NICEPAY_CONTRACTS: readonly NicepayContract[] = [
  {
    merchantId: 'M0000004',
    mid: 'nicetest04',
    clientKey: 'S2_sandbox_nicepay_M0000004',
    secretKey: 'nicepay_sandbox_secret__M0000004',
    merchantKey: 'nicepay_merchant_key____M0000004',
  },
  {
    merchantId: 'M0000005',
    mid: 'nicetest05',
    clientKey: 'S2_sandbox_nicepay_M0000005',
    secretKey: 'nicepay_sandbox_secret__M0000005',
    merchantKey: 'nicepay_merchant_key____M0000005',
  },
  {
    merchantId: '',
    mid: 'nicetest90',
    clientKey: 'S2_sandbox_nicepay_spare',
    secretKey: 'nicepay_sandbox_secret__spare000',
    merchantKey: 'nicepay_merchant_key____spare000',
  },
];

const BY_BASIC: ReadonlyMap<string, NicepayContract> = new Map(
  NICEPAY_CONTRACTS.map((contract) => [`${contract.clientKey}:${contract.secretKey}`, contract]),
);

/** The contract of `Basic base64(clientKey:secretKey)` (NICEPAY manual, "API KEY"). */
export function contractOfBasic(authorization: string): NicepayContract | undefined {
  const encoded = /^basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization)?.[1];
  return encoded === undefined ? undefined : BY_BASIC.get(Buffer.from(encoded, 'base64').toString('utf8'));
}

export function contractOfMid(mid: string): NicepayContract | undefined {
  return NICEPAY_CONTRACTS.find((contract) => contract.mid === mid);
}
