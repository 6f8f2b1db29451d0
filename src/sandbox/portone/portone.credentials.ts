/** One demo contract: a shop of PortOne with one provider behind it. */
export interface PortoneContract {
  /** The gateway's merchant that the demo data gives this contract to; empty for a spare one. */
  readonly merchantId: string;
  /** The shop's code, which its pages give to `IMP.init`. */
  readonly impCode: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  /** `{provider}.{mid}` as the shop's console has it. */
  readonly pg: string;
  /** Names the same provider, as newer calls want it named. */
  readonly channelKey: string;
}

export const PORTONE_CONTRACTS: readonly PortoneContract[] = [
  {
    merchantId: 'M0000003',
    impCode: 'imp00000003',
    apiKey: 'sandbox_portone_key_M0000003',
    apiSecret: 'test_sk_sandbox_portone_M0000003',
    pg: 'nice_v2.sandbox',
    channelKey: 'channel-key-sandbox-portone-M0000003',
  },
  {
    merchantId: '',
    impCode: 'imp00000090',
    apiKey: 'sandbox_portone_key_spare',
    apiSecret: 'test_sk_sandbox_portone_spare',
    pg: 'nice_v2.sandbox',
    channelKey: 'channel-key-sandbox-portone-spare',
  },
];
