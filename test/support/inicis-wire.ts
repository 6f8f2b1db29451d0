import { InicisAdapter } from '../../src/acquirers/inicis/inicis.adapter';
import type { ContractAccess } from '../../src/acquirers/port/acquirer.types';
import type { OutboundRequest, OutboundResult } from '../../src/common/http/outbound-client';
import { Secret } from '../../src/common/masking/secret';

export const MID = 'TESTMID000';
/** 03:04:05 on 2 January 2026 in Korea. */
export const NOW = new Date(1_767_290_645_000);
export const access: ContractAccess = {
  contractId: 'c',
  acquirerMerchantId: MID,
  credentials: new Secret({ apiKey: '0123456789abcdef', iv: 'fedcba9876543210', signKey: 'EXAMPLESIGNKEY' }),
  connectTimeoutMs: 1,
  answerTimeoutMs: 1,
};

/** KG Inicis' adapter over a wire that always gives this answer; what was sent is kept. */
export function wired(status: number, body: unknown, more: { result?: OutboundResult; env?: string } = {}) {
  const { result, env = 'prod' } = more;
  const sent: OutboundRequest[] = [];
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const http = {
    send: async (request: OutboundRequest): Promise<OutboundResult> => {
      sent.push(request);
      return result ?? { kind: 'ANSWER', status, body: text, latencyMs: 1 };
    },
  };
  const config = {
    acquirer: { urls: { inicis: 'http://iniapi.test', inicisStdpay: 'http://{idc}stdpay.test' } },
    http: { publicUrl: 'http://shop.test' },
    demo: env === 'local',
    environment: env,
  };
  const adapter = new InicisAdapter(http as never, { now: () => NOW } as never, config as never);
  return { adapter, sent, form: () => Object.fromEntries(new URLSearchParams(sent[0]?.body)) };
}

/** How INIAPI says no. */
export const failure = (detailResultCode: string) => ({ resultCode: '01', resultMsg: 'm', detailResultCode });
