import type { FastifyInstance } from 'fastify';
import type { AcquirerSandbox } from './acquirer';
import { bodyOf } from './bodies';
import { ControlProblem, read } from './control.input';
import { depositSchema, discrepanciesSchema, settleSchema } from './control.schemas';
import { DISCREPANCIES_MAX } from './discrepancies';

interface Desk {
  readonly sandbox: AcquirerSandbox;
  /** Settles when everything booked so far is on the disk. */
  readonly durable: () => Promise<void> | undefined;
}

/** The depositor at the bank, the acquirers' settlement lists, and what lists say that no book has. */
export function registerMoney(app: FastifyInstance, acquirers: ReadonlyMap<string, Desk>): void {
  app.post<{ Params: { accountNumber: string } }>(
    '/virtual-accounts/:accountNumber/deposits',
    async (request, reply) => {
      const deposit = read(depositSchema, bodyOf(request));
      for (const { sandbox, durable } of acquirers.values()) {
        const result = sandbox.deposit?.(request.params.accountNumber, deposit) ?? null;
        if (result === null) continue;
        if ('problem' in result) throw new ControlProblem(result.problem);
        await durable();
        return reply.code(201).send({ acquirer: sandbox.name, ...result.data });
      }
      throw new ControlProblem('No acquirer has issued this account number.');
    },
  );
  app.post('/discrepancies', async (request, reply) => {
    const { acquirer, discrepancies } = read(discrepanciesSchema, bodyOf(request));
    const told = acquirers.get(acquirer)?.sandbox.discrepancies;
    if (told === undefined) throw new ControlProblem(`${acquirer} tells nothing but its book.`);
    if (!told.plant(discrepancies))
      throw new ControlProblem(`At most ${DISCREPANCIES_MAX} discrepancies; clear them first.`);
    return reply.code(201).send({ data: { planted: discrepancies.length } });
  });
  app.delete('/discrepancies', () => {
    for (const { sandbox } of acquirers.values()) sandbox.discrepancies?.clear();
    return Promise.resolve({ data: { cleared: true } });
  });
  app.post('/settle', async (request, reply) => {
    const { date } = read(settleSchema, bodyOf(request));
    const lists: { acquirer: string; lines: number }[] = [];
    for (const { sandbox, durable } of acquirers.values()) {
      if (sandbox.settle === undefined) continue;
      lists.push({ acquirer: sandbox.name, lines: sandbox.settle(date) });
      await durable();
    }
    return reply.code(201).send({ data: lists });
  });
}
