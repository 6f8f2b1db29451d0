import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../../config/app-config';
import { Sealer } from '../../../common/crypto/sealer';
import { Logger } from '../../../common/logging/logger';
import { Clock } from '../../../common/time/clock';
import type { SpanStart } from '../../../common/tracing/span.types';
import { TraceLinks } from '../../../common/tracing/trace-links';
import { secretContext } from '../endpoints/endpoint-row';
import { eventBody } from '../events/event-body';
import { signedHeaders } from '../outbound/signature';
import { WebhookClient } from '../outbound/webhook-client';
import { WebhooksMetrics } from '../webhooks.metrics';
import type { WebhookEvent } from '../webhooks.types';
import { paceAfter, verdictOn } from './delivery.policy';
import { DeliveryClaims } from './delivery-claims.repository';
import { DeliveryResults, type Tried } from './delivery-results.repository';
import type { ClaimedDelivery, ClaimedEndpoint, SendResult } from './delivery.types';
import { EndEndpoint } from './end-endpoint.service';

const USER_AGENT = 'PG-Gateway-Webhooks/1';

/** The worker's part: sends what is due, so many at once, and more as soon as one has ended. */
@Injectable()
export class DeliverWebhooksJob {
  private readonly running = new Map<Promise<void>, 'quick' | 'other'>();
  private ended: () => void = () => undefined;

  constructor(
    private readonly claims: DeliveryClaims,
    private readonly results: DeliveryResults,
    private readonly ending: EndEndpoint,
    private readonly client: WebhookClient,
    private readonly sealer: Sealer,
    private readonly metrics: WebhooksMetrics,
    private readonly traces: TraceLinks,
    private readonly config: AppConfig,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /**
   * One sweep. Answers how many it took up; they go on after it has returned. While some are under way it comes back as
   * soon as one of them has ended, since its endpoint may have more.
   */
  async sweep(): Promise<number> {
    const { inFlightMax, endpointInFlightMax, leaseMs } = this.config.webhooks;
    const others = [...this.running.values()].filter((lane) => lane === 'other').length;
    const othersMax = Math.max(1, Math.floor(inFlightMax / 2));
    const quickMax = Math.max(1, inFlightMax - othersMax);
    const quick = this.running.size - others;
    const claimed = await this.claims.claim({
      ...{ quick: Math.max(0, quickMax - quick), others: Math.max(0, othersMax - others) },
      ...{ endpointMax: endpointInFlightMax, leaseMs },
    });
    for (const delivery of claimed) this.start(delivery);
    if (claimed.length > 0) return claimed.length;
    if (this.running.size === 0) return 0;
    await this.oneEnded();
    return 1;
  }

  /** Resolves when nothing that a sweep took up is running any more. */
  async settled(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running.keys());
  }

  private async oneEnded(): Promise<void> {
    const over = new AbortController();
    this.ended = () => over.abort();
    await this.clock.sleep(this.config.worker.pollMs, over.signal);
  }

  /** One that fails must not keep the others; its lease runs out and it is taken up again. */
  private start(delivery: ClaimedDelivery): void {
    const run: Promise<void> = this.traces
      .continued(subjectOf(delivery), deliverySpan(delivery), () => this.try(delivery))
      .catch((error: unknown) => this.logger.failure('worker.webhook', error))
      .then(() => {
        this.running.delete(run);
        this.ended();
      });
    this.running.set(run, delivery.endpoint.pace === 'QUICK' ? 'quick' : 'other');
  }

  private async try(delivery: ClaimedDelivery): Promise<void> {
    const startedAt = this.clock.now();
    const result = await this.send(delivery, startedAt);
    const { webhooks } = this.config;
    const verdict = verdictOn(result, delivery.tries + 1, webhooks, Math.random());
    const tried: Tried = { delivery, result, startedAt, pace: paceAfter(result, webhooks.slowMs) };
    this.metrics.tried(result);
    if (verdict.to !== 'FAILED') {
      await this.results.keep(tried, verdict);
      return;
    }
    const { mid } = delivery.endpoint;
    if (await this.ending.run(tried, verdict))
      this.logger.warn('webhook.endpoint-disabled', { mid, reason: verdict.disable });
  }

  private async send({ endpoint, event }: ClaimedDelivery, sentAt: Date): Promise<SendResult> {
    const body = eventBody(event);
    const secrets = await this.secretsOf(endpoint);
    const headers = {
      'content-type': 'application/json',
      'user-agent': USER_AGENT,
      ...signedHeaders(secrets, { id: event.eventId, sentAt, body }),
    };
    return this.client.post({ url: endpoint.url, headers, body });
  }

  /** The newest first. */
  private async secretsOf(endpoint: ClaimedEndpoint): Promise<string[]> {
    const { endpointId, mid, secretSealed, previousSecretSealed } = endpoint;
    const open = async (column: 'secret_sealed' | 'previous_secret_sealed', sealed: Buffer) =>
      (await this.sealer.open('webhook', secretContext(column, endpointId, mid), sealed)).toString('utf8');
    const newest = await open('secret_sealed', secretSealed);
    if (previousSecretSealed === null) return [newest];
    return [newest, await open('previous_secret_sealed', previousSecretSealed)];
  }
}

/** Whose trace it goes on in: its payment's, where it is about one. */
const subjectOf = ({ event }: ClaimedDelivery) => paymentOf(event) ?? event.subjectId;

function paymentOf({ data }: WebhookEvent): string | undefined {
  return typeof data.paymentId === 'string' ? data.paymentId : undefined;
}

function deliverySpan({ event }: ClaimedDelivery): SpanStart {
  const paymentId = paymentOf(event);
  const about = paymentId === undefined ? {} : { 'pg.payment_id': paymentId };
  return { name: 'webhook deliver', kind: 'CONSUMER', attributes: { 'pg.operation': event.type, ...about } };
}
