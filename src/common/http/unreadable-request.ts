import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';

/** As helmet says it on all other answers (src/http-app.ts): none of its hooks sees what is no request. */
const HEADERS = [
  "Content-Security-Policy: default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
  'Strict-Transport-Security: max-age=31536000; includeSubDomains',
  'X-Content-Type-Options: nosniff',
  'Referrer-Policy: no-referrer',
  'Cache-Control: no-store',
  'Content-Type: application/problem+json; charset=utf-8',
  'Connection: close',
];

/** Of Node's parser; everything else is 400. */
const STATUSES: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

/**
 * Answers what Node's parser refuses, e.g. two lengths of one body, by a problem without a code (RFC 9457, 4.2.1), and
 * closes: where the next request would begin is not known.
 */
export function answerUnreadable(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (socket.writable) socket.write(answerOf(STATUSES[error.code ?? ''] ?? 400));
  socket.destroy(error);
}

function answerOf(status: number): string {
  const title = STATUS_CODES[status] ?? '';
  const body = JSON.stringify({ type: 'about:blank', title, status });
  const lines = [`HTTP/1.1 ${status} ${title}`, ...HEADERS, `Content-Length: ${body.length}`];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}
