import type { MemberStatus } from './members.types';

/** What an operator looks for. `query` is a login id's beginning, a whole e-mail address or a whole phone number. */
export interface MemberFilter {
  readonly query: MemberQuery | null;
  readonly role: string | null;
  readonly status: MemberStatus | null;
  readonly mid: string | null;
}

export type MemberQuery =
  | { readonly kind: 'LOGIN_ID'; readonly prefix: string }
  | { readonly kind: 'EMAIL'; readonly email: string }
  | { readonly kind: 'PHONE'; readonly phone: string };

/** A search as conditions and the one index that serves them and their order. */
export interface MemberSearch {
  readonly index: string;
  readonly where: readonly string[];
  readonly values: readonly (string | Buffer)[];
  readonly order: 'NEWEST' | 'LOGIN_ID';
}

const EMAIL = /^[\x21-\x7e]{1,64}@[\x21-\x7e]{1,189}$/;
const PHONE = /^01[016789]-?\d{3,4}-?\d{4}$/;
const PREFIX = /^[A-Za-z0-9._-]{1,40}$/;

/** Null for a text that can be none of them. */
export function queryOf(text: string): MemberQuery | null {
  const query = text.trim();
  if (PHONE.test(query)) return { kind: 'PHONE', phone: query.replace(/\D/g, '') };
  if (EMAIL.test(query)) return { kind: 'EMAIL', email: query.toLowerCase() };
  return PREFIX.test(query) ? { kind: 'LOGIN_ID', prefix: query.toLowerCase() } : null;
}

/**
 * The search whose cost does not grow with the number of members: every combination has an index in which its rows
 * stand together and in order. `phoneIndex` is the blind index of the phone that is looked for.
 */
export function searchOf(
  { query, role, status, mid }: MemberFilter,
  phoneIndex: Buffer | null,
): MemberSearch {
  const filters: [string, string | null][] = [
    ['mid = ?', mid],
    ['role = ?', role],
    ['status = ?', status],
  ];
  const where = filters.flatMap(([condition, value]) => (value === null ? [] : [condition]));
  const values: (string | Buffer)[] = filters.flatMap(([, value]) => value ?? []);
  const order = query?.kind === 'LOGIN_ID' ? 'LOGIN_ID' : 'NEWEST';
  if (query?.kind === 'EMAIL') {
    return {
      index: 'uq_members_email',
      where: [...where, 'email = ?'],
      values: [...values, query.email],
      order,
    };
  }
  if (query?.kind === 'PHONE') {
    const more = phoneIndex === null ? [] : [phoneIndex];
    return {
      index: 'ix_members_phone',
      where: [...where, 'phone_index = ?'],
      values: [...values, ...more],
      order,
    };
  }
  const columns = [mid && 'mid', role && 'role', status && 'status'].filter(Boolean);
  const parts = ['ix_members', ...columns];
  if (query === null)
    return { index: columns.length === 0 ? 'PRIMARY' : parts.join('_'), where, values, order };
  // '~' sorts after every character that a login id may have.
  const range = {
    where: [...where, 'login_id BETWEEN ? AND ?'],
    values: [...values, query.prefix, `${query.prefix}~`],
  };
  return {
    index: columns.length === 0 ? 'uq_members_login_id' : [...parts, 'login'].join('_'),
    ...range,
    order,
  };
}
