import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../../config/app-config';
import { isLoopback, isPublicAddress, type Network, networkOf } from './public-address';

/** The name has no address, or nobody could be asked. */
export class NameUnknown extends Error {
  constructor() {
    super('the name has no address');
    this.name = 'NameUnknown';
  }
}

/** The name or address leads to where merchants have nothing to be told. Does not say where. */
export class AddressRefused extends Error {
  constructor() {
    super('the address is not public');
    this.name = 'AddressRefused';
  }
}

export interface CheckedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/**
 * Looks a name up once and checks every address that it has: whoever connects uses these and asks no second time, so that
 * a name that answers differently the next time gains nothing. A literal address is checked the same way.
 */
@Injectable()
export class NameLookup {
  readonly refused: readonly Network[];
  private readonly resolver: Resolver;

  constructor(private readonly config: AppConfig) {
    const { refusedNetworks, dnsServers, connectTimeoutMs } = config.webhooks;
    this.refused = refusedNetworks.map(networkOf);
    this.resolver = new Resolver({ timeout: Math.max(1, Math.floor(connectTimeoutMs / 2)), tries: 2 });
    if (dnsServers.length > 0) this.resolver.setServers([...dnsServers]);
  }

  /** Throws NameUnknown, AddressRefused. */
  async addressesOf(host: string): Promise<readonly CheckedAddress[]> {
    const family = isIP(host);
    if (family !== 0) {
      if (!this.isAllowed(host, true)) throw new AddressRefused();
      return [{ address: host, family: family === 4 ? 4 : 6 }];
    }
    const [v4, v6] = await Promise.all([
      this.resolver.resolve4(host).catch(() => []),
      this.resolver.resolve6(host).catch(() => []),
    ]);
    const found = [
      ...v4.map((address): CheckedAddress => ({ address, family: 4 })),
      ...v6.map((address): CheckedAddress => ({ address, family: 6 })),
    ];
    if (found.length === 0) throw new NameUnknown();
    if (!found.every(({ address }) => this.isAllowed(address, false))) throw new AddressRefused();
    return found;
  }

  /** A loopback address must stand in the URL itself: no name leads to it. */
  private isAllowed(address: string, isLiteral: boolean): boolean {
    if (isLiteral && this.config.webhooks.loopbackAllowed && isLoopback(address)) return true;
    return isPublicAddress(address, this.refused);
  }
}
