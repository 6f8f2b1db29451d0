import { randomBytes } from 'node:crypto';
import { type ApiAnswer, MerchantClient } from './merchant';
import { eventually } from './program';
import { messagesTo, type SentMessage } from './sms-payer';
import type { Stack } from './stack';

export const DEMO_PASSWORD = 'Demo!2026pass';
export const GOOD_PASSWORD = 'four quiet green rivers';
export const OTHER_PASSWORD = 'seven loud purple hills';

/** Tests speak as the proxy in front of clients of many addresses. */
export const BEHIND_PROXY = { TRUST_PROXY: '127.0.0.1' };

export interface Person {
  readonly loginId: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly password: string;
  readonly memberId: string;
}

export interface Session {
  readonly client: MerchantClient;
  readonly accessToken: string;
  readonly refreshToken: string;
}

let addresses = 0;

/** An address that no other call of this test file came from. */
export function newAddress(): Record<string, string> {
  addresses += 1;
  return { 'x-forwarded-for': `198.18.${Math.floor(addresses / 250)}.${(addresses % 250) + 1}` };
}

const digits = (length: number) => Array.from(randomBytes(length), (byte) => String(byte % 10)).join('');

export function newSignUp(more: Record<string, unknown> = {}) {
  const mark = randomBytes(5).toString('hex');
  return {
    loginId: `shop.${mark}`,
    password: GOOD_PASSWORD,
    name: '김민지',
    email: `mail-${mark}@example.com`,
    phone: `010${digits(8)}`,
    consents: { terms: true, privacy: true },
    ...more,
  };
}

/** People at the gateway, each call from an address of its own unless it says otherwise. */
export class People {
  constructor(private readonly stack: Stack) {}

  call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = newAddress(),
  ): Promise<ApiAnswer> {
    return new MerchantClient(this.stack.api.url, 'nobody', '').send(method, path, body, headers);
  }

  async signUp(more: Record<string, unknown> = {}): Promise<Person> {
    const wish = newSignUp(more);
    const answer = await this.call('POST', '/v1/members', wish);
    if (answer.status !== 201) throw new Error(`no member: ${answer.status} ${answer.text}`);
    return { ...wish, memberId: answer.body.memberId as string };
  }

  tryLogin(loginId: string, password: string, headers?: Record<string, string>): Promise<ApiAnswer> {
    return this.call('POST', '/v1/auth/login', { loginId, password }, headers);
  }

  async login({ loginId, password }: { loginId: string; password: string }): Promise<Session> {
    const answer = await this.tryLogin(loginId, password);
    if (answer.status !== 200) throw new Error(`no login: ${answer.status} ${answer.text}`);
    const { accessToken, refreshToken } = answer.body as unknown as Session;
    const client = new MerchantClient(this.stack.api.url, 'nobody', `Bearer ${accessToken}`);
    return { client, accessToken, refreshToken };
  }

  demo(loginId: string): Promise<Session> {
    return this.login({ loginId, password: DEMO_PASSWORD });
  }

  messages(to: string): Promise<SentMessage[]> {
    return messagesTo(this.stack.sandboxUrl, to);
  }

  /** The newest message to somebody whose text matches, waited for. */
  message(to: string, text: RegExp): Promise<SentMessage> {
    return eventually(async () => (await this.messages(to)).filter((sent) => text.test(sent.text)).at(-1), {
      withinMs: 20_000,
      what: `a message like ${text} to ${to}`,
    });
  }

  /** The code of the newest message after the first `seen` ones. */
  code(to: string, seen = 0): Promise<string> {
    return eventually(
      async () =>
        /\[(\d{6})\]/.exec((await this.messages(to)).slice(seen).filter(hasCode).at(-1)?.text ?? '')?.[1],
      { withinMs: 20_000, what: `a code to ${to}` },
    );
  }

  /** Asks for a reset code by SMS and reads it. */
  async resetCode({ loginId, phone }: Pick<Person, 'loginId' | 'phone'>): Promise<string> {
    const seen = (await this.messages(phone)).length;
    const asked = await this.call('POST', '/v1/members/find-password', { loginId, phone });
    if (asked.status !== 202) throw new Error(`not accepted: ${asked.status} ${asked.text}`);
    return this.code(phone, seen);
  }

  reset(loginId: string, code: string, newPassword = OTHER_PASSWORD): Promise<ApiAnswer> {
    return this.call('POST', '/v1/members/reset-password', { loginId, code, newPassword });
  }
}

const hasCode = ({ text }: SentMessage) => /\[\d{6}\]/.test(text);

export const otherCode = (code: string, by = 1) => String((Number(code) + by) % 1_000_000).padStart(6, '0');
