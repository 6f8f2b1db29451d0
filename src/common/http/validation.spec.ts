import 'reflect-metadata';
import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { AppError } from '../errors/app-error';
import { validated, validatedText } from './validation';

class Item {
  @IsString()
  @Length(1, 5)
  name: string;
}

class Order {
  @IsInt()
  @Min(100)
  @Max(1_000)
  amount: number;

  @IsOptional()
  @IsIn(['CARD', 'BANK'])
  method?: string;

  @IsOptional()
  @IsBoolean()
  test?: boolean;

  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Item)
  items?: Item[];
}

function refusalOf(work: () => unknown): [string, string][] {
  try {
    work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.code).toBe('VALIDATION_FAILED');
    return (error.extras.errors ?? []).map(({ field, code }) => [field, code]);
  }
  return [];
}

const refused = (value: unknown) => refusalOf(() => validated(Order, value));
const nested = (depth: number): unknown => (depth === 0 ? 1 : { in: nested(depth - 1) });

it('gives an instance of the class', () => {
  const order = validated(Order, { amount: 100, items: [{ name: 'pen' }] });
  expect(order).toBeInstanceOf(Order);
  expect(order.items?.[0]).toBeInstanceOf(Item);
});

it.each([
  ['a value out of range', { amount: 99 }, [['amount', 'OUT_OF_RANGE']]],
  [
    'a text for a number',
    { amount: '100' },
    [
      ['amount', 'NOT_AN_INTEGER'],
      ['amount', 'OUT_OF_RANGE'],
    ],
  ],
  ['a fraction', { amount: 100.5 }, [['amount', 'NOT_AN_INTEGER']]],
  ['a value that is not on the list', { amount: 100, method: 'CASH' }, [['method', 'NOT_ALLOWED']]],
  ['an unknown field', { amount: 100, status: 'APPROVED' }, [['status', 'UNKNOWN_FIELD']]],
  [
    'an unknown field within',
    { amount: 100, items: [{ name: 'a', price: 1 }] },
    [['items.0.price', 'UNKNOWN_FIELD']],
  ],
  ['a bad field within', { amount: 100, items: [{ name: 'too long' }] }, [['items.0.name', 'BAD_LENGTH']]],
])('refuses %s', (_name, value, expected) => {
  expect(refused(value).sort()).toEqual(expected);
});

it('names every bad field at once', () => {
  expect(refused({ method: 'CASH', test: 'true' }).map(([field]) => field)).toEqual(
    expect.arrayContaining(['amount', 'method', 'test']),
  );
});

it.each([[null], [undefined], ['text'], [1], [[]], [[{ amount: 100 }]]])(
  'refuses %p for an object',
  (value) => {
    expect(refused(value)).toEqual([['', 'NOT_AN_OBJECT']]);
  },
);

it.each(['__proto__', 'constructor', 'prototype'])('refuses the name %s at any depth', (name) => {
  const inner = JSON.parse(`{"${name}":{"admin":true}}`) as object;
  expect(refused({ amount: 100, ...(JSON.parse(`{"meta":${JSON.stringify(inner)}}`) as object) })).toEqual([
    [`meta.${name}`, 'UNKNOWN_FIELD'],
  ]);
  expect(({} as { admin?: boolean }).admin).toBeUndefined();
});

it('refuses what is too deep or too long before it looks at it', () => {
  expect(refused({ amount: 100, a: nested(7) })).toEqual([['a', 'UNKNOWN_FIELD']]);
  expect(refused({ amount: 100, a: nested(8) })[0]?.[1]).toBe('TOO_DEEP');
  expect(refused({ amount: 100, items: Array.from({ length: 101 }, () => ({ name: 'a' })) })).toEqual([
    ['items', 'TOO_DEEP'],
  ]);
});

it('refuses half a character, in a value and in a name: it is no text', () => {
  expect(refused({ amount: 100, items: [{ name: 'a\ud800' }] })).toEqual([['items.0.name', 'BAD_FORMAT']]);
  expect(refused({ amount: 100, 'a\udc00': 1 })).toEqual([['a?', 'UNKNOWN_FIELD']]);
  expect(refused({ amount: 100, items: [{ name: '😀' }] })).toEqual([]);
});

it('bounds the answer: neither a thousand fields nor a long name comes back', () => {
  const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`f${index}`, 1]));
  expect(refused({ ...many }).length).toBeLessThanOrEqual(50);
  const [[field = ''] = []] = refused({ amount: 100, [`${'n'.repeat(500)}`]: 1 });
  expect(field).toHaveLength(100);
  const [[odd = ''] = []] = refused({ amount: 100, 'a\r\n한': 1 });
  expect(odd).toBe('a???');
});

it('repeats no value', () => {
  const secret = '4242424242424242';
  try {
    validated(Order, { amount: secret, method: secret, items: [{ name: secret }] });
  } catch (error) {
    expect(JSON.stringify((error as AppError).extras)).not.toContain(secret);
    return;
  }
  throw new Error('it was taken');
});

it('asks the further rules with bad fields too, and tells which fields are good', () => {
  const seen: boolean[] = [];
  const found = refusalOf(() =>
    validated(Order, { amount: 1, method: 'CARD' }, (_order, isGood) => {
      seen.push(isGood('amount'), isGood('method'), isGood('method', 'amount'));
      return [{ field: 'method', code: 'INVALID' }];
    }),
  );
  expect(seen).toEqual([false, true, false]);
  expect(found).toEqual([
    ['amount', 'OUT_OF_RANGE'],
    ['method', 'INVALID'],
  ]);
});

it('reads numbers from text in queries only', () => {
  expect(validatedText(Order, { amount: '100' }).amount).toBe(100);
  expect(refusalOf(() => validatedText(Order, { amount: 'many' })).map(([field]) => field)).toContain(
    'amount',
  );
});

it('takes neither the first nor the last of a parameter that is given twice', () => {
  expect(refusalOf(() => validatedText(Order, { amount: ['100', '200'] })).map(([field]) => field)).toContain(
    'amount',
  );
  expect(refusalOf(() => validatedText(Order, { amount: '100', method: ['CARD', 'BANK'] }))).toEqual([
    ['method', 'NOT_ALLOWED'],
  ]);
});
