import { Secret } from '../../src/common/masking/secret';
import type { OutboundClient, OutboundRequest, OutboundResult } from '../../src/common/http/outbound-client';
import type { AppConfig } from '../../src/config/app-config';
import type { ContractAccess } from '../../src/acquirers/port/acquirer.types';
import { TossAdapter } from '../../src/acquirers/toss/toss.adapter';

export const access: ContractAccess = {
  contractId: 'c',
  acquirerMerchantId: 'tosstest01',
  credentials: new Secret({ secretKey: 'test_sk' }),
  connectTimeoutMs: 1,
  answerTimeoutMs: 1,
};

/** An adapter whose calls get these answers, in this order, and the calls that it made. */
export function scripted(...answers: [status: number, body: unknown][]) {
  const calls: OutboundRequest[] = [];
  const send = (request: OutboundRequest): Promise<OutboundResult> => {
    calls.push(request);
    const [status, body] = answers[calls.length - 1] ?? [500, ''];
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return Promise.resolve({ kind: 'ANSWER', status, body: text, latencyMs: 1 });
  };
  const config = { acquirer: { urls: { toss: 'http://toss.test' } } } as AppConfig;
  return { adapter: new TossAdapter({ send } as unknown as OutboundClient, config), calls };
}
export const sentBy = (calls: OutboundRequest[], index = 0) =>
  JSON.parse(calls[index]?.body ?? '{}') as Record<string, unknown>;
export const refused = (code: string) => ({ code, message: 'm' });
