import { newAddress } from '../members';
import { PDF } from '../uploads';
import { type Call, CALLS } from './calls';
import type { Caller } from './callers';
import { type Rule, RULES } from './rules';
import type { Target, World } from './world';

export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
}

/** OWN: anything that authorisation does not say. OPEN: the same, and what is named may not be there. */
export type Expected = 'OWN' | 'OPEN' | 401 | 403 | 404 | 422;

export interface Cell {
  readonly operation: Operation;
  /** Which of the operation's calls. */
  readonly variant: number;
  readonly call: Call;
  readonly caller: Caller;
  readonly target: Target;
  readonly expected: Expected;
}

export interface Answered extends Cell {
  readonly asked: string;
  readonly status: number;
  readonly text: string;
}

const NOTHING: Target = { name: '-', exists: false, ids: {}, marks: [], seenBy: () => true };
const PER_CALLER = 2;
/** Passwords are hashed two at once while twenty wait; one more would be told to come again. */
const CALLERS_AT_ONCE = 10;

export const callsOf = (id: string): readonly Call[] => [CALLS[id] ?? []].flat();

export function expected(operation: Operation, call: Call, caller: Caller, target: Target): Expected {
  const rule = RULES[operation.id];
  if (rule === undefined) throw new Error(`${operation.id} has no rule`);
  const refused = mayNotCall(operation, rule, call, caller);
  if (refused !== null) return refused;
  if (target === NOTHING || call.isFilter?.(caller) === true) return isPublic(rule) ? 'OPEN' : 'OWN';
  return (call.isProof === true ? target.exists : target.seenBy(caller)) ? 'OWN' : (call.refusal ?? 404);
}

const isPublic = ([, members]: Rule) => members === 'P';

/** Whatever it is about: the answer to who may not call at all; null for who may. */
function mayNotCall({ method }: Operation, rule: Rule, call: Call, caller: Caller): 401 | 403 | null {
  const [scope] = rule;
  const { kind } = caller;
  const hasWrongToken = kind === 'NOBODY' && caller.authorization !== '';
  if (isPublic(rule)) return hasWrongToken && call.looksAtCredentials === true ? 401 : null;
  if (kind === 'NOBODY') return 401;
  if (kind === 'SYSTEM') return scope !== null && caller.scopes.includes(scope) ? null : 403;
  return isForMember(method, rule, caller) ? null : 403;
}

function isForMember(method: string, [, members, whose]: Rule, caller: Caller): boolean {
  const { letter, isOwner, hasNoPlace, isHeldBack } = caller;
  const named = members.split(' ');
  if (!named.includes(letter) && !(isOwner && named.includes(`${letter}o`))) return false;
  if (isHeldBack && method !== 'GET' && whose !== 'account') return false;
  return !hasNoPlace || whose !== 'place';
}

/** Every operation, in the order of the calls, by every caller, about everything of its kind. */
export function cellsOf(operations: readonly Operation[], { callers, targets }: World): Cell[] {
  const order = Object.keys(CALLS);
  const sorted = operations.toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  return sorted.flatMap((operation) =>
    callsOf(operation.id).flatMap((call, variant) =>
      callers.flatMap((caller) => {
        const all = call.kind === undefined ? [NOTHING] : targets[call.kind];
        const cells = all.map((target) => ({
          ...{ operation, variant, call, caller, target },
          expected: expected(operation, call, caller, target),
        }));
        const refused = cells.every((cell) => cell.expected === 401 || cell.expected === 403);
        if (!refused) return cells;
        // One that is there and one that is not show that a refusal does not depend on it; for a token, the key shows it.
        return caller.name.startsWith('token') ? [cells[0]!] : [...new Set([cells[0]!, cells.at(-1)!])];
      }),
    ),
  );
}

export class Asker {
  constructor(private readonly url: string) {}

