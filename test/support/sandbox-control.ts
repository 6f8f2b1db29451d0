export interface LedgerEntry {
  readonly kind: 'approval' | 'cancel';
  readonly acquirerOrderNo: string;
  readonly acquirerTransactionId: string;
  readonly amount: number;
}

export interface BookedReceipt {
  readonly kind: 'issue' | 'cancel';
  readonly acquirerOrderNo: string;
  readonly approvalNo: string;
  readonly originalApprovalNo: string | null;
  readonly amount: number;
}

/** What tests tell the sandbox, and ask it. */
export class SandboxControl {
  constructor(
    private readonly url: string,
    private readonly acquirer = 'toss',
  ) {}

  /** The same sandbox, another acquirer. */
  of(acquirer: string): SandboxControl {
    return new SandboxControl(this.url, acquirer);
  }

  arm(operation: string, fault: string, more: { times?: number; afterMs?: number } = {}): Promise<unknown> {
    return this.call('POST', '/faults', { acquirer: this.acquirer, operation, fault, ...more });
  }

  clear(): Promise<unknown> {
    return this.call('DELETE', '/faults');
  }

  latency(p50Ms: number, p99Ms = p50Ms): Promise<unknown> {
    return this.call('PUT', '/latency', { acquirer: this.acquirer, p50Ms, p99Ms });
  }

  /** Moves the sandbox's business time. */
  clock(offsetMs: number): Promise<unknown> {
    return this.call('PUT', '/clock', { offsetMs });
  }

  errorRate(rate: number, kind: string, seed: number): Promise<unknown> {
    return this.call('PUT', '/error-rate', { acquirer: this.acquirer, rate, kind, seed });
  }

  async ledger(acquirerOrderNo: string): Promise<LedgerEntry[]> {
    const { data } = await this.call<{ data: LedgerEntry[] }>(
      'GET',
      `/ledger?acquirer=${this.acquirer}&acquirerOrderNo=${acquirerOrderNo}`,
    );
    return data;
  }

  /** The cash receipts and their cancels that the acquirer has booked, oldest first. */
  async cashReceipts(): Promise<BookedReceipt[]> {
    const { data } = await this.call<{ data: BookedReceipt[] }>(
      'GET',
      `/cash-receipts?acquirer=${this.acquirer}&limit=10000`,
    );
    return data;
  }

  /** What the payer was charged in the end, as the acquirer believes. Whole won. */
  async charged(acquirerOrderNo: string): Promise<number> {
    const entries = await this.ledger(acquirerOrderNo);
    return entries.reduce((sum, { kind, amount }) => sum + (kind === 'approval' ? amount : -amount), 0);
  }

  /** Plays somebody outside, such as the payer who finishes the acquirer's window; what that gives. */
  play<T>(body: unknown, path = '/payments'): Promise<T> {
    return this.call('POST', `/${this.acquirer}${path}`, body);
  }

  /** Plays a depositor; false where the bank refuses the deposit. */
  async deposit(accountNumber: string, amount: number, depositor: string): Promise<boolean> {
    const path = `/virtual-accounts/${accountNumber}/deposits`;
    return this.call('POST', path, { amount, depositor }).then(
      () => true,
      (error: Error) => {
        if (error.message.includes(': 400 ')) return false;
        throw error;
      },
    );
  }

  /** Makes the settlement lists of a Korean day. */
  settle(date: string): Promise<unknown> {
    return this.call('POST', '/settle', { date });
  }

  /** What the acquirer's lists (or inquiries) shall say that its book does not. */
  async discrepancies(discrepancies: readonly object[]): Promise<void> {
    for (let at = 0; at < discrepancies.length; at += 200) {
      const some = discrepancies.slice(at, at + 200);
      await this.call('POST', '/discrepancies', { acquirer: this.acquirer, discrepancies: some });
    }
  }

  /** Of every acquirer. */
  clearDiscrepancies(): Promise<unknown> {
    return this.call('DELETE', '/discrepancies');
  }

  async calls(operation: string, acquirerOrderNo: string): Promise<number> {
    const query = `acquirer=${this.acquirer}&operation=${operation}&acquirerOrderNo=${acquirerOrderNo}`;
    const { total } = await this.call<{ total: number }>('GET', `/calls?${query}`);
    return total;
  }

  private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.url}/__sandbox${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    if (!answer.ok) throw new Error(`sandbox ${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }
}
