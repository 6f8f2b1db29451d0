/** A secret key, or a client that gets tokens for one. Either works wherever a merchant system may call. */
export type Credentials =
  | { readonly secretKey: string }
  | { readonly clientId: string; readonly clientSecret: string; readonly scope?: string };

export interface TokenAnswer {
  readonly access_token: string;
  /** Seconds. */
  readonly expires_in: number;
}

/** A token is not used in its last seconds: it has to be good when it arrives. */
const SPARE_MS = 30_000;

const basic = (user: string, password: string) =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

/** What goes into `Authorization`. Tokens are fetched once and used until shortly before their end. */
export class Authorization {
  readonly #credentials: Credentials;
  readonly #fetchToken: (authorization: string, form: URLSearchParams) => Promise<TokenAnswer>;
  #token: Promise<{ readonly header: string; readonly endsAtMs: number }> | undefined;

  constructor(
    credentials: Credentials,
    fetchToken: (authorization: string, form: URLSearchParams) => Promise<TokenAnswer>,
  ) {
    this.#credentials = credentials;
    this.#fetchToken = fetchToken;
  }

  /** Whether a refused call may be right with a new token. */
  get renewable(): boolean {
    return 'clientId' in this.#credentials;
  }

  /** Forgets the token, e.g. since it was revoked. */
  forget(): void {
    this.#token = undefined;
  }

  async header(): Promise<string> {
    if ('secretKey' in this.#credentials) return basic(this.#credentials.secretKey, '');
    const token = (this.#token ??= this.#newToken(this.#credentials));
    try {
      const { header, endsAtMs } = await token;
      if (performance.now() < endsAtMs) return header;
    } catch (error) {
      if (this.#token === token) this.forget();
      throw error;
    }
    if (this.#token === token) this.forget();
    return this.header();
  }

  async #newToken({ clientId, clientSecret, scope }: Exclude<Credentials, { secretKey: string }>) {
    const form = new URLSearchParams({ grant_type: 'client_credentials', ...(scope ? { scope } : {}) });
    const since = performance.now();
    const answer = await this.#fetchToken(basic(clientId, clientSecret), form);
    const lifeMs = Math.max(1_000, answer.expires_in * 1_000 - SPARE_MS);
    return { header: `Bearer ${answer.access_token}`, endsAtMs: since + lifeMs };
  }
}
