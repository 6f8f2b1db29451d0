import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SERVICE_WORDS } from '../../src/modules/members/password.policy';
import { filesBelow, linesOf, ROOT, textOf } from './files';

const STATES = ['met', 'not met', 'not applicable'] as const;
/** ASVS 5.0.0 has 70 requirements of level 1 and 183 of level 2. */
const ASVS_LEVELS = { 1: 70, 2: 183 };
const THREAT_LINES_MAX = 120;
const PATH =
  /`((?:src|test|scripts|docs|fuzz|migrations)\/[^`*]+|Dockerfile|\.dockerignore|\.env\.example|package-lock\.json)`/g;

const cellsOf = (line: string) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
const rowsOf = (path: string, number: RegExp) =>
  linesOf(textOf(path))
    .map(cellsOf)
    .filter(([first = '']) => number.test(first));
const pathsIn = (text: string) => [...text.matchAll(PATH)].map(([, path = '']) => path);

interface Item {
  readonly number: string;
  readonly state: string;
  readonly evidence: string;
}
const itemsOf = (rows: readonly string[][]): Item[] =>
  rows.map((cells) => ({
    number: cells[0] ?? '',
    state: cells.at(-2) ?? '',
    evidence: cells.at(-1) ?? '',
  }));

const ASVS = 'docs/security/asvs-5-level-2.md';
const asvs = rowsOf(ASVS, /^\d+\.\d+\.\d+$/);

describe.each([
  [ASVS, 'requirements', itemsOf(asvs)],
  [
    'docs/security/owasp-api-2023.md',
    'risks',
    itemsOf(rowsOf('docs/security/owasp-api-2023.md', /^API\d+$/)),
  ],
])('%s', (path, noun, items) => {
  it('has each number once, in a state that is known', () => {
    const numbers = items.map(({ number }) => number);
    expect(numbers.filter((number, index) => numbers.indexOf(number) !== index)).toEqual([]);
    expect(items.filter(({ state }) => !STATES.some((known) => known === state))).toEqual([]);
  });

  it('says at its top how many are in which state', () => {
    const count = (state: (typeof STATES)[number]) => items.filter((item) => item.state === state).length;
    expect(textOf(path)).toContain(
      `Of ${items.length} ${noun} ${count('met')} are met, ${count('not met')} are not met, ${count('not applicable')} are not applicable.`,
    );
  });

  it('shows what is met by something that is there, and gives a reason for the rest', () => {
    const unshown = items.filter(({ state, evidence }) => state === 'met' && pathsIn(evidence).length === 0);
    // By a reason alone: there is nothing that could be pointed at.
    expect(unshown.filter(({ evidence }) => evidence.length < 30).map(({ number }) => number)).toEqual([]);
    expect(items.filter(({ evidence }) => evidence.length < 7).map(({ number }) => number)).toEqual([]);
  });
});

it('goes through every requirement of ASVS 5.0.0, levels 1 and 2', () => {
  const ofLevel = (level: number) => asvs.filter((cells) => cells[1] === String(level)).length;
  expect({ 1: ofLevel(1), 2: ofLevel(2) }).toEqual(ASVS_LEVELS);
});

it('goes through the abuse cases A1 to A18, in a page that is short', () => {
  const path = 'docs/security/threat-model.md';
  const numbers = rowsOf(path, /^A\d+$/).map(([first]) => first);
  expect(numbers).toEqual(Array.from({ length: 18 }, (_, index) => `A${index + 1}`));
  expect(linesOf(textOf(path)).length).toBeLessThanOrEqual(THREAT_LINES_MAX);
});

it('lists the words that no password may hold', () => {
  const policies = textOf('docs/security/policies.md');
  expect(SERVICE_WORDS.filter((word) => !policies.includes(word))).toEqual([]);
});

it.each(filesBelow(['docs/security'], /\.md$/))('%s names only files that are there', (path) => {
  const named = pathsIn(textOf(path));
  expect(named.filter((name) => !existsSync(join(ROOT, name)))).toEqual([]);
});
