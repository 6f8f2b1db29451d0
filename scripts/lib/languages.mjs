import { aptInstall, mayInstall } from './apt.mjs';
import { warn } from './output.mjs';
import { run } from './processes.mjs';

/** What examples/crypto is written in, beside Node: a command that succeeds where it is there, and its package. */
const LANGUAGES = [
  ['Python with cryptography', ['python3', '-c', 'import cryptography'], 'python3-cryptography'],
  ['Java', ['javac', '-version'], 'default-jdk-headless'],
  ['PHP', ['php', '--version'], 'php-cli'],
];

async function missing() {
  const found = await Promise.all(
    LANGUAGES.map(async ([name, [program, ...args], wanted]) => {
      const { code } = await run(program, args);
      return code === 0 ? [] : [{ name, wanted }];
    }),
  );
  return found.flat();
}

/** Installs the languages of the examples that are missing, where it may; says which examples will not be run. */
export async function ensureLanguages() {
  const lacking = await missing();
  if (lacking.length > 0 && mayInstall()) await aptInstall(...lacking.map(({ wanted }) => wanted));
  for (const { name, wanted } of lacking.length > 0 ? await missing() : []) {
    warn(`There is no ${name} here: its examples are not run. apt-get install ${wanted}`);
  }
}
