/** One demo contract with KakaoPay. A secret key that begins with DEV is one for tests. */
export interface KakaoContract {
  /** The gateway's merchant that the demo data gives this contract to; empty for a spare one. */
  readonly merchantId: string;
  /** KakaoPay's own merchant code, ten characters. */
  readonly cid: string;
  readonly secretKey: string;
}

export const KAKAO_CONTRACTS: readonly KakaoContract[] = [
  { merchantId: 'M0000006', cid: 'TCDEMO0006', secretKey: 'DEV_sandbox_kakaopay_M0000006' },
  { merchantId: '', cid: 'TCDEMO0090', secretKey: 'DEV_sandbox_kakaopay_spare' },
];

/** Who calls: `Authorization: SECRET_KEY <secret key>` (KakaoPay developers, "단건 결제"). */
export function contractOf(authorization: string | undefined): KakaoContract | undefined {
  const secretKey = /^SECRET_KEY (\S+)$/.exec(authorization ?? '')?.[1];
  return KAKAO_CONTRACTS.find((contract) => contract.secretKey === secretKey);
}
