import { setTimeout as wait } from 'node:timers/promises';
import { type ApiAnswer, MerchantClient } from './merchant';
import { memberOf } from './points';

/** A logged-in member. One who asks more often than twenty times a second waits as it is told to. */
export class MemberClient {
  private constructor(
    private readonly client: MerchantClient,
    private readonly authorization: string,
  ) {}

  static async login(url: string, loginId: string): Promise<MemberClient> {
    return new MemberClient(new MerchantClient(url), await memberOf(url, loginId));
  }

  async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<ApiAnswer> {
    for (;;) {
      const { authorization } = this;
      const answer = await this.client.send(method, path, body, { authorization, ...headers });
      if (answer.status !== 429) return answer;
      await wait(Number(answer.headers.get('retry-after')) * 1_000);
    }
  }

  get = (path: string) => this.send('GET', path);
  post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    this.send('POST', path, body, headers);
  patch = (path: string, body: unknown) => this.send('PATCH', path, body);
  put = (path: string, body: unknown) => this.send('PUT', path, body);
}
