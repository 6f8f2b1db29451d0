const STATEMENT =
  /^\s*(SELECT|INSERT|UPDATE|DELETE|REPLACE)\b(?:[\s\S]*?\b(?:FROM|INTO|UPDATE)\s+|\s+(?:IGNORE\s+)?)`?([a-z][a-z_]*)`?/i;
const WORD = /^\s*\(?\s*([A-Za-z]+)/;

/** What a statement does and to which table first, e.g. `SELECT payments`: words of its code, never a value. */
export function statementName(sql: string): string {
  const found = STATEMENT.exec(sql);
  if (found !== null) return `${found[1]!.toUpperCase()} ${found[2]!}`;
  return WORD.exec(sql)?.[1]?.toUpperCase() ?? 'STATEMENT';
}
