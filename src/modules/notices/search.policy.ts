const WORDS_MAX = 5;

/** The words of a search as patterns of LIKE with the escape `!`; all of them must be in a title. */
export function searchWords(query: string): readonly string[] {
  const words = query.split(/\s+/u).filter((word) => word !== '');
  return words.slice(0, WORDS_MAX).map((word) => `%${word.replace(/[!%_]/g, '!$&')}%`);
}
