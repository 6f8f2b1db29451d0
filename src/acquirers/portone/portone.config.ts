import { createHash } from 'node:crypto';
import { AcquirerSetupError } from '../port/acquirer.errors';
import type { ContractAccess } from '../port/acquirer.types';
import type { PortoneChannel } from './portone.wire';

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

/** The key of the provider's channel, without which PortOne issues no virtual account and no cash receipt. */
export function portoneChannelKey(access: ContractAccess): string | null {
  return access.credentials.expose().channelKey || null;
}

export function portoneChannel(access: ContractAccess): PortoneChannel {
  const channelKey = portoneChannelKey(access);
  return channelKey === null ? { pg: portonePg(access) } : { channel_key: channelKey };
}

/** Equal for equal credentials, and tells nothing of them. */
export function portoneKeyHash(access: ContractAccess): string {
  const keys = portoneKeys(access);
  return createHash('sha256')
    .update(JSON.stringify([keys.imp_key, keys.imp_secret]))
    .digest('hex');
}
