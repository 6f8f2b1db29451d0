import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FOLDER = join(__dirname, '../../examples/crypto');
const RUN_MS = 60_000;

export type Job = 'encrypt-request' | 'encrypt-request-cbc' | 'verify-webhook';

export interface Ran {
  readonly code: number | null;
  /** Without the line's end. */
  readonly output: string;
  readonly complaint: string;
}

export interface Language {
  readonly name: string;
  /** What is not on this machine, with the way to get it; undefined where all is there. */
  readonly missing: string | undefined;
  run(job: Job, stdin: string | Buffer, env: Record<string, string>, args?: readonly string[]): Ran;
  /** Removes what was made to run it. */
  clean(): void;
}

interface Recipe {
  readonly name: string;
  /** Commands that have to succeed. */
  readonly needs: readonly (readonly string[])[];
  readonly install: string;
  /** What is done once before the first run. */
  readonly prepare?: (out: string) => readonly string[];
  readonly command: (job: Job, out: string) => readonly string[];
}

const snake = (job: Job) => job.replaceAll('-', '_');
const pascal = (job: Job) => job.replace(/(?:^|-)(.)/g, (_, first: string) => first.toUpperCase());

const RECIPES: readonly Recipe[] = [
  {
    name: 'Node',
    needs: [['node', '--version']],
    install: 'https://nodejs.org',
    command: (job) => ['node', join(FOLDER, `node/${job}.mjs`)],
  },
  {
    name: 'Python',
    needs: [['python3', '-c', 'import cryptography']],
    install: 'apt-get install python3-cryptography',
    command: (job) => ['python3', '-B', join(FOLDER, `python/${snake(job)}.py`)],
  },
  {
    name: 'Java',
    needs: [
      ['javac', '-version'],
      ['java', '-version'],
    ],
    install: 'apt-get install default-jdk-headless',
    prepare: (out) => [
      ...['javac', '-Werror', '-Xlint:all', '-d', out],
      ...JOBS.map((job) => join(FOLDER, `java/${pascal(job)}.java`)),
    ],
    command: (job, out) => ['java', '-cp', out, pascal(job)],
  },
  {
    name: 'PHP',
    needs: [['php', '-r', 'exit(extension_loaded("openssl") ? 0 : 1);']],
    install: 'apt-get install php-cli',
    // As PHP is without an ini file: its traces show what functions were given.
    command: (job) => [
      ...['php', '-d', 'zend.exception_ignore_args=0', '-d', 'zend.exception_string_param_max_len=15'],
      join(FOLDER, `php/${job}.php`),
    ],
  },
];

const JOBS: readonly Job[] = ['encrypt-request', 'encrypt-request-cbc', 'verify-webhook'];

function runProgram(command: readonly string[], stdin: string | Buffer, env: Record<string, string>): Ran {
  const [program = '', ...args] = command;
  const { PATH = '', HOME = '' } = process.env;
  const { status, stdout, stderr } = spawnSync(program, args, {
    input: stdin,
    env: { PATH, HOME, ...env },
    timeout: RUN_MS,
  });
  const text = (bytes: Buffer | null) => (bytes ?? Buffer.alloc(0)).toString('utf8').trimEnd();
  return { code: status, output: text(stdout), complaint: text(stderr) };
}

function languageOf({ name, needs, install, prepare, command }: Recipe): Language {
  const lacks = needs.find((need) => runProgram(need, '', {}).code !== 0);
  let out: string | undefined;
  const prepared = () => {
    if (out !== undefined) return out;
    out = mkdtempSync(join(tmpdir(), 'pg-gateway-language-'));
    const { code, output, complaint } = prepare ? runProgram(prepare(out), '', {}) : { code: 0 };
    if (code !== 0) throw new Error(`the ${name} examples do not compile:\n${output}${complaint}`);
    return out;
  };
  return {
    name,
    missing: lacks && `${name} is not here (${lacks.join(' ')} fails): ${install}`,
    run: (job, stdin, env, args = []) => runProgram([...command(job, prepared()), ...args], stdin, env),
    clean: () => out && rmSync(out, { recursive: true, force: true }),
  };
}

/** Every language of examples/crypto, whether or not this machine has it. */
export const cryptoLanguages = (): readonly Language[] => RECIPES.map(languageOf);
