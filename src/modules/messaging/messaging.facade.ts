import { Inject, Injectable } from '@nestjs/common';
import { BlindIndex } from '../../common/crypto/blind-index';
import { Sealer } from '../../common/crypto/sealer';
import { newId } from '../../common/ids/id';
import { Clock } from '../../common/time/clock';
import { databaseTime } from '../../common/time/korean-time';
import { MESSAGE_PROVIDERS, type MessageProviders } from './message-provider.port';
import { contentContext, recipientContext } from './message-row';
import { MessageSender } from './message-sender.service';
import { MessagesRepository } from './messages.repository';
import type { MessageState, MessageTransaction, NewMessage, PreparedMessage } from './messaging.types';

const STATES_MAX = 20;
/** The index of recipients, which other modules' own columns of a phone number share. */
const RECIPIENTS = 'recipient';

/** What other modules may ask of messaging: a message is written with what it tells, and sent afterwards. */
@Injectable()
export class MessagingFacade {
  constructor(
    private readonly messages: MessagesRepository,
    private readonly sender: MessageSender,
    @Inject(MESSAGE_PROVIDERS) private readonly providers: MessageProviders,
    private readonly sealer: Sealer,
    private readonly index: BlindIndex,
    private readonly clock: Clock,
  ) {}

  /** Seals a message. Before the transaction is opened: sealing may make a key. */
  async prepare(message: NewMessage): Promise<PreparedMessage> {
    const messageId = newId('msg');
    const { mid, channel } = message;
    const provider = this.providers.get(channel);
    if (provider === undefined) throw new Error(`nobody sends ${channel}`);
    const to = message.to.expose();
    const content = JSON.stringify(message.content.expose());
    const row = {
      id: messageId,
      mid,
      channel,
      purpose: message.purpose,
      subject_id: message.subjectId,
      recipient_sealed: await this.sealer.seal('pii', recipientContext(messageId, mid), to),
      recipient_index: await this.recipientIndex(to),
      content_sealed: await this.sealer.seal('pii', contentContext(messageId, mid), content),
      status: 'QUEUED',
      provider: provider.name,
      expires_at: databaseTime(message.expiresAt),
      created_at: databaseTime(this.clock.now()),
    };
    return { messageId, row };
  }

  /** In the transaction of what it tells: both are kept, or neither. */
  enqueue(tx: MessageTransaction, prepared: PreparedMessage): Promise<void> {
    return this.messages.insert(tx, prepared);
  }

  /** After the commit. Never throws; what cannot be sent now is the worker's. */
  sendNow(messageId: string): Promise<void> {
    return this.sender.sendNow(messageId);
  }

  /** By what a recipient can be found again without being readable. 32 bytes. */
  recipientIndex(recipient: string): Promise<Buffer> {
    return this.index.fingerprint(RECIPIENTS, recipient.trim().toLowerCase());
  }

  /** The latest messages about something, newest first. */
  statesOf(subjectId: string): Promise<readonly MessageState[]> {
    return this.messages.about(subjectId, STATES_MAX);
  }

  /** One sweep of the worker; answers how many messages it took. */
  sweep(): Promise<number> {
    return this.sender.sweep();
  }
}
