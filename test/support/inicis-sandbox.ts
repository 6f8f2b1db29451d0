import { createCipheriv, createHash } from 'node:crypto';
import type { AcquirerContext, Outcome, Webhook, WireCall } from '../../src/sandbox/core/acquirer';
import { INICIS_CONTRACTS } from '../../src/sandbox/inicis/inicis.credentials';
import { InicisSandbox } from '../../src/sandbox/inicis/inicis.sandbox';

export const NOW = Date.parse('2026-01-02T03:04:05+09:00');
export const AT = { timestamp: '20260102030405', clientIp: '127.0.0.1', mid: 'inictest90' };
export const CONTRACT = INICIS_CONTRACTS.find(({ mid }) => mid === AT.mid)!;
export const sha512 = (text: string) => createHash('sha512').update(text).digest('hex');
export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

export function newWorld(clock: { offsetMs: number } = { offsetMs: 0 }) {
  const journal: unknown[] = [];
  const sent: Webhook[] = [];
  const sandbox = new InicisSandbox({
    journal: { append: (record: unknown) => journal.push(record), barrier: () => undefined },
    webhooks: { isOpen: true, send: (webhook: Webhook) => sent.push(webhook) },
    clock: { nowMs: () => NOW + clock.offsetMs, offsetMs: clock.offsetMs },
    timeScale: 1,
  } as unknown as AcquirerContext);
  return { sandbox, journal, sent };
}

export async function call(
  sandbox: InicisSandbox,
  path: string,
  sent: { form?: Record<string, string>; json?: string },
  declineWith?: string,
): Promise<Outcome> {
  const { form, json } = sent;
  const rawBody = json ?? new URLSearchParams(form).toString();
  const route = sandbox.routes.find((known) => known.path === path);
  const wire = {
    headers: {
      'content-type': json === undefined ? 'application/x-www-form-urlencoded' : 'application/json',
    },
    body: json === undefined ? form : (JSON.parse(json) as unknown),
    rawBody: Buffer.from(rawBody),
    about: () => undefined,
    issuerTakes: async () => true,
  } as unknown as WireCall;
  return route!.open(wire).run(declineWith);
}

export const bodyOf = (outcome: Outcome) =>
  JSON.parse(outcome.answer.body.toString()) as Record<string, unknown>;
export const codeOf = (outcome: Outcome) => bodyOf(outcome).detailResultCode;

export function sealed(text: string): string {
  const cipher = createCipheriv('aes-128-cbc', CONTRACT.apiKey, CONTRACT.iv);
  return cipher.update(text, 'utf8', 'base64') + cipher.final('base64');
}

/** A call of INIAPI v2 whose data is written with spaces: what is signed is the text, not what it means. */
export function v2(type: string, data: string): { json: string } {
  const hashData = sha512(CONTRACT.apiKey + AT.mid + type + AT.timestamp + data);
  const { timestamp, clientIp, mid } = AT;
  return {
    json: `{"hashData":"${hashData}", "data" : ${data} ,"mid":"${mid}","type":"${type}","timestamp":"${timestamp}","clientIp":"${clientIp}"}`,
  };
}
export const refund = (sandbox: InicisSandbox, tid: string) =>
  call(sandbox, '/v2/pg/refund', v2('refund', `{ "tid": "${tid}", "msg": "a \\"}, 만년필/" }`));
