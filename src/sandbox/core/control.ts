import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { koreanTime } from '../../common/time/korean-time';
import type { AcquirerSandbox } from './acquirer';
import type { CallList } from './calls';
import type { SandboxClock } from './clock';
import {
  callsSchema,
  cashReceiptsSchema,
  clockSchema,
  credentialsSchema,
  depositSchema,
  errorRateSchema,
  faultSchema,
  latencySchema,
  ledgerSchema,
  messagesSchema,
  settleSchema,
} from './control.schemas';
import { bodyOf } from './bodies';
import {
  type ArmedFault,
  ARMED_FAULTS_MAX,
  type Fault,
  type FaultBook,
  type FaultOrder,
  faultText,
  isCallFault,
} from './faults';
import type { SteadyBehaviour } from './steady';

/** An acquirer with the parts of the process that the control interface needs of it. */
export interface ControlledAcquirer {
  readonly sandbox: AcquirerSandbox;
  /** Settles when everything booked so far is on the disk. */
  readonly durable: () => Promise<void> | undefined;
  readonly ownPort: number;
  readonly isOpen: boolean;
}

/** What was sent to people. */
export interface ControlledMessages {
  readonly smtpPort: number;
  readonly book: {
    sent(to: string | undefined): readonly { readonly atMs: number }[];
  };
}

export interface ControlParts {
  readonly acquirers: ReadonlyMap<string, ControlledAcquirer>;
  readonly calls: CallList;
  readonly faults: FaultBook;
  readonly steady: SteadyBehaviour;
  readonly clock: SandboxClock;
  readonly messages: ControlledMessages;
  /** Settles when every own port is as open or closed as the faults want it. */
  portsSettled(): Promise<void>;
  reset(): Promise<void>;
}

/** The SMS provider is no acquirer: it has no book of money and no port of its own. */
const SMS = 'sms';
const SMS_OPERATIONS: readonly string[] = ['send', 'inquire', 'token', '*'];
const MESSAGES_MAX = 1_000;

/** A control call that makes no sense; the message says what would. */
class ControlProblem extends Error {
  readonly statusCode = 400;
}

/** `/__sandbox`: what a test tells the sandbox, and asks it. Answers only to this machine. */
export function registerControl(app: FastifyInstance, parts: ControlParts): void {
  app.addHook('onRequest', async (request, reply) => {
    if (!isLoopback(request.socket.remoteAddress)) {
      await reply
        .code(403)
        .send({ code: 'FORBIDDEN', message: 'The control interface answers only on loopback.' });
    }
  });
  app.setErrorHandler(controlError);
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({ code: 'NOT_FOUND', message: `There is no ${request.method} ${request.url}.` }),
  );
  registerFaults(app, parts);
  registerSteady(app, parts);
  registerBooks(app, parts);
  registerProcess(app, parts);
  registerMoney(app, parts);
  registerMessages(app, parts);
  for (const { sandbox, durable } of parts.acquirers.values()) registerPlays(app, sandbox, durable);
}

function registerFaults(app: FastifyInstance, parts: ControlParts): void {
  app.post('/faults', async (request, reply) => {
    const { acquirer, ...order } = read(faultSchema, bodyOf(request));
    if (acquirer === SMS) return armSms(parts, order, reply);
    const { sandbox } = acquirerOf(parts, acquirer);
    if (order.operation !== '*' && !sandbox.operations.includes(order.operation)) {
      throw new ControlProblem(
        `${acquirer} has no operation ${order.operation}. It has: ${sandbox.operations.join(', ')}, *.`,
      );
    }
    requireCode(sandbox, order.fault);
    const armed = parts.faults.arm({ ...order, acquirer: sandbox.name });
    if (!armed) throw new ControlProblem(`${ARMED_FAULTS_MAX} faults are armed already; clear them first.`);
    await parts.portsSettled();
    return reply.code(201).send({ data: faultView(armed) });
  });
  app.get('/faults', async () => ({ data: parts.faults.list().map(faultView) }));
  app.delete('/faults', async () => {
    const cleared = parts.faults.clear();
    await parts.portsSettled();
    return { data: { cleared } };
  });
}

