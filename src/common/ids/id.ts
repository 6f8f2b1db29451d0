import { randomInt } from 'node:crypto';
import { decodeTime, encodeTime, monotonicFactory } from 'ulid';

/** The prefixes of every public id: the prefix tells a reader, and a log, what it names. */
export type IdPrefix =
  | 'pay'
  | 'chk'
  | 'iwh'
  | 'pcn'
  | 'att'
  | 'pev'
  | 'brn'
  | 'ctr'
  | 'mem'
  | 'ses'
  | 'key'
  | 'aud'
  | 'req'
  | 'dek'
  | 'mnt'
  | 'evt'
  | 'bil'
  | 'sub'
  | 'sch'
  | 'sms'
  | 'msg'
  | 'vac'
  | 'crc'
  | 'crn'
  | 'pnt'
  | 'ppl'
  /** Member's one-time code, service application, document or attachment, branch invitation, notice. */
  | 'mvc'
  | 'app'
  | 'fil'
  | 'inv'
  | 'ntc'
  /** Seller, commission rate, fee policy. */
  | 'slr'
  | 'cmr'
  | 'fpl'
  /** Settlement and its line, terms, run, case, hold, adjustment, cover; ledger entry; reconciliation case; saved view. */
  | 'stl'
  | 'stn'
  | 'stt'
  | 'run'
  | 'stc'
  | 'hld'
  | 'adj'
  | 'cov'
  | 'led'
  | 'rcn'
  | 'viw'
  /** Webhook endpoint, delivery. */
  | 'whe'
  | 'whd';

const RANDOM_STEPS = 2 ** 32;
/** Node draws its random numbers by the thousand; the library would ask the system for each of sixteen characters. */
const next = monotonicFactory(() => randomInt(RANDOM_STEPS) / RANDOM_STEPS);

/** A time-ordered id, e.g. `pay_01K…`: names a row, and is no secret. Tokens come from a random generator instead. */
export function newId(prefix: IdPrefix): string {
  return `${prefix}_${next()}`;
}

const SHAPE = /^[a-z]{3}_[0-9A-HJKMNP-TV-Z]{26}$/;

export function isId(prefix: IdPrefix, text: string): boolean {
  return SHAPE.test(text) && text.startsWith(`${prefix}_`);
}

/** When an id was made, to the millisecond. */
export function timeOfId(id: string): Date {
  return new Date(decodeTime(id.slice(id.indexOf('_') + 1)));
}

/** Before every id that is made from then on, and after every earlier one. */
export function firstIdAt(prefix: IdPrefix, at: Date): string {
  return `${prefix}_${encodeTime(at.getTime(), 10)}${'0'.repeat(16)}`;
}
