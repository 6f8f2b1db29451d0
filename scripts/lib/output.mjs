const tty = process.stdout.isTTY === true && process.env.CI === undefined;
const colour = tty && process.env.NO_COLOR === undefined;
const paint = (code) => (text) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);

export const bold = paint(1);
export const dim = paint(2);
export const red = paint(31);
export const green = paint(32);
export const yellow = paint(33);

export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

/** Something a person can put right: printed without a stack, followed by what to do next. */
export class Problem extends Error {
  constructor(message, next, details = '') {
    super(message);
    this.name = 'Problem';
    this.next = next;
    this.details = details;
  }
}

export function say(text = '') {
  clearLine();
  process.stdout.write(`${text}\n`);
}

export function warn(text) {
  clearLine();
  process.stderr.write(`${yellow('!')} ${text}\n`);
}

export function complain(error) {
  clearLine();
  process.stderr.write(`${red('✗')} ${error instanceof Problem ? error.message : (error.stack ?? error)}\n`);
  if (error.details) process.stderr.write(`${indent(error.details)}\n`);
  if (error.next) process.stderr.write(`${indent(error.next, '  → ')}\n`);
}

export const indent = (text, by = '    ') =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => by + line)
    .join('\n');

let drawn = false;

function clearLine() {
  if (!drawn) return;
  process.stdout.write('\r\u001b[2K');
  drawn = false;
}

const running = new Set();

function draw() {
  const names = [...running].map(
    (entry) => `${entry.label}${entry.note} ${seconds(Date.now() - entry.since)}`,
  );
  const line = names.join(' · ').slice(0, (process.stdout.columns ?? 80) - 3);
  process.stdout.write(`\r\u001b[2K${dim(`… ${line}`)}`);
  drawn = true;
}

/**
 * Runs a piece of work and shows that it goes on: one moving line on a terminal, elsewhere a line every few seconds.
 * Ends with one line that tells the time it took. `work` gets a function that changes the note shown beside the label.
 */
export async function step(label, work, { every = tty ? 100 : 10_000, quiet = false } = {}) {
  const entry = { label, note: '', since: Date.now() };
  running.add(entry);
  const elapsed = () => seconds(Date.now() - entry.since);
  const timer = setInterval(() => {
    if (tty) draw();
    else process.stdout.write(`… ${label}${entry.note} (${elapsed()})\n`);
  }, every);
  try {
    const result = await work((note) => {
      entry.note = note ? ` (${note})` : '';
    });
    if (!quiet) say(`${green('✓')} ${label}${entry.note} ${dim(elapsed())}`);
    return result;
  } catch (error) {
    say(`${red('✗')} ${label} ${dim(elapsed())}`);
    throw error;
  } finally {
    clearInterval(timer);
    running.delete(entry);
    clearLine();
  }
}
