import type { OutboundClient, OutboundResult } from '../../common/http/outbound-client';
import type { Clock } from '../../common/time/clock';
import type { ContractAccess } from '../port/acquirer.types';
import { compactTime } from './inicis.answers';
import { iniApiKeys } from './inicis.config';
import { bodyV2, type Caller, type Form } from './inicis.requests';

/** The calls of INIAPI, v1 and v2, and those of the web standard payment, which go to addresses of their own. */
export class InicisClient {
  constructor(
    private readonly http: OutboundClient,
    private readonly clock: Clock,
    private readonly baseUrl: string,
  ) {}

  caller(access: ContractAccess): Caller {
    const { acquirerMerchantId: mid } = access;
    return { ...iniApiKeys(access), mid, timestamp: compactTime(this.clock.now()) };
  }

  /** INIAPI v1: a signed form to one of its services. */
  post(access: ContractAccess, path: string, form: Form): Promise<OutboundResult> {
    return this.postTo(access, `${this.baseUrl}${path}`, form);
  }

  /** Base64 holds `+`: a form that does not escape it arrives as another text (KG Inicis' INIAPI FAQ). */
  postTo(access: ContractAccess, url: string, form: Form): Promise<OutboundResult> {
    return this.http.send({
      ...request(access, url),
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: new URLSearchParams(form).toString(),
    });
  }

  /** INIAPI v2: the type of a call is its path too. */
  postV2(access: ContractAccess, type: string, data: Form): Promise<OutboundResult> {
    return this.http.send({
      ...request(access, `${this.baseUrl}/v2/pg/${type}`),
      headers: { 'content-type': 'application/json;charset=utf-8' },
      body: bodyV2(this.caller(access), type, data),
    });
  }
}

function request(access: ContractAccess, url: string) {
  const { connectTimeoutMs, answerTimeoutMs } = access;
  return { method: 'POST', url, connectTimeoutMs, answerTimeoutMs } as const;
}
