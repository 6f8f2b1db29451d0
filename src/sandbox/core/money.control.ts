import type { FastifyInstance } from 'fastify';
import type { AcquirerSandbox } from './acquirer';
import { bodyOf } from './bodies';
import { ControlProblem, read } from './control.input';
import { depositSchema, settleSchema } from './control.schemas';

interface Desk {
  readonly sandbox: AcquirerSandbox;
  /** Settles when everything booked so far is on the disk. */
  readonly durable: () => Promise<void> | undefined;
}

/** The depositor at the bank, and the acquirers' settlement lists. */
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
