import { parseArgs } from 'node:util';
import { complain, Problem, say } from './output.mjs';

const OLDEST_NODE = [20, 19];

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new Problem(
    `Node ${process.versions.node} is too old.`,
    `Install Node ${OLDEST_NODE.join('.')} or newer (https://nodejs.org) and run the command again.`,
  );
}

/**
 * The frame of every command: `--help`, options that are not known, a Node that is too old, and errors that tell what
 * to do next. `main` gets the parsed values and may return an exit code. With `passThrough`, options that are not the
 * command's own are handed on untouched in `rest`.
 */
export async function command({ help, options = {}, passThrough = false }, main) {
  try {
    const args = process.argv.slice(2);
    if (args.includes('--help') || args.includes('-h')) {
      say(help.trim());
      return;
    }
    checkNode();
    process.exitCode = (await main(passThrough ? splitKnown(args, options) : parse(args, options))) ?? 0;
  } catch (error) {
    complain(error);
    process.exitCode = error.exitCode ?? 1;
  }
}

function parse(args, options) {
  try {
    return { ...parseArgs({ args, options, allowPositionals: false }).values, rest: [] };
  } catch (error) {
    throw new Problem(error.message.split('. ')[0], 'Add --help to see what the command understands.');
  }
}

function splitKnown(args, options) {
  const { tokens, values } = parseArgs({
    args,
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const known = tokens.filter((token) => token.kind === 'option' && Object.hasOwn(options, token.name));
  const taken = new Set(
    known.flatMap((token) => [token.index, ...(token.inlineValue === false ? [token.index + 1] : [])]),
  );
  const own = Object.fromEntries(Object.keys(options).map((name) => [name, values[name]]));
  return { ...own, rest: args.filter((_, index) => !taken.has(index)) };
}
