import { urlFault } from './endpoint-url';
import { isPublicAddress, networkOf } from './public-address';

describe('an address', () => {
  it.each(['8.8.8.8', '1.1.1.1', '223.130.195.200', '2606:4700:4700::1111', '2001:4860:4860::8888'])(
    '%s is public',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  it.each([
    ...['0.0.0.0', '10.1.2.3', '127.0.0.1', '127.8.8.8', '100.64.0.1', '169.254.169.254', '172.16.0.1'],
    ...['192.168.1.1', '192.0.0.8', '192.0.2.1', '192.88.99.1', '198.18.0.1', '198.51.100.1', '203.0.113.9'],
    ...['224.0.0.1', '240.0.0.1', '255.255.255.255', '192.31.196.1', '192.52.193.1'],
    ...[
      '::',
      '::1',
      'fe80::1',
      'fc00::1',
      'fd12::1',
      'fec0::1',
      'ff02::1',
      '100::1',
      '2001:db8::1',
      '3fff::1',
    ],
    ...['::ffff:8.8.8.8', '::ffff:127.0.0.1', '::8.8.8.8', '::7f00:1', '64:ff9b::8.8.8.8', '64:ff9b:1::1'],
    ...['2002:808:808::1', '2001::1', '2001:2::1', '2001:20::1', '4000::1', 'e000::1', '5f00::1'],
    ...['nothing', '', '1.2.3', '256.1.1.1', 'fe80::1%eth0'],
  ])('%s is not', (address) => expect(isPublicAddress(address)).toBe(false));

  it('is refused where it is ours', () => {
    const refused = [networkOf('8.8.8.0/24'), networkOf('2606:4700::/32'), networkOf('1.1.1.1')];
    expect(['8.8.8.8', '2606:4700::1', '1.1.1.1'].map((each) => isPublicAddress(each, refused))).toEqual([
      ...[false, false, false],
    ]);
    expect(isPublicAddress('8.8.4.4', refused)).toBe(true);
  });
});

describe('a URL', () => {
  const fault = (url: string, loopbackAllowed = false) => urlFault(url, { loopbackAllowed, refused: [] });

  it.each([
    'https://shop.example.com/hook?a=1',
    'https://shop.example.com:8443/',
    'https://8.8.8.8/hook',
    'https://[2606:4700:4700::1111]/hook',
  ])('%s may be an endpoint', (url) => expect(fault(url)).toBeNull());

  it.each([
    ...[
      'https://localhost/',
      'https://a.localhost/',
      'https://db.internal/',
      'https://db.internal./',
      'https://shop/',
    ],
    ...[
      'https://127.0.0.1/',
      'https://0x7f.1/',
      'https://2130706433/',
      'https://[::1]/',
      'https://[::ffff:a00:7]/',
    ],
    ...['http://shop.example.com/', 'ftp://shop.example.com/', 'https://shop.example.com:22/'],
  ])('%s may not', (url) => expect(fault(url)).toBe('NOT_ALLOWED'));

  it('may be http to this machine only where that is allowed', () => {
    expect(fault('http://127.0.0.1:3000/hook')).toBe('NOT_ALLOWED');
    expect(fault('http://127.0.0.1:3000/hook', true)).toBeNull();
    expect(fault('http://[::1]:3000/hook', true)).toBeNull();
    expect(fault('http://10.0.0.1/', true)).toBe('NOT_ALLOWED');
    expect(fault('http://localhost:3000/', true)).toBe('NOT_ALLOWED');
  });
});