  /** Each caller's cells by a few at a time; `perCaller` 1 keeps their order. */
  async askAll(cells: readonly Cell[], perCaller = PER_CALLER): Promise<Answered[]> {
    const byCaller = [...groupBy(cells, ({ caller }) => caller).values()];
    const answered: Answered[] = [];
    await inLanes(CALLERS_AT_ONCE, byCaller, (own) =>
      inLanes(perCaller, own, async (cell) => void answered.push(await this.ask(cell))),
    );
    return answered;
  }

  async ask(cell: Cell): Promise<Answered> {
    const { operation, call, caller, target } = cell;
    const query = call.query?.(target, caller) ?? '';
    const path = `${pathOf(operation, call, target)}${query === '' ? '' : `?${query}`}`;
    const { body, type } = await bodyOf(call, target, caller);
    const answer = await fetch(`${this.url}${path}`, {
      method: operation.method,
      headers: {
        ...{ 'accept-language': 'en', ...newAddress() },
        ...(caller.authorization === '' ? {} : { authorization: caller.authorization }),
        ...(type === null ? {} : { 'content-type': type }),
      },
      ...(body === undefined ? {} : { body }),
    });
    return {
      ...cell,
      status: answer.status,
      text: await answer.text(),
      asked: `${decodeURIComponent(path)} ${typeof body === 'string' ? body : ''}`,
    };
  }
}

/** Does all of it, `lanes` at a time, begun in their order. */
async function inLanes<T>(lanes: number, all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = [...all];
  const lane = async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

function pathOf({ id, path }: Operation, { as = {}, given = {} }: Call, { ids }: Target): string {
  return path.replace(/\{(\w+)\}/g, (_, parameter: string) => {
    const value = given[parameter] ?? ids[as[parameter] ?? parameter];
    if (value === undefined) throw new Error(`${id}: nothing to put for {${parameter}}`);
    return encodeURIComponent(value);
  });
}

async function bodyOf(
  { form, body }: Call,
  target: Target,
  caller: Caller,
): Promise<{ body: string | FormData | undefined; type: string | null }> {
  if (form === 'MULTIPART') {
    const filled = new FormData();
    filled.append('file', new Blob([new Uint8Array(PDF)]), 'paper.pdf');
    return { body: filled, type: null };
  }
  if (body === undefined) return { body: undefined, type: null };
  const content = await body(target, caller);
  if (form === 'URLENCODED') return { body: String(content), type: 'application/x-www-form-urlencoded' };
  return { body: JSON.stringify(content), type: 'application/json' };
}

export const nameOf = ({ operation, variant, caller, target }: Cell) =>
  `${operation.id}#${variant} | ${caller.name} | ${target.name}`;

/** What an answer says against the rule; null where it keeps it. */
export function breach({ expected: wanted, status, call }: Answered): string | null {
  // Documented: on a busy machine an acquirer may be too slow for the tenth of its time that tests give it.
  if (status === 504 && wanted === 'OWN') return null;
  if (status >= 500) return `answered ${status}`;
  if (typeof wanted === 'number') return status === wanted ? null : `${wanted} wanted, got ${status}`;
  const refusals = [call.mayRefuse === true ? 0 : 401, 403, wanted === 'OWN' ? 404 : 0];
  return refusals.includes(status) ? `may be called, got ${status}` : null;
}

/** Marks of what is not there for the caller, and that it did not bring itself. */
export function leaksIn({ caller, target, call, asked, text }: Answered, { targets }: World): string[] {
  return Object.values(targets)
    .flat()
    .filter((other) => !other.seenBy(caller) && !(call.isProof === true && other === target))
    .flatMap((other) => other.marks)
    .filter((mark) => text.includes(mark) && !asked.includes(mark));
}

/** A problem without what differs from one request to the next. */
export function problemOf({ text }: Answered): string {
  if (!text.startsWith('{')) return text;
  const { traceId: _, ...rest } = JSON.parse(text) as Record<string, unknown>;
  return JSON.stringify(rest);
}

export function groupBy<K, V>(all: readonly V[], keyOf: (each: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const each of all) {
    const key = keyOf(each);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  return groups;
}
