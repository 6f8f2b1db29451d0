import { formFields, listOf, wonOf } from './portone.fields';

it('reads brackets as PortOne does', () => {
  const fields = formFields(
    'merchant_uid=a%20b&extra[requester]=admin&schedules[0][amount]=1000&schedules[1][amount]=2000&imp_uid[]=1&imp_uid[]=2',
  );
  expect(fields).toMatchObject({
    merchant_uid: 'a b',
    extra: { requester: 'admin' },
    schedules: { '0': { amount: '1000' }, '1': { amount: '2000' } },
  });
  expect(listOf(fields.imp_uid)).toEqual(['1', '2']);
  expect(listOf('one')).toEqual(['one']);
  expect(listOf(undefined)).toEqual([]);
});

it('keeps names that mean something to JavaScript where they are', () => {
  const fields = formFields('__proto__[amount]=1&constructor=x');
  expect(({} as Record<string, unknown>).amount).toBeUndefined();
  expect(fields.amount).toBeUndefined();
});

it.each([
  ['1004', 1_004],
  [1_004, 1_004],
  ['0', 0],
  ['1004.5', undefined],
  [1.5, undefined],
  [-1, undefined],
  ['', undefined],
  [null, undefined],
])('reads the amount %p as %p', (value, won) => {
  expect(wonOf(value)).toBe(won);
});
