import {
  ABILITY_METHODS,
  hasWebhooks,
  type AcquirerPort,
} from '../../../../src/acquirers/port/acquirer.port';
import type { RawWebhook } from '../../../../src/acquirers/port/webhook.types';
import { eventually } from '../../../support/program';
import type { ReceivedWebhook } from '../../../support/webhook-receiver';
import { isNone } from '../fixture';
import { cancelOf, pay, PAYER, prepare, referenceAfter } from '../payments';
import type { Bench } from '../suite';

const WEBHOOK_WITHIN_MS = 5_000;

export function abilityCases(bench: Bench): void {
  capabilities(bench);
  webhooks(bench);
  masking(bench);
}

function capabilities({ recorder, adapter }: Bench): void {
  const has = (name: string) => (adapter as unknown as Record<string, unknown>)[name] !== undefined;
  for (const [ability, methods] of Object.entries(ABILITY_METHODS)) {
    const promised = adapter.capabilities[ability as keyof typeof ABILITY_METHODS];
    recorder.it('capabilities', `${ability}: ${promised ? 'has' : 'lacks'} ${methods.join(', ')}`, () => {
      expect(methods.filter(has)).toEqual(promised ? methods : []);
    });
  }
}

const raw = ({ headers, body }: Pick<ReceivedWebhook, 'headers' | 'body'>): RawWebhook => ({
  headers: headers as Record<string, string | undefined>,
  contentType: headers['content-type'] ?? '',
  body,
});

function webhooks(bench: Bench): void {
  const { recorder, adapter, fixture } = bench;
  if (!hasWebhooks(adapter)) {
    for (const id of ['webhooks/foreign', 'webhooks/own']) recorder.notApplicable(id, 'no webhooks');
    return;
  }
  recorder.it('webhooks/foreign', 'refuses what is none of its webhooks, and never throws', () => {
    for (const text of ['', '{', '[]', 'null', '{}', 'a=b&c', '{"data":null}', '\u0000\u00ff']) {
      const webhook = raw({
        headers: { 'content-type': 'application/json' },
        body: Buffer.from(text, 'latin1'),
      });
      expect(adapter.readWebhook(webhook).kind).toBe('UNREADABLE');
      expect(adapter.verifyWebhook(bench.lab.access(), webhook)).not.toBe('VALID');
    }
  });
  const { webhook } = fixture;
  if (isNone(webhook)) {
    recorder.notApplicable('webhooks/own', webhook.none);
    return;
  }

  const told = webhook === true ? bench.channels[0] : webhook;
  const paid = () => pay(bench.lab, { channel: told });
  const about = (order: { acquirerOrderNo: string; acquirerTransactionId: string | null }) =>
    bench.lab.receiver.received.filter((message) => {
      const reading = adapter.readWebhook(raw(message));
      if (reading.kind !== 'HINT') return false;
      const { acquirerOrderNo, acquirerTransactionId } = reading.hint;
      return (
        acquirerOrderNo === order.acquirerOrderNo ||
        (acquirerTransactionId !== null && acquirerTransactionId === order.acquirerTransactionId)
      );
    });
  const arrived = (order: Parameters<typeof about>[0], count: number) =>
    eventually(async () => (about(order).length >= count ? about(order) : undefined), {
      withinMs: WEBHOOK_WITHIN_MS,
      what: `${count} webhooks of ${order.acquirerOrderNo}`,
    });
  const keyOf = (message: ReceivedWebhook) => {
    const reading = adapter.readWebhook(raw(message));
    return reading.kind === 'HINT' ? reading.hint.dedupeKey : reading.why;
  };

  recorder.it('webhooks/own', 'leads to the payment, on the path that bears its name', async () => {
    bench.lab.receiver.receipt = adapter.webhookReceipt;
    const reference = await paid();
    const [message] = await arrived(reference, 1);
    expect(message?.path).toBe(`/${fixture.name}`);
    const verdict = adapter.verifyWebhook(bench.lab.access(), raw(message!));
    expect(['VALID', 'UNSIGNED']).toContain(verdict);
    if (verdict === 'VALID') {
      // Which payment it tells of is all that is believed of it, so that is what a signature must hold.
      const id = reference.acquirerTransactionId ?? '';
      const other = id.slice(0, -1) + (id.endsWith('1') ? '2' : '1');
      const text = message!.body.toString('latin1');
      expect(text).toContain(id);
      const forged = { ...message!, body: Buffer.from(text.replaceAll(id, other), 'latin1') };
      expect(adapter.verifyWebhook(bench.lab.access(), raw(forged))).toBe('INVALID');
    }
  });

  recorder.it('webhooks/own', 'knows a message that comes twice, and tells two payments apart', async () => {
    const operation = fixture.operations[told === 'window' ? 'confirmWindow' : 'approveKeyIn'];
    await bench.lab.control.arm(operation ?? '*', 'duplicate-webhook', { times: 1 });
    const first = await paid();
    const twice = await arrived(first, 2);
    const other = await arrived(await paid(), 1);
    expect(new Set(twice.slice(0, 2).map(keyOf)).size).toBe(1);
    expect(keyOf(other[0]!)).not.toBe(keyOf(twice[0]!));
  });
}

/** Every text and number anywhere in a value. */
export function leavesOf(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(leavesOf);
  return [String(value)];
}

function masking(bench: Bench): void {
  const { recorder, channels } = bench;
  for (const channel of channels) {
    recorder.it('masking', `of ${channel}, its cancel and its inquiry`, async () => {
      const { lab } = bench;
      const cardNumber = '4242424242424242';
      const adapter: AcquirerPort = lab.adapter();
      const prepared = await prepare(lab, channel, { cardNumber });
      const approved = await prepared.run();
      const reference = referenceAfter(prepared, approved);
      const found = await adapter.inquire(lab.access(), reference);
      const cancelled = await adapter.cancel(lab.access(), cancelOf(reference));
      expect([approved.kind, found.kind, cancelled.kind]).toEqual(['APPROVED', 'FOUND', 'CANCELLED']);
      const kept = [approved.exchange, found.exchange, cancelled.exchange];
      const leaves = leavesOf(kept);
      const { publicCredentials = [] } = bench.fixture;
      const secrets = Object.entries(lab.access().credentials.expose())
        .filter(([name]) => !publicCredentials.includes(name))
        .map(([, secret]) => secret);
      for (const secret of [cardNumber, ...secrets]) expect(leaves.join('\n')).not.toContain(secret);
      for (const value of Object.values(PAYER)) expect(leaves).not.toContain(value);
    });
  }
}
