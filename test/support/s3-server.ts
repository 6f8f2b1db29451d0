import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const S3_ACCESS = {
  accessKeyId: 'TESTACCESSKEY0001',
  secretAccessKey: 'test+secret/of+the+bucket+0123456789',
  region: 'ap-northeast-2',
  bucket: 'test-files',
} as const;

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text, 'utf8').digest();
const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');
const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/;

/**
 * A bucket that speaks as much of S3 as three calls need, and believes none that is not signed. The signature is
 * reckoned here from the published description of Signature Version 4, with nothing shared with who signs.
 */
export class S3Server {
  readonly objects = new Map<string, Buffer>();
  readonly refused: string[] = [];
  /** Answered to everything, when set. */
  down: number | undefined;
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  static async start(): Promise<S3Server> {
    const s3 = new S3Server();
    await new Promise<void>((done) => s3.server.listen(0, '127.0.0.1', done));
    return s3;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What a gateway needs to know to keep its files here. */
  environment(): Record<string, string> {
    return {
      FILES_STORAGE: 's3',
      FILES_S3_ENDPOINT: this.url,
      FILES_S3_REGION: S3_ACCESS.region,
      FILES_S3_BUCKET: S3_ACCESS.bucket,
      FILES_S3_ACCESS_KEY_ID: S3_ACCESS.accessKeyId,
      FILES_S3_SECRET_ACCESS_KEY: S3_ACCESS.secretAccessKey,
    };
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(() => done()));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    if (this.down !== undefined) {
      response.writeHead(this.down).end();
      return;
    }
    const refusal = refusalOf(request, body);
    if (refusal !== null) {
      this.refused.push(refusal);
      response.writeHead(403).end(`<Error><Code>${refusal}</Code></Error>`);
      return;
    }
    const key = decodeURIComponent(request.url!).slice(`/${S3_ACCESS.bucket}/`.length);
    const found = this.objects.get(key);
    if (request.method === 'PUT') this.objects.set(key, body);
    if (request.method === 'DELETE') this.objects.delete(key);
    const status = request.method === 'DELETE' ? 204 : request.method === 'PUT' || found ? 200 : 404;
    response.writeHead(status).end(request.method === 'GET' ? found : undefined);
  }
}

/** As S3 names what is wrong; null when the request may be believed. */
function refusalOf(request: IncomingMessage, body: Buffer): string | null {
  const [, accessKeyId, day, region, names = '', signature = ''] =
    AUTHORIZATION.exec(request.headers.authorization ?? '') ?? [];
  if (accessKeyId !== S3_ACCESS.accessKeyId) return 'InvalidAccessKeyId';
  const at = String(request.headers['x-amz-date']);
  if (region !== S3_ACCESS.region || day !== at.slice(0, 8)) return 'AuthorizationHeaderMalformed';
  const signed = names.split(';');
  if (!['host', 'x-amz-content-sha256', 'x-amz-date'].every((name) => signed.includes(name)))
    return 'AccessDenied';
  if (request.headers['x-amz-content-sha256'] !== sha256(body)) return 'XAmzContentSHA256Mismatch';
  const headers = signed.map((name) => `${name}:${String(request.headers[name]).trim()}\n`).join('');
  const [path = '', query = ''] = request.url!.split('?');
  const canonical = [request.method, path, query, headers, names, sha256(body)].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', at, scope, sha256(canonical)].join('\n');
  const dayKey = hmac(`AWS4${S3_ACCESS.secretAccessKey}`, day);
  const key = hmac(hmac(hmac(dayKey, region), 's3'), 'aws4_request');
  const isRight = timingSafeEqual(hmac(key, toSign), Buffer.from(signature, 'hex'));
  return isRight ? null : 'SignatureDoesNotMatch';
}
