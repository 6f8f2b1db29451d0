import { type ApiAnswer, MerchantClient } from './merchant';

/** A logged-in member. */
export class MemberClient {
  private constructor(
    private readonly client: MerchantClient,
    private readonly authorization: string,
  ) {}

  /** By the password of the demo data unless another one is given. */
  static async login(url: string, loginId: string, password = 'Demo!2026pass'): Promise<MemberClient> {
    const answer = await new MerchantClient(url).send('POST', '/v1/auth/login', { loginId, password });
    if (answer.status !== 200) throw new Error(`${loginId} could not log in: ${answer.text}`);
    return new MemberClient(new MerchantClient(url), `Bearer ${answer.body.accessToken as string}`);
  }

  async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<ApiAnswer> {
    return this.client.send(method, path, body, { authorization: this.authorization, ...headers });
  }

  get = (path: string) => this.send('GET', path);
  post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    this.send('POST', path, body, headers);
  patch = (path: string, body: unknown) => this.send('PATCH', path, body);
  put = (path: string, body: unknown) => this.send('PUT', path, body);
}
