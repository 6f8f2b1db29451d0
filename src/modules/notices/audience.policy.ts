/** Whom a notice is for: everybody, also without a login, or members of these roles. */
export const AUDIENCES = ['ALL', 'OPERATOR', 'AGENCY', 'MERCHANT', 'BRANCH'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** Kinds of readers. PUBLIC: nobody is logged in, or a merchant's own system asks. */
export const READERS = ['PUBLIC', 'OPERATOR', 'AGENCY', 'MERCHANT', 'BRANCH'] as const;
export type Reader = (typeof READERS)[number];

/** Who finds the notice in a list. Operators find all of them. */
export function readersOf(audience: readonly Audience[]): readonly Reader[] {
  if (audience.includes('ALL')) return READERS;
  return READERS.filter(
    (reader) => reader === 'OPERATOR' || (audience as readonly string[]).includes(reader),
  );
}

/** ALL stands alone; a role is named once. */
export function isAudience(audience: readonly Audience[]): boolean {
  if (new Set(audience).size !== audience.length) return false;
  return audience.length === 1 || (audience.length > 1 && !audience.includes('ALL'));
}
