import { BlockList, isIP } from 'node:net';

/** Not reachable by the public: RFC 6890 and its successors. Two lists, since one would compare across the families. */
const INSIDE = { ipv4: new BlockList(), ipv6: new BlockList() } as const;
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  INSIDE.ipv4.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  // The unspecified address, loopback, and every form that stands for an IPv4 address.
  ['::', 32],
  ['64:ff9b::', 32],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 9],
  ['ff00::', 8],
] as const) {
  INSIDE.ipv6.addSubnet(network, prefix, 'ipv6');
}

const INSIDE_NAMES = /\.(local|internal|localhost|test|invalid|home\.arpa)$/;

/** Hosts where acquirers let developers try things: nobody is charged there. */
const TEST_HOSTS: ReadonlySet<string> = new Set([
  'sandbox-api.nicepay.co.kr',
  'dev-pay.paygate.naver.com',
  'dev.apis.naver.com',
  'stginiapi.inicis.com',
  'stgstdpay.inicis.com',
  'popbill-test.linkhub.co.kr',
  'static-popbill-test.linkhub.co.kr',
  'ga-popbill-test.linkhub.co.kr',
]);

/** Whether an address with https leads out to a host that really charges cards. */
export function isOutsideAddress(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  // Both dots name the same host to a resolver, and brackets stand around IPv6 only.
  const host = hostname.replace(/\.+$/, '').replace(/^\[|\]$/g, '');
  if (protocol !== 'https:' || TEST_HOSTS.has(host)) return false;
  const family = isIP(host);
  if (family === 0) return host.includes('.') && !INSIDE_NAMES.test(host);
  const kind = family === 4 ? 'ipv4' : 'ipv6';
  return !INSIDE[kind].check(host, kind);
}
