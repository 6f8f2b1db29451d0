import { z } from 'zod';

/** A control call that makes no sense; the message says what would. */
export class ControlProblem extends Error {
  readonly statusCode = 400;
}

/** What a control call sent, checked; throws ControlProblem with every mistake. */
export function read<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value ?? {});
  if (!parsed.success) throw new ControlProblem(z.prettifyError(parsed.error));
  return parsed.data;
}
