import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import type { IdempotentRequest } from '../../common/idempotency/idempotent.decorator';
import { cleanName } from './file-content.policy';
import { readOneFile } from './multipart-file';
import { type Spooled, UploadSpool } from './upload-spool';

/** A file that came whole. It lies on this machine until the answer has left. */
export interface Upload extends Spooled {
  readonly name: string;
}

export interface UploadRequest extends IdempotentRequest {
  upload?: Upload;
}

/**
 * Takes the file in before the Idempotency-Key is looked at, since the key is held against what was sent. Runs after
 * authentication.
 */
@Injectable()
export class UploadGuard implements CanActivate {
  constructor(private readonly spool: UploadSpool) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<UploadRequest>();
    if (!/^multipart\/form-data\b/i.test(request.headers['content-type'] ?? ''))
      throw fault(COMMON_ERRORS, 'UNSUPPORTED_MEDIA_TYPE');
    const { name: given, content } = await readOneFile(request.raw, {
      take: (stream) => this.spool.write(stream),
      discard: ({ path }) => this.spool.remove(path),
    });
    const forget = () => void this.spool.remove(content.path);
    const { raw } = http.getResponse<FastifyReply>();
    if (raw.closed) forget();
    else raw.once('close', forget);
    request.upload = { ...content, name: cleanName(given, content.mediaType) };
    const { name, sha256 } = request.upload;
    request.idempotencyContent = { name, sha256 };
    return true;
  }
}
