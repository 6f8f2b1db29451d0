import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NicepayAdapter } from '../../src/acquirers/nicepay/nicepay.adapter';
import type { ContractAccess } from '../../src/acquirers/port/acquirer.types';
import { OutboundClient } from '../../src/common/http/outbound-client';
import { Secret } from '../../src/common/masking/secret';
import { Clock } from '../../src/common/time/clock';
import type { AppConfig } from '../../src/config/app-config';
import { SandboxServer } from '../../src/sandbox/server';
import { SandboxControl } from './sandbox-control';

export const NICEPAY_SECRET_KEY = 'nicepay_sandbox_secret__M0000004';

/** A message that NICEPAY's sandbox sent. */
export interface Heard {
  readonly body: Buffer;
  readonly contentType: string;
}

/** NICEPAY's adapter and its sandbox, talking over HTTP within one process. */
export class NicepayWorld {
  readonly clock = new Clock();
  readonly access: ContractAccess = {
    contractId: 'c',
    acquirerMerchantId: 'nicetest04',
    credentials: new Secret({
      clientKey: 'S2_sandbox_nicepay_M0000004',
      secretKey: NICEPAY_SECRET_KEY,
      merchantKey: 'nicepay_merchant_key____M0000004',
    }),
    connectTimeoutMs: 1_000,
    answerTimeoutMs: 2_000,
  };
  readonly heard: Heard[] = [];
  adapter!: NicepayAdapter;
  control!: SandboxControl;
  readonly folder = mkdtempSync(join(tmpdir(), 'pg-gateway-nicepay-'));
  private readonly http = new OutboundClient(this.clock);
  private hooks!: Server;
  private sandbox!: SandboxServer;

  async start(): Promise<void> {
    this.hooks = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        this.heard.push({
          body: Buffer.concat(parts),
          contentType: request.headers['content-type'] ?? '',
        });
        response.writeHead(200, { 'content-type': 'text/html' }).end('OK');
      });
    });
    await new Promise<void>((done) => this.hooks.listen(0, '127.0.0.1', done));
    await this.startSandbox();
  }

  /** A sandbox that comes back knows what its journal holds. */
  async restart(): Promise<void> {
    await this.sandbox.stop();
    await this.startSandbox();
  }

  async stop(): Promise<void> {
    await this.http.onApplicationShutdown();
    await this.sandbox?.stop();
    this.hooks?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The payer's transfer; what the bank says. */
  async deposit(
    accountNumber: string,
    amount: number,
  ): Promise<{ status: number; body: Record<string, string> }> {
    const answer = await fetch(
      `http://127.0.0.1:${this.sandbox.mainPort}/__sandbox/virtual-accounts/${accountNumber}/deposits`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ amount, depositor: '홍길동' }),
      },
    );
    return { status: answer.status, body: (await answer.json()) as Record<string, string> };
  }

  private async startSandbox(): Promise<void> {
    const webhookUrl = `http://127.0.0.1:${(this.hooks.address() as AddressInfo).port}`;
    const at = { host: '127.0.0.1', port: 0, smtpPort: 0 };
    const settings = { ...at, dataDir: this.folder, timeScale: 0.001, webhookUrl };
    this.sandbox = new SandboxServer(settings, (error) => {
      throw error;
    });
    await this.sandbox.start();
    const base = `http://127.0.0.1:${this.sandbox.ownPort('nicepay')}/nicepay`;
    this.control = new SandboxControl(`http://127.0.0.1:${this.sandbox.mainPort}`, 'nicepay');
    const config = { acquirer: { urls: { nicepay: base, nicepayLegacy: base } } } as AppConfig;
    this.adapter = new NicepayAdapter(this.http, config, this.clock);
  }
}
