import type { AcquirerContext, AcquirerName, AcquirerSandbox } from './core/acquirer';
import { TossSandbox } from './toss/toss.sandbox';

/** The acquirers that this sandbox has. A new one is a folder and a line here. */
export const REGISTRY: ReadonlyMap<AcquirerName, (context: AcquirerContext) => AcquirerSandbox> = new Map([
  ['toss', (context: AcquirerContext) => new TossSandbox(context)],
]);
