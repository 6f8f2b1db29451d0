import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { strFromU8, unzipSync } from 'fflate';
import readWorkbook from 'read-excel-file/node';
import { defused } from './defuse';
import { exportHeaders, exportStream, primed } from './export-stream';
import type { ExportTable } from './table';
import { columnLetters } from './xlsx-parts';
import { xlsxStream } from './xlsx.writer';

interface Sale {
  readonly name: string | null;
  readonly amount: number | null;
  readonly at: Date | null;
}

const AT = new Date('2026-11-21T15:04:05.000Z');
const TABLE: ExportTable<Sale> = {
  name: '거래내역',
  totalHeading: '합계',
  columns: [
    { heading: '구매자', width: 20, kind: 'TEXT', value: ({ name }) => name },
    { heading: '금액', width: 12, kind: 'WON', value: ({ amount }) => amount, total: true },
    { heading: '승인일시', width: 20, kind: 'TIME', value: ({ at }) => at },
  ],
};

const sale = (name: string | null, amount: number | null = 1_000, at: Date | null = AT): Sale => ({
  name,
  amount,
  at,
});
async function* inBatches(...batches: readonly Sale[][]) {
  yield* batches;
}

it.each(['=1+1', '+82', '-5', '@SUM(A1)', '\tx', '\rx', '\nx', '＝1', '＋1', '－1', '＠x'])(
  'defuses %j',
  (content) => {
    expect(defused(content)).toBe(`'${content}`);
  },
);

it.each(['', '홍길동', 'a=b', '1-2', "'quoted", ' =1'])('leaves %j as it is', (content) => {
  expect(defused(content)).toBe(content);
});

it('writes CSV with a byte order mark, Korean time and defused, quoted text', async () => {
  const batches = inBatches([sale('홍길동')], [], [sale('=cmd|"x", y', -500, null), sale(null, null)]);
  expect((await buffer(exportStream('csv', TABLE, batches, AT))).toString()).toBe(
    '\uFEFF"구매자","금액","승인일시"\r\n' +
      '"홍길동",1000,2026-11-22 00:04:05\r\n' +
      `"'=cmd|""x"", y",-500,\r\n` +
      ',,2026-11-22 00:04:05\r\n',
  );
});

/** The workbook as another program reads it, and the XML of its parts. */
async function opened(batches: AsyncIterable<readonly Sale[]>, rowsPerSheet?: number) {
  const bytes = await buffer(xlsxStream(TABLE, batches, { at: AT, rowsPerSheet }));
  const parts = unzipSync(new Uint8Array(bytes));
  const part = (name: string) => strFromU8(parts[name]!);
  return { sheets: await readWorkbook(bytes), part, names: Object.keys(parts) };
}

it('writes a workbook that another program reads: numbers, dates, texts and sums', async () => {
  const odd = 'a&b <c> "d" _x0041_ \u0001\ud800 가나';
  const { sheets, part } = await opened(
    inBatches([sale('홍길동', 1_500)], [sale('=1+1', 2_500), sale(odd, null, null)]),
  );
  expect(sheets).toHaveLength(1);
  expect(sheets[0]!.sheet).toBe('거래내역');
  const shownAt = new Date('2026-11-22T00:04:05.000Z');
  const [heading, first, second, third, totals, ...more] = sheets[0]!.data;
  expect(heading).toEqual(['구매자', '금액', '승인일시']);
  expect(first!.slice(0, 2)).toEqual(['홍길동', 1_500]);
  expect(Math.abs((first![2] as unknown as Date).getTime() - shownAt.getTime())).toBeLessThan(1_000);
  expect(second!.slice(0, 2)).toEqual(["'=1+1", 2_500]);
  expect(part('xl/worksheets/sheet1.xml')).toContain('a&amp;b &lt;c&gt; &quot;d&quot; _x005F_x0041_  가나');
  expect(third!.slice(1)).toEqual([null, null]);
  expect(totals).toEqual(['합계', 4_000, null]);
  expect(more).toEqual([]);
});

