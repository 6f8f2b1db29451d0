import { AcquirerSetupError } from '../port/acquirer.errors';
import type { ContractAccess } from '../port/acquirer.types';

/** The headers of every call: who we are under this contract. */
export function __name__Headers(access: ContractAccess): Record<string, string> {
  const { secretKey } = access.credentials.expose();
  if (secretKey === undefined || secretKey === '')
    throw new AcquirerSetupError('__name__', 'the contract has no secretKey');
  return { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' };
}

/** What the skeleton does not know. Names the function to write. */
export function notWritten(what: string): never {
  throw new AcquirerSetupError(
    '__name__',
    `${what} is not written yet: write it in src/acquirers/__name__/__name__.mapper.ts from the manual`,
  );
}
