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

interface Token {
  readonly header: string;
  /** On the clock of performance.now(). */
  readonly endsAtMs: number;
}

/** What goes into `Authorization`. Tokens are fetched once and used until shortly before their end. */
export class Authorization {
  readonly #credentials: Credentials;
  readonly #fetchToken: (authorization: string, form: URLSearchParams) => Promise<TokenAnswer>;
  #token: Promise<Token> | undefined;

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
    const kept = this.#token;
    if (kept !== undefined) {
      const { header, endsAtMs } = await this.#orForgotten(kept);
      if (performance.now() < endsAtMs) return header;
      if (this.#token === kept) this.forget();
    }
    // Of calls at once, the first one fetches for all. What was just fetched is used, however short it lives: to ask for
    // another one would get no longer a life.
    const fresh = (this.#token ??= this.#newToken(this.#credentials));
    return (await this.#orForgotten(fresh)).header;
  }

  /** A token that could not be had is asked for anew by the next call. */
  async #orForgotten(token: Promise<Token>): Promise<Token> {
    try {
      return await token;
    } catch (error) {
      if (this.#token === token) this.forget();
      throw error;
    }
  }

  async #newToken({ clientId, clientSecret, scope }: Exclude<Credentials, { secretKey: string }>) {
    const form = new URLSearchParams({ grant_type: 'client_credentials', ...(scope ? { scope } : {}) });
    const since = performance.now();
    const { access_token: token, expires_in: seconds } = await this.#fetchToken(
      basic(clientId, clientSecret),
      form,
    );
    // What is no number would never be over, or always.
    if (!Number.isFinite(seconds)) throw new TypeError('the token answer has no expires_in in seconds');
    const lifeMs = Math.max(1_000, seconds * 1_000 - SPARE_MS);
    return { header: `Bearer ${token}`, endsAtMs: since + lifeMs };
  }
}
