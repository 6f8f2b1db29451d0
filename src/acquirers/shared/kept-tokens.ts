import type { Exchange } from '../port/acquirer.types';

/** A token with less than this left is not used any more. */
const MARGIN_MS = 60_000;
const KEPT_MAX = 1_000;

export type TokenOutcome =
  | { readonly kind: 'TOKEN'; readonly token: string }
  /** No token, so nothing of the call that needed it was sent. The exchange tells of the asking. */
  | { readonly kind: 'NONE'; readonly exchange: Exchange };

/** What asking for a token came to; `untilMs` by the clock that the keeper was given. */
export type AskedToken =
  | { readonly kind: 'TOKEN'; readonly token: string; readonly untilMs: number }
  | { readonly kind: 'NONE'; readonly exchange: Exchange };

interface KeptToken {
  readonly token: string;
  readonly untilMs: number;
}

/**
 * Access tokens in memory, one for each owner, until a minute before they expire. Calls that need one at the same time
 * wait for the same asking.
 */
export class KeptTokens {
  private readonly kept = new Map<string, KeptToken>();
  private readonly asking = new Map<string, Promise<TokenOutcome>>();

  /** `nowMs`: the clock by which tokens expire. */
  constructor(private readonly nowMs: () => number) {}

  async get(owner: string, ask: () => Promise<AskedToken>): Promise<TokenOutcome> {
    const known = this.kept.get(owner);
    if (known !== undefined && this.nowMs() < known.untilMs - MARGIN_MS)
      return { kind: 'TOKEN', token: known.token };
    const running = this.asking.get(owner);
    if (running !== undefined) return running;
    const started = this.keep(owner, ask).finally(() => this.asking.delete(owner));
    this.asking.set(owner, started);
    return started;
  }

  /** This token was not accepted. A newer one, fetched meanwhile, stays. */
  drop(owner: string, token: string): void {
    if (this.kept.get(owner)?.token === token) this.kept.delete(owner);
  }

  private async keep(owner: string, ask: () => Promise<AskedToken>): Promise<TokenOutcome> {
    const asked = await ask();
    if (asked.kind === 'NONE') return asked;
    const { token, untilMs } = asked;
    this.kept.delete(owner);
    const [oldest] = this.kept.keys();
    if (this.kept.size >= KEPT_MAX && oldest !== undefined) this.kept.delete(oldest);
    this.kept.set(owner, { token, untilMs });
    return { kind: 'TOKEN', token };
  }
}
