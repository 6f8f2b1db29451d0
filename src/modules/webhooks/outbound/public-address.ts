import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

export type Network = readonly [address: ipaddr.IPv4 | ipaddr.IPv6, prefix: number];

/** All that is global unicast in IPv6; what else calls itself so has no owner yet (RFC 4291, 2.4). */
const GLOBAL_V6: Network = ipaddr.parseCIDR('2000::/3');

/** `10.0.0.0/8`, or one address. */
export function networkOf(text: string): Network {
  if (text.includes('/')) return ipaddr.parseCIDR(text);
  const address = ipaddr.parse(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

/**
 * Whether an address is globally reachable unicast, and none of `refused`. IPv4 within IPv6 (mapped, compatible, NAT64,
 * 6to4, Teredo) is none, whatever it holds: no name of the outside needs it.
 */
export function isPublicAddress(text: string, refused: readonly Network[] = []): boolean {
  // The library also reads shortened forms, which mean other things to other programs.
  if (isIP(text) === 0) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== 'unicast') return false;
  if (address.kind() === 'ipv6' && !inNetwork(address, GLOBAL_V6)) return false;
  return !refused.some((network) => inNetwork(address, network));
}

export function isLoopback(text: string): boolean {
  return isIP(text) !== 0 && ipaddr.parse(text).range() === 'loopback';
}

function inNetwork(address: ipaddr.IPv4 | ipaddr.IPv6, [network, prefix]: Network): boolean {
  return address.kind() === network.kind() && address.match(network, prefix);
}
