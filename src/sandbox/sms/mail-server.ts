import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { MessageBook } from './message-book';

const MAIL_BYTES_MAX = 1024 * 1024;

/** The mail server: takes every mail for everybody, delivers none, and keeps what it says. */
export class MailServer {
  private readonly server: SMTPServer;

  constructor(
    book: MessageBook,
    nowMs: () => number,
    private readonly host: string,
    private readonly port: number,
  ) {
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      size: MAIL_BYTES_MAX,
      onAuth: (_auth, _session, done) => done(null, { user: 'anybody' }),
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          PostalMime.parse(Buffer.concat(chunks))
            .then(async ({ subject = '', text = '', from }) => {
              for (const { address: to } of session.envelope.rcptTo) {
                book.mail({ to, from: from?.address ?? '', subject, text: text.trimEnd(), atMs: nowMs() });
              }
              await book.durable();
              done();
            })
            .catch((error: Error) => done(error));
        });
      },
    });
  }

  /** The port that it has. */
  get ownPort(): number {
    return (this.server.server.address() as AddressInfo | null)?.port ?? this.port;
  }

  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(this.port, this.host, () => {
        this.server.off('error', reject);
        // A client that goes away in the middle of a mail is no reason to end.
        this.server.on('error', () => undefined);
        resolve();
      });
    });
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}
