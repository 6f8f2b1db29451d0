import * as path from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { SandboxClock } from '../core/clock';
import type { FaultBook } from '../core/faults';
import { Journal } from '../core/journal';
import type { Waits } from '../core/waits';
import type { SandboxConfig } from '../config';
import { MailServer } from './mail-server';
import { MessageBook } from './message-book';
import { SmsGate } from './sms.gate';
import { registerSms } from './sms.routes';
import { SmsService } from './sms.service';

export interface DeskParts {
  readonly config: SandboxConfig;
  readonly clock: SandboxClock;
  readonly faults: FaultBook;
  readonly waits: Waits;
  readonly onJournalFailure: (error: Error) => void;
}

/** Whoever takes messages to people: the SMS provider below `/sms`, and a mail server on a port of its own. */
export class MessageDesk {
  readonly book: MessageBook;
  private readonly journal: Journal;
  private readonly mail: MailServer;

  constructor(private readonly parts: DeskParts) {
    const { config, clock, onJournalFailure } = parts;
    this.journal = Journal.open(path.join(config.dataDir, 'messages.jsonl'), onJournalFailure);
    this.book = new MessageBook(this.journal);
    this.journal.replay((record) => this.book.restore(record));
    this.mail = new MailServer(this.book, () => clock.nowMs(), config.host, config.smtpPort);
  }

  get smtpPort(): number {
    return this.mail.ownPort;
  }

  register(app: FastifyInstance): void {
    const { config, clock, faults, waits } = this.parts;
    const nowMs = () => clock.nowMs();
    const service = new SmsService(this.book, nowMs, config.timeScale);
    registerSms(app, { book: this.book, service, gate: new SmsGate(), faults, waits, nowMs });
  }

  start(): Promise<void> {
    return this.mail.start();
  }

  async stop(): Promise<void> {
    await this.mail.stop();
    await this.journal.close();
  }
}
