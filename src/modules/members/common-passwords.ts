import { dictionary } from '@zxcvbn-ts/language-common';

/** About 49,000 passwords that leaks hold most often, in lower case. */
const COMMON: ReadonlySet<string> = new Set(dictionary['passwords-common']);

/** Whether a password, normalised and in lower case, is one of the first that a guesser tries. */
export function isCommonPassword(password: string): boolean {
  return COMMON.has(password);
}
