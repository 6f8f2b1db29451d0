import { createHash } from 'node:crypto';
import { AcquirerSetupError } from '../port/acquirer.errors';
import type { ContractAccess } from '../port/acquirer.types';

/** A contract's key and secret for the REST API (`imp_key`, `imp_secret`). */
export function portoneKeys(access: ContractAccess): {
  readonly imp_key: string;
  readonly imp_secret: string;
} {
  const { apiKey, apiSecret } = access.credentials.expose();
  if (!apiKey || !apiSecret)
    throw new AcquirerSetupError('portone', 'the contract has no apiKey or no apiSecret');
  return { imp_key: apiKey, imp_secret: apiSecret };
}

/** The provider behind the contract, `{provider}` or `{provider}.{mid}`; PortOne would else take its default one. */
export function portonePg(access: ContractAccess): string {
  const { pg } = access.credentials.expose();
  if (!pg) throw new AcquirerSetupError('portone', 'the contract has no pg');
  return pg;
}

/** Equal for equal credentials, and tells nothing of them. */
export function portoneKeyHash(access: ContractAccess): string {
  const keys = portoneKeys(access);
  return createHash('sha256')
    .update(JSON.stringify([keys.imp_key, keys.imp_secret]))
    .digest('hex');
}
