import { format, inspect } from 'node:util';
import { maskCardNumber, maskPhone } from './masking';
import { Secret } from './secret';

it.each([
  ['4242424242424242', '424242******4242'],
  ['378282246310005', '378282*****0005'],
  ['4222222222222', '422222***2222'],
  ['6200000000000000003', '620000*********0003'],
])('of the card number %s shows %s', (cardNumber, shown) => {
  expect(maskCardNumber(cardNumber)).toBe(shown);
});

it.each([
  ['01012345678', '010****5678'],
  ['010-1234-5678', '010****5678'],
  ['+82 10 1234 5678', '821****5678'],
])('of the phone number %s shows %s', (phone, shown) => {
  expect(maskPhone(phone)).toBe(shown);
});

describe('a secret', () => {
  const value = '4242424242424242';
  const secret = new Secret({ cardNumber: value });

  it('gives its value to who asks for it by name', () => {
    expect(secret.expose().cardNumber).toBe(value);
  });

  it.each([
    ['a text', () => `${secret.toString()} ${String(secret)}`],
    ['JSON', () => JSON.stringify({ secret, list: [secret] })],
    ['a print', () => inspect(secret, { depth: null, showHidden: true })],
    ['a print of what holds it', () => format('%o %j %s', { secret }, { secret }, secret)],
    [
      'an error',
      () => String(new Error('failed', { cause: secret })) + inspect(new Error('failed', { cause: secret })),
    ],
    [
      'its own names',
      () =>
        Object.keys(secret).join() + JSON.stringify(Object.entries(secret)) + JSON.stringify({ ...secret }),
    ],
  ])('does not show it in %s', (_name, shown) => {
    expect(shown()).not.toContain(value);
  });

  it('is lost, not shown, when it is copied', () => {
    expect(JSON.stringify(structuredClone({ secret }))).not.toContain(value);
  });
});
