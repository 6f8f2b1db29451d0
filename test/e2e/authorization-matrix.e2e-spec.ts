import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Answered,
  Asker,
  breach,
  callsOf,
  type Cell,
  cellsOf,
  groupBy,
  leaksIn,
  nameOf,
  type Operation,
  problemOf,
} from '../support/authorization/matrix';
import { RULES } from '../support/authorization/rules';
import { type World, WorldMaker } from '../support/authorization/world';
import { BEHIND_PROXY } from '../support/members';
import { Stack } from '../support/stack';

jest.setTimeout(300_000);

/** Every operation that the API describes: a new one cannot be forgotten. */
const OPERATIONS: readonly Operation[] = Object.entries(
  (
    JSON.parse(readFileSync(join(__dirname, '../../docs/openapi.json'), 'utf8')) as {
      paths: Record<string, Record<string, { operationId: string }>>;
    }
  ).paths,
).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { operationId: id }]) => ({
    id,
    path,
    method: method.toUpperCase(),
  })),
);

let stack: Stack;
let world: World;
const answers: Answered[] = [];

beforeAll(async () => {
  stack = await Stack.start('matrix', {
    env: { ...BEHIND_PROXY, MEMBER_CODE_PAUSE_MS: '1', WEBHOOK_LOOPBACK_ALLOWED: 'true' },
  });
  world = await WorldMaker.make(stack);
});
afterAll(() => stack?.stop());

it('knows of every operation who may call it, and how', () => {
  const ids = OPERATIONS.map(({ id }) => id).sort();
  expect(Object.keys(RULES).sort()).toEqual(ids);
  expect(ids.filter((id) => callsOf(id).length === 0)).toEqual([]);
});

/** What may not be comes first, and what changes things last, each caller's in the order of the calls. */
it('asks all of it', async () => {
  const asker = new Asker(stack.api.url);
  const cells = cellsOf(OPERATIONS, world);
  const denied = cells.filter(({ expected }) => typeof expected === 'number');
  const allowed = cells.filter(({ expected }) => typeof expected !== 'number');
  const isRead = ({ operation }: Cell) => operation.method === 'GET';
  answers.push(...(await asker.askAll(denied)));
  answers.push(...(await asker.askAll(allowed.filter(isRead))));
  const writes = allowed.filter((cell) => !isRead(cell));
  answers.push(...(await asker.askAll(writes, 1)));
  expect(answers).toHaveLength(cells.length);
  process.stdout.write(summary());
});

it('keeps every rule', () => {
  const found = answers.flatMap((answer) => {
    const wrong = breach(answer);
    return wrong === null ? [] : [`${nameOf(answer)}: ${wrong} ${answer.text.slice(0, 200)}`];
  });
  expect(found).toEqual([]);
});

it('logs nothing as its own failure', () => {
  expect(stack.output.split('\n').filter((line) => /"level":"?(error|fatal|50|60)/.test(line))).toEqual([]);
});

it('tells what belongs to others and what does not exist apart in nothing', () => {
  const refused = answers.filter(({ status, expected }) => status === expected && status !== 401);
  const groups = groupBy(refused, (answer) =>
    [answer.operation.id, answer.variant, answer.caller.name, answer.status].join(' '),
  );
  const differing = [...groups].flatMap(([name, group]) => {
    const said = new Set(group.map(problemOf));
    return said.size > 1 ? [[name, ...said]] : [];
  });
  expect(differing).toEqual([]);
});

it('shows nobody anything of what is not there for them', () => {
  const found = answers.flatMap((answer) =>
    leaksIn(answer, world).map((mark) => `${nameOf(answer)}: ${answer.status} shows ${mark}`),
  );
  expect(found).toEqual([]);
});

it('does show what is planted to whom it belongs', () => {
  const marks = Object.values(world.targets).flatMap((all) => all.flatMap(({ marks: own }) => own));
  const shown = marks.filter((mark) =>
    answers.some(({ text, asked }) => text.includes(mark) && !asked.includes(mark)),
  );
  expect(shown.length / marks.length).toBeGreaterThan(0.8);
});

/** Operation by operation: how many cells, and what came of them. */
function summary(): string {
  const columns = [...new Set(answers.map(({ status }) => status))].sort((a, b) => a - b);
  const line = (name: string, group: readonly Answered[]) =>
    [
      name.padEnd(38),
      String(group.length).padStart(6),
      ...columns.map((status) => {
        const count = group.filter((answer) => answer.status === status).length;
        return String(count === 0 ? '.' : count).padStart(5);
      }),
    ].join('');
  const byOperation = groupBy(answers, ({ operation }) => operation.id);
  const head = `${'operation'.padEnd(38)} cells${columns.map((status) => String(status).padStart(5)).join('')}`;
  return `\n${[head, ...[...byOperation].map(([id, group]) => line(id, group)), line('all', answers)].join('\n')}\n`;
}
