import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

const HASH_BYTES = 16;

/** A weak tag (RFC 9110, 8.8.3) of something that is written as JSON. */
export function tagOf(content: unknown): string {
  const hash = createHash('sha256').update(JSON.stringify(content), 'utf8').digest();
  return `W/"${hash.subarray(0, HASH_BYTES).toString('base64url')}"`;
}

/**
 * Sets the tag, and says whether the caller has that answer already (If-None-Match): then the status is 304, and nothing
 * is to be sent. Answers differ by caller and language, so that no shared cache may keep them.
 */
export function isKnown(request: FastifyRequest, reply: FastifyReply, tag: string): boolean {
  void reply
    .header('etag', tag)
    .header('cache-control', 'private, no-cache')
    .header('vary', 'Accept-Language, Authorization');
  const given = request.headers['if-none-match'];
  const known =
    given !== undefined && (given === '*' || given.split(',').some((each) => each.trim() === tag));
  if (known) void reply.status(304);
  return known;
}
