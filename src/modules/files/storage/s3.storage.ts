import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { AwsV4Signer } from 'aws4fetch';
import { type Dispatcher, request } from 'undici';
import { activeTransaction } from '../../../common/db/active-transaction';
import type { Clock } from '../../../common/time/clock';
import type { S3Settings } from '../../../config/config-parts';
import { assertStorageKey, type FileStorage, type SpooledContent } from './file-storage.port';

const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

type Method = 'PUT' | 'GET' | 'DELETE';

interface Call {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Readable;
  readonly sha256?: string;
}

/** The store answered otherwise than it should; its text is not kept, since it repeats what was asked. */
export class StorageFailed extends Error {
  readonly code: string;
  constructor(status: number) {
    super('the file store refused');
    this.name = 'StorageFailed';
    this.code = `S3_${status}`;
  }
}

/**
 * Contents in an S3-compatible bucket. Three plain calls signed by Signature Version 4: what files need of the protocol
 * is no more, so a signer is used and no SDK. The content's own hash is signed, so that what arrives is what was sent.
 */
export class S3Storage implements FileStorage {
  readonly name = 's3' as const;

  constructor(
    private readonly settings: S3Settings,
    private readonly clock: Clock,
  ) {}

  async put(key: string, { path, bytes, sha256, mediaType }: SpooledContent): Promise<void> {
    const headers = { 'content-length': String(bytes), 'content-type': mediaType };
    const answer = await this.send('PUT', key, { headers, body: createReadStream(path), sha256 });
    await answer.body.dump();
    if (answer.statusCode !== 200) throw new StorageFailed(answer.statusCode);
  }

  async open(key: string): Promise<Readable | null> {
    const answer = await this.send('GET', key);
    if (answer.statusCode === 200) return answer.body;
    await answer.body.dump();
    if (answer.statusCode === 404) return null;
    throw new StorageFailed(answer.statusCode);
  }

  async remove(key: string): Promise<void> {
    const answer = await this.send('DELETE', key);
    await answer.body.dump();
    if (![200, 204, 404].includes(answer.statusCode)) throw new StorageFailed(answer.statusCode);
  }

  private async send(
    method: Method,
    key: string,
    { headers = {}, body, sha256 = EMPTY_SHA256 }: Call = {},
  ): Promise<Dispatcher.ResponseData> {
    const transaction = activeTransaction();
    if (transaction !== undefined) throw new Error(`a file store was called inside ${transaction}`);
    assertStorageKey(key);
    const { endpoint, bucket, region, accessKeyId, secretAccessKey, timeoutMs } = this.settings;
    const signer = new AwsV4Signer({
      method,
      url: `${endpoint}/${bucket}/${key}`,
      headers: { ...headers, 'x-amz-content-sha256': sha256 },
      accessKeyId,
      secretAccessKey: secretAccessKey.expose(),
      service: 's3',
      region,
      datetime: this.clock
        .now()
        .toISOString()
        .replace(/[:-]|\.\d{3}/g, ''),
    });
    const signed = await signer.sign();
    return request(signed.url, {
      method,
      headers: Object.fromEntries(signed.headers),
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(timeoutMs),
    });
  }
}
