import * as path from 'node:path';
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import type { SandboxConfig } from './config';
import { type AcquirerName, ACQUIRERS, type AcquirerSandbox } from './core/acquirer';
import { CallList } from './core/calls';
import { SandboxClock } from './core/clock';
import { registerControl } from './core/control';
import { lockFolder } from './core/data-lock';
import { FaultBook } from './core/faults';
import { Journal } from './core/journal';
import { OwnListener } from './core/own-listener';
import { readBodies } from './core/bodies';
import { Pipeline } from './core/pipeline';
import { SteadyBehaviour } from './core/steady';
import { Waits } from './core/waits';
import { WebhookSender } from './core/webhooks';
import { REGISTRY } from './registry';
import { MessageDesk } from './sms/message-desk';

const BODY_MAX = 64 * 1024;
/** Toss payment keys may have 200 characters, percent-encoded up to three times that. */
const PATH_PART_MAX = 600;

/** One acquirer with its journal and its own port. */
interface Desk {
  readonly sandbox: AcquirerSandbox;
  readonly journal: Journal;
  readonly listener: OwnListener;
}

/** The whole sandbox in one object: what `main.ts` runs and what specs start on free ports. */
export class SandboxServer {
  private readonly clock = new SandboxClock();
  private readonly calls = new CallList();
  private readonly steady = new SteadyBehaviour();
  private readonly waits = new Waits();
  private readonly faults: FaultBook;
  private readonly desks = new Map<string, Desk>();
  private readonly app: FastifyInstance;
  private messages: MessageDesk | undefined;
  private unlock: () => void = () => undefined;

  constructor(
    private readonly config: SandboxConfig,
    /** The disk refused a write: the books in memory are ahead of the journal and the process must end. */
    private readonly onJournalFailure: (error: Error) => void,
  ) {
    this.faults = new FaultBook(config.timeScale, () => void this.settlePorts().catch(onJournalFailure));
    this.app = fastify({
      bodyLimit: BODY_MAX,
      exposeHeadRoutes: false,
      forceCloseConnections: true,
      routerOptions: { maxParamLength: PATH_PART_MAX },
    });
  }

  /** Reads the journals back, then listens. */
  async start(): Promise<void> {
    this.unlock = await lockFolder(this.config.dataDir);
    readBodies(this.app);
    for (const name of REGISTRY.keys()) this.openDesk(name);
    const { config, clock, faults, waits, onJournalFailure } = this;
    this.messages = new MessageDesk({ config, clock, faults, waits, onJournalFailure });
    await this.registerRoutes(this.messages);
    await this.messages.start();
    await this.app.listen({ host: this.config.host, port: this.config.port });
    for (const { listener } of this.desks.values()) await listener.want(true);
  }

  async stop(): Promise<void> {
    this.faults.clear();
    this.waits.endAll();
    for (const { listener } of this.desks.values()) await listener.want(false);
    await this.app.close();
    await this.messages?.stop();
    for (const { journal } of this.desks.values()) await journal.close();
    this.unlock();
  }

  get mainPort(): number {
    const address = this.app.server.address();
    return typeof address === 'object' && address ? address.port : this.config.port;
  }

  ownPort(acquirer: AcquirerName): number {
    return this.deskOf(acquirer).listener.ownPort;
  }

  /** How many movements of money the acquirers have booked. */
  get ledgerEntries(): number {
    return [...this.desks.values()].reduce((sum, { sandbox }) => sum + sandbox.ledger.size, 0);
  }

  private openDesk(name: AcquirerName): void {
    const build = REGISTRY.get(name);
    if (!build) return;
    const file = path.join(this.config.dataDir, `${name}.jsonl`);
    const journal = Journal.open(file, (error) => this.onJournalFailure(error));
    const webhooks = new WebhookSender(name, {
      url: this.config.webhookUrl && `${this.config.webhookUrl}/${name}`,
      faults: this.faults,
      waits: this.waits,
      timeScale: this.config.timeScale,
    });
    const { timeScale } = this.config;
    const sandbox = build({ journal, clock: this.clock, timeScale, webhooks });
    journal.replay((record) => sandbox.restore(record));
    const port = this.config.port === 0 ? 0 : this.config.port + 1 + ACQUIRERS.indexOf(name);
    const listener = new OwnListener(
      (request, response) => this.app.routing(request, response),
      this.config.host,
      port,
    );
    this.desks.set(name, { sandbox, journal, listener });
  }

  private async registerRoutes(messages: MessageDesk): Promise<void> {
    await this.app.register(
      async (control) => {
        registerControl(control, {
          acquirers: new Map([...this.desks].map(([name, desk]) => [name, controlled(desk)])),
          calls: this.calls,
          faults: this.faults,
          steady: this.steady,
          clock: this.clock,
          messages,
          portsSettled: () => this.settlePorts(),
          reset: () => this.reset(),
        });
      },
      { prefix: '/__sandbox' },
    );
    for (const desk of this.desks.values()) {
      await this.app.register(async (wire) => this.registerWire(wire, desk), {
        prefix: `/${desk.sandbox.name}`,
      });
    }
    await this.app.register(async (wire) => messages.register(wire), { prefix: '/sms' });
    this.app.setNotFoundHandler((_request, reply) =>
      reply.code(404).send({ code: 'NOT_FOUND', message: 'Start at /__sandbox/health.' }),
    );
    await this.app.ready();
  }

  private registerWire(wire: FastifyInstance, desk: Desk): void {
    const { calls, faults, steady, clock, waits } = this;
    const { sandbox: acquirer, journal } = desk;
    const { timeScale } = this.config;
    const pipeline = new Pipeline({ acquirer, journal, calls, faults, steady, clock, waits, timeScale });
    for (const route of acquirer.routes) {
      wire.route({
        method: route.method,
        url: route.path,
        handler: (request, reply) => pipeline.handle(route, request, reply),
        errorHandler: (error: FastifyError, _request, reply) => {
          const status = error.statusCode ?? 500;
          pipeline.unreadable(status < 500 ? route : undefined, status, reply);
        },
      });
    }
    wire.setNotFoundHandler((_request, reply) => pipeline.unreadable(undefined, 404, reply));
  }

  private async settlePorts(): Promise<void> {
    await Promise.all(
      [...this.desks.values()].map(({ sandbox, listener }) =>
        listener.want(!this.faults.isRefusing(sandbox.name)),
      ),
    );
  }

  private async reset(): Promise<void> {
    this.faults.clear();
    this.steady.clear();
    this.clock.moveTo(0);
    this.waits.endAll();
    this.calls.clear();
    const emptied = [...this.desks.values()].map(({ sandbox, journal }) => {
      sandbox.forget();
      return journal.truncate();
    });
    await Promise.all([...emptied, this.messages?.book.forget(), this.settlePorts()]);
  }

  private deskOf(acquirer: AcquirerName): Desk {
    const desk = this.desks.get(acquirer);
    if (!desk) throw new Error(`This sandbox has no ${acquirer}.`);
    return desk;
  }
}

function controlled({ sandbox, journal, listener }: Desk) {
  return {
    sandbox,
    durable: () => journal.barrier(),
    get ownPort() {
      return listener.ownPort;
    },
    get isOpen() {
      return listener.isOpen;
    },
  };
}
