/** One demo contract with KG Inicis, its keys as the merchant admin names them. */
export interface InicisContract {
  /** The gateway's merchant that the demo data gives this contract to; empty for a spare one. */
  readonly merchantId: string;
  /** KG Inicis' own merchant id, ten characters. */
  readonly mid: string;
  /** INIAPI key and IV, 16 bytes each. */
  readonly apiKey: string;
  readonly iv: string;
  /** For the web standard payment only. */
  readonly signKey: string;
}

const contract = (merchantId: string, mid: string, name: string): InicisContract => ({
  merchantId,
  mid,
  apiKey: `iniapi_${name}=`,
  iv: `inicis_${name}=`,
  signKey: `sandbox_inicis_sign_${name}`,
});

export const INICIS_CONTRACTS: readonly InicisContract[] = [
  contract('M0000002', 'inictest02', 'M0000002'),
  contract('M0000005', 'inictest05', 'M0000005'),
  contract('', 'inictest90', 'spare090'),
];

const BY_MID: ReadonlyMap<string, InicisContract> = new Map(
  INICIS_CONTRACTS.map((known) => [known.mid, known]),
);

export function contractOf(mid: unknown): InicisContract | undefined {
  return typeof mid === 'string' ? BY_MID.get(mid) : undefined;
}
