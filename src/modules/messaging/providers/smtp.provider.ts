import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { AppConfig } from '../../../config/app-config';
import type { MessageProvider, Opened, OutgoingMessage, Standing } from '../message-provider.port';

/** One mailbox and nothing more: a list, a comment, a quoted part or a line's end could name somebody else. */
const ONE_ADDRESS = /^[^\s"(),:;<>@[\\\]]{1,64}@[^\s"(),:;<>@[\\\]]{1,255}$/;

/** Above these an SMTP server refused for good (RFC 5321, 4.2.1). */
const REFUSED_FROM = 500;

/**
 * E-mail by SMTP. The protocol knows no delivery reports that can be asked for, and no way to ask after a lost answer:
 * such a message is sent again, under the same Message-ID, so that a mailbox can tell that it is the same.
 */
@Injectable()
export class SmtpProvider implements MessageProvider, OnApplicationShutdown {
  readonly name = 'smtp';
  readonly channel = 'EMAIL';
  readonly reportsDelivery = false;
  private transport: Transporter | undefined;

  constructor(private readonly config: AppConfig) {}

  open(messageId: string): Promise<Opened> {
    const domain = this.config.messaging.mail.sender.split('@')[1]!;
    return Promise.resolve({ kind: 'OPENED', handle: `${messageId}@${domain}` });
  }

  async send(handle: string, { to, content }: OutgoingMessage): Promise<Standing> {
    if (!ONE_ADDRESS.test(to)) return { kind: 'FAILED', code: 'ADDRESS_INVALID' };
    const from = this.config.messaging.mail.sender;
    try {
      const { subject, text } = content;
      await this.transporter().sendMail({ from, to, subject, text, messageId: `<${handle}>` });
      return { kind: 'SENT' };
    } catch (error) {
      const { responseCode } = error as { responseCode?: number };
      const refused = responseCode !== undefined && responseCode >= REFUSED_FROM;
      return refused ? { kind: 'FAILED', code: `SMTP_${responseCode}` } : { kind: 'UNKNOWN' };
    }
  }

  look(): Promise<Standing> {
    return Promise.resolve({ kind: 'NOT_SENT' });
  }

  onApplicationShutdown(): void {
    this.transport?.close();
  }

  private transporter(): Transporter {
    const { connectTimeoutMs, answerTimeoutMs } = this.config.acquirer;
    this.transport ??= createTransport({
      url: this.config.messaging.mail.url.expose(),
      connectionTimeout: connectTimeoutMs,
      greetingTimeout: answerTimeoutMs,
      socketTimeout: answerTimeoutMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    return this.transport;
  }
}
