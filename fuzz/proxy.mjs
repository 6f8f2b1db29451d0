import { createServer } from 'node:http';
import { Client } from 'undici';
import { ROLES } from './accounts.mjs';
import { plainDocument } from './document.mjs';
import { sealBody } from './sealing.mjs';

const PATH = /^\/as\/(\w+)(\/.*)$/;
const SEALED = /^\/v1\/(payments\/card|billing-keys|pay\/[^/]+\/confirm)$/;
const LOGOUT = '/v1/auth/logout';
/** Of the connection between tester and proxy; the rest belongs to the request. */
const OWN_HEADERS = [
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'keep-alive',
  'expect',
  'upgrade',
];
const HOSTS = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Stands between a tester and the API: `/as/ROLE/…` is sent on to `/…` with that role's credentials, and a plain
 * `encData` is encrypted on the way. `/as/ROLE/docs-json` is the description that fits. Any tester that reads OpenAPI
 * can be pointed at it. It listens on, and sends to, this machine only.
 */
export class Proxy {
  #server = createServer((request, response) => {
    this.#handle(request, response).catch((error) => {
      response.writeHead(599, { 'content-type': 'text/plain' }).end(`the proxy could not: ${error.stack}`);
    });
  });

  constructor({ url, accounts, document }) {
    if (!HOSTS.includes(new URL(url).hostname)) throw new Error(`${url} is not on this machine`);
    this.url = url;
    this.accounts = accounts;
    this.document = document;
    this.client = new Client(url, { pipelining: 1, headersTimeout: 60_000, bodyTimeout: 60_000 });
  }

  listen(port) {
    this.#server.maxHeadersCount = 0;
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject).listen(port, '127.0.0.1', () => resolve(`http://127.0.0.1:${port}`));
    });
  }

  async close() {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await this.client.close();
  }

  async #handle(request, response) {
    const [, role, path] = PATH.exec(request.url) ?? [];
    if (role === undefined || !Object.hasOwn(ROLES, role)) {
      response.writeHead(598, { 'content-type': 'text/plain' });
      response.end(`ask for /as/ROLE/…, one of ${Object.keys(ROLES).join(', ')}`);
      return;
    }
    if (path === '/docs-json') {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(plainDocument(this.document, `/as/${role}`)));
      return;
    }
    const answer = await this.#send(role, path, request);
    const own = ['connection', 'keep-alive', 'transfer-encoding', 'content-length'];
    const headers = Object.fromEntries(
      Object.entries(answer.headers).filter(([name]) => !own.includes(name)),
    );
    response.writeHead(answer.statusCode, headers);
    response.end(Buffer.from(await answer.body.arrayBuffer()));
    if (answer.statusCode === 401) this.accounts.forget(role);
  }

  async #send(role, path, request) {
    const { method, headers: given } = request;
    const [pathname] = path.split('?');
    let body = await bytesOf(request);
    if (SEALED.test(pathname) && method === 'POST') {
      body = Buffer.from(await sealBody(pathname, body.toString('utf8'), this.url));
    }
    const headers = Object.fromEntries(Object.entries(given).filter(([name]) => !OWN_HEADERS.includes(name)));
    const authorization = await this.#authorization(role, pathname);
    if (authorization !== undefined) headers.authorization ??= authorization;
    return this.client.request({ method, path, headers, ...(body.length === 0 ? {} : { body }) });
  }

  async #authorization(role, pathname) {
    // The session that ends is one made for it.
    if (pathname === LOGOUT && ROLES[role].kind === 'MEMBER')
      return `Bearer ${await this.accounts.fresh(role)}`;
    return this.accounts.authorizationOf(role);
  }
}

async function bytesOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}
