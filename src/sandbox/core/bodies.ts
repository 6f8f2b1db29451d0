import type { FastifyInstance, FastifyRequest } from 'fastify';

/** A body with its bytes beside what they say. */
interface ReadBody {
  readonly value: unknown;
  readonly bytes: Buffer;
}

const NOTHING = Buffer.alloc(0);

/** JSON (also empty: `POST /__sandbox/reset` has nothing to say) and forms; their bytes are kept beside them. */
export function readBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, bytes: Buffer, done) => {
    try {
      const value = bytes.length === 0 ? undefined : (JSON.parse(bytes.toString('utf8')) as unknown);
      done(null, { value, bytes } satisfies ReadBody);
    } catch {
      done(Object.assign(new Error('The body is not JSON.'), { statusCode: 400 }), undefined);
    }
  });
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer' },
    (_request, bytes: Buffer, done) => {
      const value = Object.fromEntries(new URLSearchParams(bytes.toString('utf8')));
      done(null, { value, bytes } satisfies ReadBody);
    },
  );
}

export function bodyOf(request: FastifyRequest): unknown {
  return (request.body as ReadBody | undefined)?.value;
}

export function rawBodyOf(request: FastifyRequest): Buffer {
  return (request.body as ReadBody | undefined)?.bytes ?? NOTHING;
}
