import { filesBelow, linesOf, textOf } from './files';

const LINES_MAX = 300;
/** Put together here, so that this file does not hold what it forbids. */
const FORBIDDEN: readonly RegExp[] = [
  new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX', 'HA' + 'CK'].join('|')})\\b`),
  new RegExp('eslint-' + 'disable'),
  new RegExp('@ts-' + '(ignore|nocheck|expect-error)'),
  new RegExp('\\b(as|:) ' + 'any\\b(?! [a-z])|<' + 'any>'),
  new RegExp('\\b(it|test|describe)\\.' + '(skip|only|todo)\\b|\\b(xit|xtest|xdescribe|fit|fdescribe)\\('),
  new RegExp('(?<![\\w.])/' + '(root|home|Users|work)/[a-z]'),
  new RegExp('registry\\.' + 'npmjs|npm' + 'mirror', 'i'),
];

/** Who may read the clock, chance and the environment; everybody else is given them. */
const SOURCES: Readonly<Record<string, string>> = {
  'src/common/time/clock.ts': 'the one source of time',
  'src/common/db/unit-of-work.ts': 'jitter between two tries of a transaction',
  'src/config/app-config.ts': 'reads the environment once',
  'src/config/verify-config.ts': 'reads the environment of npm run verify once',
  'src/modules/cash-receipts/use-cases/receipt-cancel-settler.ts': 'jitter, handed to a pure policy',
  'src/modules/cash-receipts/use-cases/receipt-settler.ts': 'jitter, handed to a pure policy',
  'src/modules/payments/inbound/inbound-webhooks.job.ts': 'jitter of the next try',
  'src/modules/payments/use-cases/account-closer.ts': 'jitter, handed to a pure policy',
  'src/modules/payments/use-cases/cancel-settler.ts': 'jitter, handed to a pure policy',
  'src/modules/payments/use-cases/reverser.ts': 'jitter, handed to a pure policy',
  'src/modules/payments/virtual-accounts/deposit-watch.job.ts': 'jitter, handed to a pure policy',
  'src/modules/routing/routing.facade.ts': 'chance, handed to a pure policy',
  'src/modules/sms-payments/page/pay-page.script.ts': "the clock of the payer's browser, for its countdown",
  'src/modules/webhooks/deliveries/deliver-webhooks.job.ts': 'jitter, handed to a pure policy',
  'src/sandbox/core/clock.ts': "the sandbox's own time, which tests move",
  'src/sandbox/main.ts': "the sandbox's environment, read once",
  'src/verify/main.ts': 'how long the command took',
};
const AMBIENT = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.env\b/;

const CODE = filesBelow(
  ['src', 'test', 'scripts', 'examples', 'bench', 'fuzz', 'migrations', 'sdk/src'],
  /\.(ts|mjs|cjs|sh)$/,
);
const SRC = filesBelow(['src'], /\.ts$/);

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(?<!:)\/\/.*$/gm, '');
}

it('keeps every source file short', () => {
  const long = SRC.map((path) => [path, linesOf(textOf(path)).length] as const).filter(
    ([, lines]) => lines > LINES_MAX,
  );
  expect(long).toEqual([]);
});

it.each(FORBIDDEN.map((pattern) => [pattern]))('holds nothing like %s', (pattern) => {
  const found = CODE.flatMap((path) =>
    linesOf(textOf(path)).flatMap((line, index) =>
      pattern.test(line) ? [`${path}:${index + 1}: ${line}`] : [],
    ),
  );
  expect(found).toEqual([]);
});

it('reads clock, chance and environment only where a reason is given', () => {
  const readers = SRC.filter((path) => !path.endsWith('.spec.ts')).filter((path) =>
    AMBIENT.test(withoutComments(textOf(path))),
  );
  expect(readers).toEqual(Object.keys(SOURCES).sort());
});

it('has no file that only passes on what others hold', () => {
  expect(SRC.filter((path) => path.endsWith('/index.ts'))).toEqual([]);
});
