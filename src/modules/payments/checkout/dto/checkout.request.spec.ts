import 'reflect-metadata';
import { validate } from 'class-validator';
import { plainToInstance } from 'class-transformer';
import { CreateCheckoutRequest } from './checkout.request';

const faultsOf = async (returnUrl: unknown) =>
  (await validate(plainToInstance(CreateCheckoutRequest, { returnUrl })))
    .filter(({ property }) => property === 'returnUrl')
    .map(({ property }) => property);

it.each(['https://shop.example.com/paid?cart=1', 'http://localhost:3000/paid'])(
  'lets the payer be sent back to %s',
  async (address) => expect(await faultsOf(address)).toEqual([]),
);

it.each([
  ...[
    'javascript:alert(1)',
    'JavaScript://shop.example.com/%0aalert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
  ],
  ...['//shop.example.com/paid', '/paid', 'https://user:word@shop.example.com/', ''],
  ...['https://shop.example.com/\r\nx', 7],
])('does not let the payer be sent to %j', async (address) => {
  expect(await faultsOf(address)).toEqual(['returnUrl']);
});