function armSms(parts: ControlParts, order: Omit<FaultOrder, 'acquirer'>, reply: FastifyReply): FastifyReply {
  if (!SMS_OPERATIONS.includes(order.operation) || !isCallFault(order.fault)) {
    throw new ControlProblem(
      `${SMS} has faults of calls only, and the operations ${SMS_OPERATIONS.join(', ')}.`,
    );
  }
  const armed = parts.faults.arm({ ...order, acquirer: SMS });
  if (!armed) throw new ControlProblem(`${ARMED_FAULTS_MAX} faults are armed already; clear them first.`);
  return reply.code(201).send({ data: faultView(armed) });
}

function registerSteady(app: FastifyInstance, parts: ControlParts): void {
  app.put('/latency', async (request) => {
    const order = read(latencySchema, bodyOf(request));
    parts.steady.setLatency(acquirerOf(parts, order.acquirer).sandbox.name, order);
    return { data: order };
  });
  app.put('/error-rate', async (request) => {
    const { acquirer, rate, kind, seed } = read(errorRateSchema, bodyOf(request));
    const { sandbox } = acquirerOf(parts, acquirer);
    requireCode(sandbox, kind);
    parts.steady.setErrorRate(sandbox.name, { rate, seed, fault: kind });
    return { data: { acquirer, rate, kind: faultText(kind), seed } };
  });
}

function registerBooks(app: FastifyInstance, parts: ControlParts): void {
  app.get('/ledger', async (request) => {
    const { acquirer, acquirerOrderNo, from, cursor, limit } = read(ledgerSchema, request.query);
    const { sandbox, durable } = acquirerOf(parts, acquirer);
    const after = Math.max(cursor, (from?.seq ?? 1) - 1);
    const found = sandbox.ledger.page({ acquirerOrderNo, fromMs: from?.atMs }, after, limit + 1);
    await durable();
    const page = found.slice(0, limit);
    return {
      data: page.map(({ seq, entry: { atMs, ...entry } }) => ({ seq, ...entry, at: timeText(atMs) })),
      nextCursor: found.length > limit ? String(page.at(-1)?.seq) : null,
    };
  });
  app.get('/calls', async (request) => {
    const { cursor, limit, ...filter } = read(callsSchema, request.query);
    if (filter.acquirer !== undefined) acquirerOf(parts, filter.acquirer);
    const { calls, total, forgotten } = parts.calls.page(filter, cursor, limit + 1);
    const page = calls.slice(0, limit);
    return {
      data: page.map(({ atMs, ...call }) => ({ ...call, at: timeText(atMs) })),
      nextCursor: calls.length > limit && limit > 0 ? String(page.at(-1)?.seq) : null,
      total,
      forgotten,
    };
  });
  app.get('/cash-receipts', async (request) => {
    const { acquirer, cursor, limit } = read(cashReceiptsSchema, request.query);
    const { sandbox, durable } = acquirerOf(parts, acquirer);
    const all = sandbox.cashReceipts?.() ?? [];
    await durable();
    const page = all.slice(cursor, cursor + limit);
    return {
      data: page.map(({ atMs, ...receipt }) => ({ ...receipt, at: timeText(atMs) })),
      nextCursor: all.length > cursor + limit ? String(cursor + limit) : null,
    };
  });
  app.get('/credentials', async (request) => {
    const { acquirer } = read(credentialsSchema, request.query);
    return { data: acquirerOf(parts, acquirer).sandbox.credentials() };
  });
}

