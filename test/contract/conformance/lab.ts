import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AcquirerPort,
  makesOwnTransactionIds,
  type OwnIdChannel,
} from '../../../src/acquirers/port/acquirer.port';
import type { ContractAccess } from '../../../src/acquirers/port/acquirer.types';
import { OutboundClient } from '../../../src/common/http/outbound-client';
import { Secret } from '../../../src/common/masking/secret';
import { Clock } from '../../../src/common/time/clock';
import { loadConfig } from '../../../src/config/app-config';
import { DEMO_MERCHANTS } from '../../../src/demo/demo-data';
import { freePortRange, httpStatus, Program } from '../../support/program';
import { SANDBOX_PORTS, sandboxAddresses } from '../../support/sandbox-addresses';
import { SandboxControl } from '../../support/sandbox-control';
import { WebhookReceiver } from '../../support/webhook-receiver';
import type { ConformanceFixture } from './fixture';

/** A test card's 3 seconds are 90 ms, a refusal of 60 seconds 1.8 s, a silence 3.6 s. */
const TIME_SCALE = 0.03;
/** Long enough for every answer that comes, and short enough to wait for one that does not. */
const PATIENT = { connectTimeoutMs: 3_000, answerTimeoutMs: 10_000 };
const IMPATIENT = { connectTimeoutMs: 500, answerTimeoutMs: 300 };

/** The gateway's clock, which can be moved as the sandbox's own is by its control interface. */
export class MovableClock extends Clock {
  offsetMs = 0;

  override now(): Date {
    return new Date(super.now().getTime() + this.offsetMs);
  }
}

/** One acquirer's sandbox as a process of its own, and adapters that talk to it. */
export class Lab {
  readonly folder = mkdtempSync(join(tmpdir(), 'pg-gateway-conformance-'));
  readonly clock = new MovableClock();
  control!: SandboxControl;
  receiver!: WebhookReceiver;
  private sandbox!: Program;
  private port = 0;
  private readonly clients: OutboundClient[] = [];
  private orders = 0;

  private constructor(
    readonly fixture: ConformanceFixture,
    private readonly timeScale: number,
  ) {}

  static async start(fixture: ConformanceFixture, timeScale = TIME_SCALE): Promise<Lab> {
    const lab = new Lab(fixture, timeScale);
    try {
      await lab.bringUp();
      return lab;
    } catch (error) {
      await lab.stop();
      throw error;
    }
  }

  /** The acquirer's own listener, the only one that can refuse a connection. */
  get address(): string {
    const own = Object.values(sandboxAddresses(this.port)).find((address) =>
      address.endsWith(`/${this.fixture.name}`),
    );
    if (own === undefined) throw new Error(`sandbox-addresses names no address of ${this.fixture.name}`);
    return own;
  }

  /** A fresh adapter over connections of its own; by way of a proxy where a port is given. */
  adapter(proxyPort?: number): AcquirerPort {
    const http = new OutboundClient(this.clock);
    this.clients.push(http);
    return adapterOf(this.fixture, { http, clock: this.clock, addresses: this.addresses(proxyPort) });
  }

  access(patience: 'patient' | 'impatient' = 'patient'): ContractAccess {
    const { acquirerMerchantId, credentials } = contractOf(this.fixture);
    return {
      contractId: 'ctr_conformance',
      acquirerMerchantId,
      credentials: new Secret(credentials),
      ...(patience === 'patient' ? PATIENT : IMPATIENT),
    };
  }

  /** Formed as the gateway's own: at most 40 of letters, digits, `_` and `-`. */
  newOrderNo(): string {
    this.orders += 1;
    return `pay_${randomBytes(10).toString('hex').toUpperCase()}_${this.orders}`;
  }

  /** No other call of this contract has it within ten seconds. */
  newSequence(): number {
    this.orders += 1;
    return this.orders;
  }

  /** Null where the acquirer makes its ids itself. */
  newTransactionId(adapter: AcquirerPort, what: OwnIdChannel, at: Date): string | null {
    if (!makesOwnTransactionIds(adapter)) return null;
    return adapter.newTransactionId(this.access(), what, this.newSequence(), at);
  }

  async stop(): Promise<void> {
    await Promise.all(this.clients.map((client) => client.onApplicationShutdown()));
    await this.sandbox?.stop();
    await this.receiver?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async bringUp(): Promise<void> {
    this.receiver = await WebhookReceiver.start();
    this.port = await freePortRange(SANDBOX_PORTS);
    const url = `http://127.0.0.1:${this.port}`;
    this.control = new SandboxControl(url, this.fixture.name);
    this.sandbox = new Program({
      name: 'sandbox',
      file: `${process.env.TEST_BUILD_DIR ?? 'dist-test'}/src/sandbox/main.js`,
      env: {
        SANDBOX_PORT: String(this.port),
        SANDBOX_SMTP_PORT: '0',
        SANDBOX_DATA_DIR: join(this.folder, 'sandbox'),
        SANDBOX_TIME_SCALE: String(this.timeScale),
        SANDBOX_WEBHOOK_URL: this.receiver.url,
      },
      isReady: async () => (await httpStatus(`${url}/__sandbox/health`)) === 200,
    });
    await this.sandbox.start();
  }

  private addresses(proxyPort: number | undefined): Record<string, string> {
    const direct = sandboxAddresses(this.port);
    if (proxyPort === undefined) return direct;
    const behind = new URL(this.address).host;
    return Object.fromEntries(
      Object.entries(direct).map(([key, address]) => [
        key,
        address.replace(`//${behind}/`, `//127.0.0.1:${proxyPort}/`),
      ]),
    );
  }
}

export function adapterOf(
  fixture: ConformanceFixture,
  parts: { http: OutboundClient; clock: Clock; addresses: Record<string, string> },
): AcquirerPort {
  const config = loadConfig({
    APP_ENV: 'local',
    DATABASE_URL: 'mysql://nobody@127.0.0.1/nothing',
    ROOT_KEYS: `v1:${Buffer.from('a root key that tests may know!!').toString('base64')}`,
    ...parts.addresses,
  });
  return fixture.adapter({ http: parts.http, clock: parts.clock, config });
}

function contractOf({ name, contract }: ConformanceFixture): NonNullable<ConformanceFixture['contract']> {
  if (contract !== undefined) return contract;
  const demo = DEMO_MERCHANTS.flatMap(({ contracts }) => contracts).find(({ acquirer }) => acquirer === name);
  if (demo === undefined)
    throw new Error(`the demo data holds no contract of ${name}; give one in its fixture`);
  return { acquirerMerchantId: demo.acquirerMerchantId, credentials: demo.credentials.expose() };
}
