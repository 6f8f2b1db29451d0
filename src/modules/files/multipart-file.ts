import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyConfig } from '@fastify/busboy';
import { type AppError, fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { FILE_BYTES_MAX } from './file-content.policy';
import { FILES_ERRORS } from './files.errors';

/** What a form says around its one file. */
const OVERHEAD_BYTES_MAX = 8 * 1024;

export interface ReceivedFile<T> {
  /** As the sender calls it. */
  readonly name: string | undefined;
  readonly content: T;
}

/** What is done with a content while it arrives, and with one that was taken and is not wanted after all. */
export interface ContentTaker<T> {
  take(content: Readable): Promise<T>;
  discard(taken: T): Promise<void>;
}

const badField = (field: string, code: string): AppError =>
  fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors: [{ field: field.slice(0, 100), code }] });

/**
 * Reads a multipart body that holds exactly one file, in the field `file`. Throws VALIDATION_FAILED, FILE_TOO_LARGE,
 * UPLOAD_INCOMPLETE, and what `take` throws; nothing that was taken is left then.
 */
export async function readOneFile<T>(
  request: IncomingMessage,
  taker: ContentTaker<T>,
): Promise<ReceivedFile<T>> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > FILE_BYTES_MAX + OVERHEAD_BYTES_MAX) throw fault(FILES_ERRORS, 'FILE_TOO_LARGE');
  const form = openForm(request);
  const ending = new Ending(form, request);
  let received: Promise<ReceivedFile<T>> | undefined;
  form.on('file', (field, content, name) => {
    // Who reads it hears of its errors by itself; one that comes afterwards must not end the process.
    content.on('error', () => undefined);
    if (field !== 'file' || received !== undefined) {
      ending.refuse(badField(field || 'file', field === 'file' ? 'NOT_ALLOWED' : 'UNKNOWN_FIELD'));
      content.resume();
      return;
    }
    ending.onBreak(() => content.destroy(new Error('the upload broke off')));
    received = taker.take(content).then((taken) => ({ name, content: taken }));
    received.catch((error: Error) => ending.refuse(error));
  });
  form.on('field', (field) => ending.refuse(badField(field, 'UNKNOWN_FIELD')));
  const broken = await ending.reached;
  // The form may be read to its end before the last of its file has been judged.
  const [judged] = await Promise.allSettled([received]);
  const file = judged.status === 'fulfilled' ? judged.value : undefined;
  if (broken === null && file !== undefined) return file;
  if (file !== undefined) await taker.discard(file.content);
  if (broken === null && judged.status === 'rejected') throw judged.reason as Error;
  throw broken ?? badField('file', 'REQUIRED');
}

function openForm(request: IncomingMessage) {
  try {
    return new Busboy({
      headers: request.headers as BusboyConfig['headers'],
      limits: { files: 2, fields: 2, parts: 3, fieldNameSize: 100, fieldSize: 1_000, headerPairs: 20 },
    });
  } catch (error) {
    throw fault(COMMON_ERRORS, 'MALFORMED_BODY', { cause: error });
  }
}

/** How the reading of a form ends: whole, refused, or broken off. The first of these counts. */
class Ending {
  /** null: read to its end. */
  readonly reached: Promise<Error | null>;
  private settle: (refusal: Error | null) => void = () => undefined;
  private readonly breaks: (() => void)[] = [];

  constructor(
    private readonly form: InstanceType<typeof Busboy>,
    private readonly request: IncomingMessage,
  ) {
    this.reached = new Promise((resolve) => (this.settle = resolve));
    const broken = (cause?: unknown) => this.refuse(fault(FILES_ERRORS, 'UPLOAD_INCOMPLETE', { cause }));
    form.once('finish', () => this.end(null));
    form.on('error', broken);
    request.once('error', broken);
    request.once('close', () => request.complete || broken());
    request.pipe(form);
  }

  onBreak(work: () => void): void {
    this.breaks.push(work);
  }

  refuse(refusal: Error): void {
    this.end(refusal);
    for (const work of this.breaks.splice(0)) work();
  }

  private end(refusal: Error | null): void {
    this.request.unpipe(this.form);
    // What nobody reads any more is still taken from the wire: else the sender would not come to read the answer.
    this.request.resume();
    this.settle(refusal);
  }
}
