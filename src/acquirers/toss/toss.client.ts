import type { OutboundClient, OutboundResult } from '../../common/http/outbound-client';
import type { ContractAccess } from '../port/acquirer.types';
import { tossAuthorization } from './toss.config';

/** TossPayments' HTTP: JSON both ways under Basic authorization with the contract's secret key. */
export class TossClient {
  constructor(
    private readonly http: OutboundClient,
    private readonly baseUrl: string,
  ) {}

  /** `key`: the same key gives the first answer again for 15 days, refusals included. Undefined: none is sent. */
  post(access: ContractAccess, path: string, body: object, key: string | undefined): Promise<OutboundResult> {
    const headers = {
      'content-type': 'application/json',
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    };
    return this.send(access, { method: 'POST', path, headers, body: JSON.stringify(body) });
  }

  get(access: ContractAccess, path: string): Promise<OutboundResult> {
    return this.send(access, { method: 'GET', path, headers: {} });
  }

  delete(access: ContractAccess, path: string): Promise<OutboundResult> {
    return this.send(access, { method: 'DELETE', path, headers: {} });
  }

  private send(
    access: ContractAccess,
    call: {
      readonly method: 'GET' | 'POST' | 'DELETE';
      readonly path: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly body?: string;
    },
  ): Promise<OutboundResult> {
    return this.http.send({
      method: call.method,
      url: `${this.baseUrl}${call.path}`,
      headers: { authorization: tossAuthorization(access), ...call.headers },
      body: call.body,
      connectTimeoutMs: access.connectTimeoutMs,
      answerTimeoutMs: access.answerTimeoutMs,
    });
  }
}
