import { type ClassConstructor, plainToInstance } from 'class-transformer';
import { type ValidationError, validateSync } from 'class-validator';
import { type FieldError, fault } from '../errors/app-error';
import { COMMON_ERRORS } from '../errors/common.errors';
import { isWellFormed } from '../text/well-formed';
import { composed } from './plain-text';
import './validation-metadata';

const DEPTH_MAX = 8;
const ITEMS_MAX = 100;
const longLists = new WeakMap<object, number>();

/** On a body's class: its lists may be longer than the 100 items that they may have elsewhere. */
export const ListsUpTo = (itemsMax: number) => (type: object) => void longLists.set(type, itemsMax);

/** How many items each list of such a body may have. */
export const itemsMaxOf = (type: object) => longLists.get(type) ?? ITEMS_MAX;

const ERRORS_MAX = 50;
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** Stable rule names of class-validator's constraints. One that is not listed is INVALID. */
const RULES: Readonly<Record<string, string>> = {
  isDefined: 'REQUIRED',
  isNotEmpty: 'REQUIRED',
  isInt: 'NOT_AN_INTEGER',
  isNumber: 'NOT_A_NUMBER',
  isString: 'NOT_A_STRING',
  isBoolean: 'NOT_A_BOOLEAN',
  isArray: 'NOT_AN_ARRAY',
  isObject: 'NOT_AN_OBJECT',
  min: 'OUT_OF_RANGE',
  max: 'OUT_OF_RANGE',
  isLength: 'BAD_LENGTH',
  minLength: 'BAD_LENGTH',
  maxLength: 'BAD_LENGTH',
  arrayMinSize: 'BAD_LENGTH',
  arrayMaxSize: 'BAD_LENGTH',
  matches: 'BAD_FORMAT',
  isEmail: 'BAD_FORMAT',
  isIso8601: 'BAD_FORMAT',
  isKoreanDay: 'BAD_FORMAT',
  isInstant: 'BAD_FORMAT',
  isIn: 'NOT_ALLOWED',
  isEnum: 'NOT_ALLOWED',
  whitelistValidation: 'UNKNOWN_FIELD',
  isCardNumber: 'CARD_NUMBER_INVALID',
  isCardExpiry: 'CARD_EXPIRY_INVALID',
  isBirthOrBusinessNo: 'BIRTH_OR_BUSINESS_NO_INVALID',
  isMetadata: 'METADATA_INVALID',
  isReceiptIdentifier: 'RECEIPT_IDENTIFIER_INVALID',
  fitsIntoAmount: 'OUT_OF_RANGE',
};

/** Rules that no single field can tell. Asked with bad fields too: a rule is judged only where its fields are good. */
export type FurtherRules<T> = (instance: T, isGood: (...fields: (keyof T)[]) => boolean) => FieldError[];

/**
 * The value as an instance of its class, or VALIDATION_FAILED with every bad field named. Strict: unknown fields are
 * refused, a string is not a number. Synchronous, since nothing here waits for anything.
 */
export function validated<T extends object>(
  type: ClassConstructor<T>,
  value: unknown,
  further?: FurtherRules<T>,
): T {
  return check(type, value, { fromText: false, further });
}

/** For queries and path parameters, whose values arrive as text: numbers and booleans are read from it. */
export function validatedText<T extends object>(type: ClassConstructor<T>, value: unknown): T {
  return check(type, value, { fromText: true });
}

interface CheckOptions<T> {
  readonly fromText: boolean;
  readonly further?: FurtherRules<T>;
}

function check<T extends object>(type: ClassConstructor<T>, value: unknown, options: CheckOptions<T>): T {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors: [{ field: '', code: 'NOT_AN_OBJECT' }] });
  }
  const shape = shapeFault(value, '', { depth: 1, itemsMax: itemsMaxOf(type) });
  if (shape !== null) throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors: [shape] });
  const instance = plainToInstance(type, composed(value) as object, {
    enableImplicitConversion: options.fromText,
  });
  const found = validateSync(instance, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    stopAtFirstError: false,
    validationError: { target: false, value: false },
  });
  const bad = new Set(found.map(({ property }) => property));
  const isGood = (...fields: (keyof T)[]) => fields.every((field) => !bad.has(String(field)));
  const errors = [...fieldErrors(found, ''), ...(options.further?.(instance, isGood) ?? [])];
  if (errors.length > 0) throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors });
  return instance;
}

function shapeFault(
  value: unknown,
  path: string,
  limits: { readonly depth: number; readonly itemsMax: number },
): FieldError | null {
  if (typeof value === 'string') return isWellFormed(value) ? null : { field: path, code: 'BAD_FORMAT' };
  if (typeof value !== 'object' || value === null) return null;
  const { depth, itemsMax } = limits;
  if (depth > DEPTH_MAX) return { field: path, code: 'TOO_DEEP' };
  if (Array.isArray(value) && value.length > itemsMax) return { field: path, code: 'TOO_DEEP' };
  for (const key of Object.keys(value)) {
    const field = fieldName(path, key);
    if (FORBIDDEN_KEYS.has(key) || !isWellFormed(key)) return { field, code: 'UNKNOWN_FIELD' };
    const inner = shapeFault((value as Record<string, unknown>)[key], field, { depth: depth + 1, itemsMax });
    if (inner !== null) return inner;
  }
  return null;
}

const FIELD_MAX = 100;

/** A field's dotted name; a name that a caller made up is cut short and kept printable. */
export function fieldName(path: string, key: string): string {
  const clean = key.replace(/[^\x20-\x7e]/g, '?');
  return (path === '' ? clean : `${path}.${clean}`).slice(0, FIELD_MAX);
}

function fieldErrors(found: readonly ValidationError[], path: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const { property, constraints, children } of found) {
    const field = fieldName(path, property);
    const codes = new Set(Object.keys(constraints ?? {}).map((name) => RULES[name] ?? 'INVALID'));
    for (const code of codes) errors.push({ field, code });
    errors.push(...fieldErrors(children ?? [], field));
  }
  return errors.slice(0, ERRORS_MAX);
}
