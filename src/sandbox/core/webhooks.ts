import type { AcquirerName, Webhook, WebhookOutlet } from './acquirer';
import type { FaultBook } from './faults';
import type { Waits } from './waits';

const ANSWER_TIMEOUT_MS = 10_000;
/** What a timer of Node can hold; the last pause of a long schedule would be fired at once beyond it. */
const TIMER_MAX_MS = 2_147_483_647;
/** More that wait for another try than this are given up: nobody listens, and memory is not for that. */
const WAITING_MAX = 10_000;
/** How long a webhook that is to come out of order waits for another one to overtake it. */
const OVERTAKE_MAX_MS = 3_000;

interface WebhookSettings {
  /** Undefined: nobody listens, nothing is sent. */
  readonly url: string | undefined;
  readonly faults: FaultBook;
  readonly waits: Waits;
  readonly timeScale: number;
}

/** Sends one acquirer's webhooks; what is still to be sent ends with a reset or with the process. */
export class WebhookSender implements WebhookOutlet {
  /** One that waits to be overtaken. */
  private held: (() => void) | null = null;
  private waiting = 0;

  constructor(
    private readonly acquirer: AcquirerName,
    private readonly settings: WebhookSettings,
  ) {}

  get isOpen(): boolean {
    return this.settings.url !== undefined;
  }

  send(webhook: Webhook): void {
    if (!this.isOpen) return;
    const fault = this.settings.faults.take(this.acquirer, webhook.operation, 'webhook');
    switch (fault?.kind) {
      case 'no-webhook':
        return;
      case 'duplicate-webhook':
        void this.deliver(webhook);
        void this.deliver(webhook);
        return;
      case 'late-webhook':
        void this.after(fault.ms, () => this.deliver(webhook));
        return;
      case 'reorder-webhooks':
        this.hold(webhook);
        return;
      case undefined:
        void this.deliver(webhook).then(() => this.held?.());
    }
  }

  private hold(webhook: Webhook): void {
    let sent = false;
    const release = () => {
      if (sent) return;
      sent = true;
      this.held = null;
      void this.deliver(webhook);
    };
    this.held?.();
    this.held = release;
    void this.after(OVERTAKE_MAX_MS, () => Promise.resolve(release()));
  }

  private async after(ms: number, act: () => Promise<void>): Promise<void> {
    if ((await this.settings.waits.wait(ms * this.settings.timeScale)) === 'elapsed') await act();
  }

  private async deliver(webhook: Webhook): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      if (await this.tryOnce(webhook, tries)) return;
      const pause = webhook.retryPausesMs[tries];
      if (pause === undefined || this.waiting >= WAITING_MAX) return;
      this.waiting += 1;
      const end = await this.settings.waits.wait(Math.min(pause * this.settings.timeScale, TIMER_MAX_MS));
      this.waiting -= 1;
      if (end !== 'elapsed') return;
    }
  }

  private async tryOnce(webhook: Webhook, tries: number): Promise<boolean> {
    try {
      const response = await fetch(this.settings.url ?? '', {
        method: 'POST',
        headers: { 'content-type': webhook.contentType, ...webhook.headers?.(tries) },
        body: typeof webhook.body === 'string' ? webhook.body : new Uint8Array(webhook.body),
        redirect: 'manual',
        signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
      });
      return webhook.accepted(response.status, await response.text());
    } catch {
      return false;
    }
  }
}