it('keeps the heading in sight, formats numbers and dates, and holds no formula', async () => {
  const { part } = await opened(inBatches([sale('=1+1')]));
  const sheet = part('xl/worksheets/sheet1.xml');
  expect(sheet).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
  expect(sheet).not.toContain('<f>');
  expect(sheet).toMatch(/<c r="B2" s="2"><v>1000<\/v>/);
  expect(sheet).toMatch(/<c r="C2" s="3"><v>46348\.00\d+<\/v>/);
  expect(part('xl/styles.xml')).toContain('formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"');
});

it('goes on in a next sheet, the sums at the end of all', async () => {
  const { sheets } = await opened(inBatches([sale('a'), sale('b'), sale('c')], [sale('d'), sale('e')]), 2);
  const names = sheets.map(({ data }) => data.slice(1).map(([name]) => name));
  expect(names).toEqual([
    ['a', 'b'],
    ['c', 'd'],
    ['e', '합계'],
  ]);
  expect(sheets.map(({ sheet }) => sheet)).toEqual(['거래내역', '거래내역 2', '거래내역 3']);
  expect(sheets[2]!.data.at(-1)).toEqual(['합계', 5_000, null]);
});

it('is a workbook with a heading where there is nothing', async () => {
  const { sheets } = await opened(inBatches());
  expect(sheets[0]!.data.map(([name]) => name)).toEqual(['구매자', '합계']);
});

/** Batches without end; tells how many were taken, and when it was over. */
function endless() {
  const seen = { taken: 0, ended: false };
  const rows = Array.from({ length: 500 }, (_, index) => sale(`이름 ${Math.sin(index)} ${index}`));
  async function* batches() {
    try {
      for (;;) {
        seen.taken += 1;
        yield rows;
      }
    } finally {
      seen.ended = true;
    }
  }
  return { seen, batches };
}

/** A number once it has stayed the same for half a second, however slow the machine; what never rests fails. */
async function atRest(read: () => number): Promise<number> {
  let [value, since] = [read(), performance.now()];
  for (const begun = since; performance.now() - since < 500;) {
    if (performance.now() - begun > 4_000) throw new Error(`still changing: ${value}`);
    await wait(20);
    if (read() !== value) [value, since] = [read(), performance.now()];
  }
  return value;
}

it.each(['csv', 'xlsx'] as const)(
  '%s fetches no more than its reader takes, and ends with it',
  async (format) => {
    const { seen, batches } = endless();
    const stream = exportStream(format, TABLE, batches(), AT);
    stream.read();
    const before = await atRest(() => seen.taken);
    expect(before).toBeLessThan(40);
    let bytes = 0;
    for await (const chunk of stream) {
      bytes += (chunk as Buffer).length;
      if (bytes > 1_000_000) break;
    }
    expect(seen.taken).toBeGreaterThan(before);
    await wait(50);
    expect(seen.ended).toBe(true);
  },
);

it.each(['csv', 'xlsx'] as const)('%s breaks off when the rows fail', async (format) => {
  async function* failing() {
    yield [sale('a')];
    throw new Error('gone');
  }
  await expect(buffer(exportStream(format, TABLE, failing(), AT))).rejects.toThrow('gone');
});

it('tells of a failure of the first batch before there is anything to send', async () => {
  const failing = { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('refused')) }) };
  await expect(primed<Sale>(failing)).rejects.toThrow('refused');
  const { seen, batches } = endless();
  for await (const rows of await primed(batches())) {
    expect(rows).toHaveLength(500);
    if (seen.taken === 3) break;
  }
  expect(seen).toEqual({ taken: 3, ended: true });
});

it('names the file in Korean, and in ASCII for those who cannot read it', () => {
  expect(exportHeaders('csv', { name: '거래내역', plainName: 'transactions' })).toEqual({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="transactions.csv"; filename*=UTF-8''%EA%B1%B0%EB%9E%98%EB%82%B4%EC%97%AD.csv`,
    'cache-control': 'no-store',
  });
});

it.each([
  [0, 'A'],
  [25, 'Z'],
  [26, 'AA'],
  [701, 'ZZ'],
  [702, 'AAA'],
])('calls column %p %s', (index, letters) => {
  expect(columnLetters(index)).toBe(letters);
});
