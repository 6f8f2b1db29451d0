import type { FastifyInstance, FastifyRequest } from 'fastify';

const WEBHOOK_PATH = /^\/v1\/webhooks\/[a-z]+(?:\?|$)/;
/** A type of our own, so that no parser looks at the bytes. */
const RAW_TYPE = 'application/x-raw-webhook';
const givenTypes = new WeakMap<object, string>();

/**
 * Acquirers' webhooks come in whatever form and charset the acquirer likes, and their bytes are what signatures are
 * made of: they are kept as they came and parsed by nobody before that.
 */
export function registerRawBodies(fastify: FastifyInstance, bytesMax: number): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (request.method === 'POST' && WEBHOOK_PATH.test(request.url)) {
      givenTypes.set(request.raw, request.headers['content-type'] ?? '');
      request.headers['content-type'] = RAW_TYPE;
    }
    done();
  });
  fastify.addContentTypeParser(RAW_TYPE, { parseAs: 'buffer', bodyLimit: bytesMax }, (_request, body, done) =>
    done(null, body),
  );
}

/** The bytes of a webhook, and the content type that it came with. */
export function rawBodyOf(request: FastifyRequest): { readonly contentType: string; readonly body: Buffer } {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  return { contentType: givenTypes.get(request.raw) ?? '', body };
}
