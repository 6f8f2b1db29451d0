import 'reflect-metadata';
import { IsString } from 'class-validator';
import { AppError } from '../errors/app-error';
import { BodyPipe } from './validation.pipe';

class Query {
  @IsString()
  name: string;
}

const pipe = new BodyPipe();
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  return 'TAKEN';
};

it('says of a plain part of the path that can name nothing that it is not found', () => {
  const param = (value: string) =>
    codeOf(() => pipe.transform(value, { type: 'param', metatype: String, data: 'id' }));
  expect(['pay_01', 'a.b@c-d:e', '!~'].map(param)).toEqual(['TAKEN', 'TAKEN', 'TAKEN']);
  const wrong = ['', ' ', 'a b', '결제', 'é', '\u0000', 'a\n', '\u{1F600}', '\ud800'];
  expect(wrong.map(param)).toEqual(wrong.map(() => 'NOT_FOUND'));
});

it('leaves plain queries and bodies alone, and checks those that have a class', () => {
  expect(pipe.transform('결제', { type: 'query', metatype: String })).toBe('결제');
  expect(pipe.transform({ any: 1 }, { type: 'body', metatype: Object })).toEqual({ any: 1 });
  expect(codeOf(() => pipe.transform({ other: 'x' }, { type: 'body', metatype: Query }))).toBe(
    'VALIDATION_FAILED',
  );
  expect(codeOf(() => pipe.transform({ name: '결제' }, { type: 'query', metatype: Query }))).toBe('TAKEN');
});
