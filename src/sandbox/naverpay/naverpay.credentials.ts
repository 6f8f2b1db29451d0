import type { IncomingHttpHeaders } from 'node:http';

/** One demo contract with NaverPay; the three values travel in three headers of every call. */
export interface NaverpayContract {
  /** The gateway's merchant that the demo data gives this contract to; empty for a spare one. */
  readonly merchantId: string;
  /** NaverPay's own merchant id, `merchantId` in its answers. */
  readonly mid: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly chainId: string;
}

const contract = (merchantId: string, mid: string, name: string): NaverpayContract => ({
  merchantId,
  mid,
  clientId: `sandbox_naverpay_${name}`,
  clientSecret: `test_sk_sandbox_naverpay_${name}`,
  chainId: `sandbox_chain_${name}`,
});

export const NAVERPAY_CONTRACTS: readonly NaverpayContract[] = [
  contract('M0000006', 'np_demo006', 'M0000006'),
  contract('', 'np_demo090', 'spare090'),
];

const BY_CLIENT: ReadonlyMap<unknown, NaverpayContract> = new Map(
  NAVERPAY_CONTRACTS.map((known) => [known.clientId, known]),
);

/** Who calls: all three headers must be those of one contract (NaverPay docs, "인증"). */
export function contractOf(headers: IncomingHttpHeaders): NaverpayContract | undefined {
  const known = BY_CLIENT.get(headers['x-naver-client-id']);
  const isKnown =
    known !== undefined &&
    headers['x-naver-client-secret'] === known.clientSecret &&
    headers['x-naverpay-chain-id'] === known.chainId;
  return isKnown ? known : undefined;
}
