import { Inject, Injectable } from '@nestjs/common';
import { crashPoint } from '../../common/crash/crash-point';
import { Sealer } from '../../common/crypto/sealer';
import { Logger } from '../../common/logging/logger';
import { Clock } from '../../common/time/clock';
import { AppConfig } from '../../config/app-config';
import { lookPauseMs, sendPauseMs } from './message.policy';
import {
  MESSAGE_PROVIDERS,
  type MessageProvider,
  type MessageProviders,
  type Standing,
} from './message-provider.port';
import { recipientContext, contentContext } from './message-row';
import { type ClaimedMessage, MessagesRepository } from './messages.repository';
import type { MessageContent } from './messaging.types';

const CLAIM_MAX = 20;

/** Takes messages that are due to their provider, and asks what became of them. Claims first, then acts. */
@Injectable()
export class MessageSender {
  constructor(
    private readonly messages: MessagesRepository,
    @Inject(MESSAGE_PROVIDERS) private readonly providers: MessageProviders,
    private readonly sealer: Sealer,
    private readonly config: AppConfig,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** One message, at once. Whatever goes wrong is left to the worker. */
  async sendNow(messageId: string): Promise<void> {
    await this.take({ messageId, limit: 1 });
  }

  /** One sweep of the worker; answers how many messages it took. */
  sweep(): Promise<number> {
    return this.take({ limit: CLAIM_MAX });
  }

  private async take(wish: { readonly messageId?: string; readonly limit: number }): Promise<number> {
    try {
      const claimed = await this.messages.claim({ ...wish, leaseMs: this.config.worker.leaseMs });
      await Promise.all(claimed.map((message) => this.advanceSafely(message)));
      return claimed.length;
    } catch (error) {
      if (wish.messageId === undefined) throw error;
      this.logger.failure('messages.claim', error);
      return 0;
    }
  }

  private async advanceSafely(message: ClaimedMessage): Promise<void> {
    try {
      await this.advance(message);
    } catch (error) {
      this.logger.failure('messages.send', error);
    }
  }

  private async advance(message: ClaimedMessage): Promise<void> {
    const provider = this.providers.get(message.channel);
    if (provider === undefined) throw new Error(`nobody sends ${message.channel}`);
    if (message.status === 'SENT') return this.follow(message, await this.ask(provider, message));
    const now = this.clock.now();
    // What may be with the provider is asked after even when it is too late to send it.
    if (message.expiresAt <= now && message.handle === null) {
      await this.messages.change(message, {
        to: 'FAILED',
        failureCode: 'NOT_SENT_IN_TIME',
        dueInMs: null,
        at: now,
      });
      return;
    }
    await this.follow(message, await this.send(provider, message));
  }

  private async send(provider: MessageProvider, message: ClaimedMessage): Promise<Standing> {
    let { handle } = message;
    if (handle === null) {
      const opened = await provider.open(message.messageId);
      if (opened.kind === 'UNKNOWN' || !(await this.messages.keepHandle(message, opened.handle))) {
        return { kind: 'UNKNOWN' };
      }
      handle = opened.handle;
      crashPoint('message.before-send');
    } else {
      const standing = await provider.look(handle);
      if (standing.kind !== 'NOT_SENT') return standing;
      if (message.expiresAt <= this.clock.now()) return { kind: 'FAILED', code: 'NOT_SENT_IN_TIME' };
    }
    const { messageId } = message;
    const standing = await provider.send(handle, { messageId, ...(await this.opened(message)) });
    crashPoint('message.after-send');
    return standing;
  }

  private ask(provider: MessageProvider, { handle }: ClaimedMessage): Promise<Standing> {
    if (handle === null) throw new Error('a message was sent without a handle');
    return provider.look(handle);
  }

  private async follow(message: ClaimedMessage, standing: Standing): Promise<void> {
    const at = this.clock.now();
    const scaled = (ms: number) => Math.max(1, Math.round(ms * this.config.timeScale));
    if (standing.kind === 'FAILED') {
      await this.messages.change(message, { to: 'FAILED', failureCode: standing.code, dueInMs: null, at });
    } else if (message.status === 'QUEUED') {
      if (standing.kind === 'SENT' || standing.kind === 'DELIVERED') {
        const reports = this.providers.get(message.channel)?.reportsDelivery === true;
        const dueInMs = reports ? scaled(lookPauseMs(0)!) : null;
        await this.messages.change(message, { to: 'SENT', dueInMs, at });
      } else await this.messages.change(message, { dueInMs: scaled(sendPauseMs(message.tries)), at });
    } else if (standing.kind === 'DELIVERED') {
      await this.messages.change(message, { to: 'DELIVERED', dueInMs: null, at });
    } else {
      const pause = lookPauseMs(message.tries);
      await this.messages.change(message, { dueInMs: pause === null ? null : scaled(pause), at });
    }
  }

  private async opened(message: ClaimedMessage): Promise<{ to: string; content: MessageContent }> {
    const { messageId, mid, recipientSealed, contentSealed } = message;
    if (contentSealed === null) throw new Error('a message to be sent has no content');
    const to = await this.sealer.open('pii', recipientContext(messageId, mid), recipientSealed);
    const content = await this.sealer.open('pii', contentContext(messageId, mid), contentSealed);
    return { to: to.toString('utf8'), content: JSON.parse(content.toString('utf8')) as MessageContent };
  }
}
