import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AcquirerSandbox, Answer, Delivery, Exchange, Outcome, WireCall, WireRoute } from './acquirer';
import { type CallEntry, type CallList, callOutcome } from './calls';
import { SILENCE_MAX_MS } from './cards';
import { bodyOf, rawBodyOf } from './bodies';
import type { SandboxClock } from './clock';
import { type CallFault, type FaultBook, faultText } from './faults';
import type { Journal } from './journal';
import type { SteadyBehaviour } from './steady';
import { isGone, type Waits } from './waits';

export interface PipelineParts {
  readonly acquirer: AcquirerSandbox;
  readonly journal: Journal;
  readonly calls: CallList;
  readonly faults: FaultBook;
  readonly steady: SteadyBehaviour;
  readonly clock: SandboxClock;
  readonly waits: Waits;
  readonly timeScale: number;
}

/** One call on its way through the sandbox. */
interface Passage {
  readonly entry: CallEntry;
  readonly reply: FastifyReply;
  readonly fault: CallFault | undefined;
  readonly delayMs: number;
}

/**
 * What every call to every acquirer goes through, in this order: faults that stop it before it is processed, waits,
 * processing, the journal's fsync, the answer or what the fault makes of it. A client that leaves before the waits
 * are over is not processed; from then on it is, whether somebody reads the answer or not.
 */
export class Pipeline {
  constructor(private readonly parts: PipelineParts) {}

  async handle(route: WireRoute, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { acquirer, calls, clock, faults } = this.parts;
    const entry = calls.open(acquirer.name, route.operation, clock.nowMs());
    const passage = this.start(entry, route, reply);
    if (passage.fault?.kind === 'refuse-connection' || faults.refusesCall(acquirer.name, route.operation)) {
      entry.fault = 'refuse-connection';
      this.cut(passage);
      return;
    }
    if (passage.fault?.kind === 'drop-before' || passage.fault?.kind === 'status') {
      await this.stopBefore(passage, passage.fault);
      return;
    }
    await this.process(route.open(this.wireCall(request, entry)), passage);
  }

  /** A request that could not even be read: wrong JSON, too long, no such path. */
  unreadable(route: WireRoute | undefined, status: number, reply: FastifyReply): void {
    if (route) {
      const { acquirer, calls, clock } = this.parts;
      const entry = calls.open(acquirer.name, route.operation, clock.nowMs());
      entry.outcome = 'refused';
      entry.status = status;
    }
    send(reply, this.parts.acquirer.errorAnswer(status, route ? undefined : reply.request.url));
  }

  private start(entry: CallEntry, route: WireRoute, reply: FastifyReply): Passage {
    const { acquirer, faults, steady } = this.parts;
    const slow = faults.take(acquirer.name, route.operation, 'delay');
    const steadyFault = steady.nextFault(acquirer.name);
    const fault = faults.take(acquirer.name, route.operation, 'other') ?? steadyFault;
    entry.fault = fault ? faultText(fault) : slow ? faultText(slow) : null;
    const slowMs = [slow, fault].reduce((sum, one) => sum + (one?.kind === 'slow' ? one.ms : 0), 0);
    return { entry, reply, fault, delayMs: slowMs + steady.nextDelayMs(acquirer.name) };
  }

  private async stopBefore(
    passage: Passage,
    fault: { kind: 'drop-before' } | { kind: 'status'; status: number },
  ) {
    const gone = await this.delayed(passage);
    if (gone || fault.kind === 'drop-before') {
      this.cut(passage);
      return;
    }
    passage.entry.outcome = 'not-processed';
    passage.entry.status = fault.status;
    send(passage.reply, this.parts.acquirer.errorAnswer(fault.status));
  }

  private async process(exchange: Exchange, passage: Passage): Promise<void> {
    let outcome: Outcome;
    try {
      if (await this.delayed(passage)) {
        exchange.abandon();
        this.cut(passage);
        return;
      }
      outcome = await exchange.run(passage.fault?.kind === 'decline' ? passage.fault.code : undefined);
      await this.parts.journal.barrier();
    } catch (error) {
      exchange.abandon();
      throw error;
    }
    passage.entry.outcome = callOutcome(outcome.effect);
    try {
      await this.deliver(outcome.answer, deliveryOf(outcome, passage.fault), passage);
    } finally {
      outcome.over?.();
    }
  }

  /** True where nobody waits for the answer any more and nothing has been processed. */
  private async delayed({ delayMs, reply }: Passage): Promise<boolean> {
    if (delayMs <= 0) return isGone(reply.raw);
    return (await this.parts.waits.wait(delayMs, reply.raw)) !== 'elapsed';
  }

  private async deliver(answer: Answer, delivery: Delivery, passage: Passage): Promise<void> {
    const { entry, reply } = passage;
    switch (delivery) {
      case 'answer':
        entry.status = answer.status;
        send(reply, answer);
        return;
      case 'unreadable':
        entry.status = 200;
        send(reply, { ...answer, status: 200, body: truncated(answer.body) });
        return;
      case 'never':
        reply.hijack();
        await this.parts.waits.wait(SILENCE_MAX_MS * this.parts.timeScale, reply.raw);
        reply.raw.destroy();
        return;
      case 'drop':
        reply.hijack();
        reply.raw.socket?.resetAndDestroy();
        return;
    }
  }

  /** Ends the connection by a reset; nothing was processed. */
  private cut({ entry, reply }: Passage): void {
    entry.outcome = 'not-processed';
    reply.hijack();
    reply.raw.socket?.resetAndDestroy();
  }

  private wireCall(request: FastifyRequest, entry: CallEntry): WireCall {
    const { waits, timeScale } = this.parts;
    return {
      method: request.method,
      url: request.url,
      headers: request.headers,
      params: request.params as Record<string, string>,
      query: request.query as Record<string, unknown>,
      body: bodyOf(request),
      rawBody: rawBodyOf(request),
      about: (acquirerOrderNo) => {
        entry.acquirerOrderNo = acquirerOrderNo;
      },
      issuerTakes: async (ms) => (await waits.wait(ms * timeScale)) === 'elapsed',
    };
  }
}

function deliveryOf(outcome: Outcome, fault: CallFault | undefined): Delivery {
  if (fault?.kind === 'drop-after') return 'drop';
  if (fault?.kind === 'garbage') return 'unreadable';
  return outcome.delivery ?? 'answer';
}

/** Half of a JSON object is never JSON; of nothing there is no half, so something stands for it. */
function truncated(body: string | Buffer): string | Buffer {
  if (body.length === 0) return '{';
  return body.slice(0, Math.floor(body.length / 2));
}

function send(reply: FastifyReply, answer: Answer): void {
  void reply
    .code(answer.status)
    .headers(answer.headers)
    .type(answer.contentType ?? 'application/json;charset=UTF-8')
    .send(answer.body);
}