/** The depositor at the bank, and the acquirers' settlement lists. */
function registerMoney(app: FastifyInstance, parts: ControlParts): void {
  app.post<{ Params: { accountNumber: string } }>(
    '/virtual-accounts/:accountNumber/deposits',
    async (request, reply) => {
      const deposit = read(depositSchema, bodyOf(request));
      for (const { sandbox, durable } of parts.acquirers.values()) {
        const result = sandbox.deposit?.(request.params.accountNumber, deposit) ?? null;
        if (result === null) continue;
        if ('problem' in result) throw new ControlProblem(result.problem);
        await durable();
        return reply.code(201).send({ acquirer: sandbox.name, ...result.data });
      }
      throw new ControlProblem('No acquirer has issued this account number.');
    },
  );
  app.post('/settle', async (request, reply) => {
    const { date } = read(settleSchema, bodyOf(request));
    const lists: { acquirer: string; lines: number }[] = [];
    for (const { sandbox, durable } of parts.acquirers.values()) {
      if (sandbox.settle === undefined) continue;
      lists.push({ acquirer: sandbox.name, lines: sandbox.settle(date) });
      await durable();
    }
    return reply.code(201).send({ data: lists });
  });
}

function registerMessages(app: FastifyInstance, { messages }: ControlParts): void {
  app.get('/messages', async (request) => {
    const { to } = read(messagesSchema, request.query);
    const sent = messages.book.sent(to).slice(-MESSAGES_MAX);
    return { data: sent.map(({ atMs, ...message }) => ({ ...message, at: timeText(atMs) })) };
  });
}

function registerProcess(app: FastifyInstance, parts: ControlParts): void {
  app.put('/clock', async (request) => {
    parts.clock.moveTo(read(clockSchema, bodyOf(request)).offsetMs);
    return { data: clockView(parts.clock) };
  });
  app.post('/reset', async () => {
    await parts.reset();
    return { data: { reset: true } };
  });
  app.get('/health', async () => ({
    status: 'ok',
    clock: clockView(parts.clock),
    smtpPort: parts.messages.smtpPort,
    acquirers: [...parts.acquirers.values()].map(({ sandbox, ownPort, isOpen }) => ({
      acquirer: sandbox.name,
      port: ownPort,
      listening: isOpen,
      ledgerEntries: sandbox.ledger.size,
    })),
  }));
}

function registerPlays(
  app: FastifyInstance,
  sandbox: AcquirerSandbox,
  durable: () => Promise<void> | undefined,
): void {
  for (const route of sandbox.plays) {
    app.post(`/${sandbox.name}${route.path}`, async (request, reply) => {
      const result = route.play(bodyOf(request));
      if ('problem' in result) throw new ControlProblem(result.problem);
      await durable();
      return reply.code(201).send(result.data);
    });
  }
}

function read<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value ?? {});
  if (!parsed.success) throw new ControlProblem(z.prettifyError(parsed.error));
  return parsed.data;
}

function acquirerOf(parts: ControlParts, name: string): ControlledAcquirer {
  const acquirer = parts.acquirers.get(name);
  if (acquirer) return acquirer;
  const known = [...parts.acquirers.keys()].join(', ');
  throw new ControlProblem(`There is no acquirer "${name.slice(0, 40)}" here. Known: ${known}.`);
}

function requireCode(sandbox: AcquirerSandbox, fault: Fault): void {
  if (fault.kind === 'decline' && !sandbox.isDeclineCode(fault.code)) {
    throw new ControlProblem(`${sandbox.name} has no error code ${fault.code}.`);
  }
}

function controlError(
  error: Error & { statusCode?: number },
  _request: FastifyRequest,
  reply: FastifyReply,
): void {
  const status = error.statusCode ?? 500;
  const code = status < 500 ? 'BAD_REQUEST' : 'INTERNAL_ERROR';
  void reply.code(status).send({ code, message: error.message });
}

function faultView({ fault, times, afterMs, ...rest }: ArmedFault): object {
  return { ...rest, fault: faultText(fault), times: times ?? null, afterMs: afterMs ?? 0 };
}

function clockView(clock: SandboxClock): object {
  return { offsetMs: clock.offsetMs, now: timeText(clock.nowMs()) };
}

function timeText(atMs: number): string {
  return koreanTime(new Date(atMs));
}

function isLoopback(address: string | undefined): boolean {
  return address !== undefined && /^(127\.|::1$|::ffff:127\.)/.test(address);
}
