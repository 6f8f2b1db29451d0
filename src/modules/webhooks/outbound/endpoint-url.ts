import { isIP } from 'node:net';
import { isLoopback, isPublicAddress, type Network } from './public-address';

/** Of https, where merchants' servers listen; other ports are for other protocols. */
const PORTS = new Set(['', '8443']);
/** Names that never lead outside (RFC 6761, RFC 8375, and what clouds and companies use). */
const INSIDE_NAMES = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|test|invalid|home\.arpa)$/;

export type UrlFault = 'BAD_FORMAT' | 'NOT_ALLOWED';

/** The host without the brackets of IPv6 and the dot of the root. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

/**
 * Why an endpoint cannot be there; null when it can. A name is looked up and checked at every connection again: that it
 * is fine today says nothing of tomorrow. With `loopbackAllowed` (local and dev) http to a loopback address is fine too.
 */
export function urlFault(
  text: string,
  rules: { readonly loopbackAllowed: boolean; readonly refused: readonly Network[] },
): UrlFault | null {
  if (!URL.canParse(text)) return 'BAD_FORMAT';
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || url.hash !== '') return 'BAD_FORMAT';
  const host = hostOf(url);
  if (rules.loopbackAllowed && /^https?:$/.test(url.protocol) && isLoopback(host)) return null;
  if (url.protocol !== 'https:' || !PORTS.has(url.port)) return 'NOT_ALLOWED';
  if (isIP(host) !== 0) return isPublicAddress(host, rules.refused) ? null : 'NOT_ALLOWED';
  return host.includes('.') && !INSIDE_NAMES.test(host) ? null : 'NOT_ALLOWED';
}
