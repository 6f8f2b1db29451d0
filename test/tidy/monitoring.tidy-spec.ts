import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parse } from 'yaml';
import { METRICS } from '../../src/common/metrics/catalogue';
import { metricsPageText } from '../../src/ops/metrics-page.text';
import { envSchema } from '../../src/config/env.schema';
import { ROOT, textOf } from './files';

interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}
interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly h: number; readonly w: number; readonly x: number; readonly y: number };
  readonly targets?: readonly { readonly expr: string }[];
}

const RULES = parse(textOf('deploy/monitoring/alerts.yml')) as { groups: { rules: Rule[] }[] };
const rules = RULES.groups.flatMap((group) => group.rules);
const alerts = rules.filter(({ alert }) => alert !== undefined);
const { panels } = JSON.parse(textOf('deploy/monitoring/dashboard.json')) as { panels: readonly Panel[] };
const MANUAL = textOf('docs/operations/manual.md');
const SLO = textOf('docs/operations/slo.md');
const sections = [...MANUAL.matchAll(/^## (\w+)$/gm)].map(([, name = '']) => name);
const manifest = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };

/** As docs/metrics.md lists them, with what a histogram has beside its name. */
const METRIC_PAGE = textOf('docs/metrics.md');
const listed = [...METRIC_PAGE.matchAll(/^\| `(pg_\w+)` \| (\w+)/gm)];
const known = new Set([
  ...listed.flatMap(([, name = '', type]) =>
    type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
  ),
  ...rules.flatMap(({ record }) => record ?? []),
]);
const metricsIn = (expr: string) => expr.match(/\bpg[:_][\w:]+/g) ?? [];
const unknownIn = (expressions: readonly string[]) =>
  expressions.flatMap(metricsIn).filter((name) => !known.has(name));

describe('docs/metrics.md', () => {
  it('is what the sources say', async () => {
    expect(METRIC_PAGE).toBe(await metricsPageText());
  });

  it('names metrics as Prometheus does, with labels of a handful of values', () => {
    const wrong = Object.entries(METRICS).filter(
      ([name, { type, labels }]) =>
        !/^pg_[a-z]+(_[a-z]+)*$/.test(name) ||
        (type === 'counter') !== name.endsWith('_total') ||
        (type === 'histogram' && !name.endsWith('_seconds')) ||
        labels.some((label) => /^(mid|merchant|member|payment|order|address|id)/i.test(label)),
    );
    expect(wrong.map(([name]) => name)).toEqual([]);
  });
});

describe('the alert rules', () => {
  it('look at metrics that exist', () => {
    expect(unknownIn(rules.map(({ expr }) => expr))).toEqual([]);
  });

  it('have each a severity, a summary and a link to their own section of the manual', () => {
    const wrong = alerts.filter(
      ({ alert = '', labels, annotations }) =>
        !['page', 'ticket'].includes(labels?.severity ?? '') ||
        !annotations?.summary ||
        annotations.runbook_url !== `docs/operations/manual.md#${alert.toLowerCase()}`,
    );
    expect(wrong.map(({ alert }) => alert)).toEqual([]);
  });

  it('are each tried, and each has been quiet once', () => {
    const tests = parse(textOf('deploy/monitoring/alerts.test.yml')) as {
      tests: { alert_rule_test: { alertname: string; exp_alerts: unknown[] }[] }[];
    };
    const tried = tests.tests.flatMap(({ alert_rule_test: one }) => one);
    const firing = tried.filter(({ exp_alerts: expected }) => expected.length > 0);
    const quiet = tried.filter(({ exp_alerts: expected }) => expected.length === 0);
    for (const one of [firing, quiet]) {
      expect(new Set(one.map(({ alertname }) => alertname))).toEqual(
        new Set(alerts.map(({ alert }) => alert)),
      );
    }
  });

  const promtool = spawnSync('promtool', ['--version']).status === 0;
  it(
    promtool
      ? 'pass promtool and their tests'
      : 'are parsed only: promtool is not installed (apt-get install --no-install-recommends prometheus)',
    () => {
      expect(alerts.length).toBeGreaterThan(0);
      if (!promtool) return;
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [join(ROOT, 'scripts/monitoring-check.mjs')],
        { encoding: 'utf8' },
      );
      expect({ status, said: status === 0 ? '' : `${stdout}${stderr}` }).toEqual({ status: 0, said: '' });
    },
    60_000,
  );
});

describe('the dashboard', () => {
  it('asks for metrics that exist', () => {
    const expressions = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
    expect(expressions.length).toBeGreaterThan(30);
    expect(unknownIn(expressions)).toEqual([]);
  });

  it('shows every metric of the catalogue', () => {
    const shown = panels.flatMap(({ targets = [] }) => targets.flatMap(({ expr }) => metricsIn(expr)));
    const missing = Object.keys(METRICS).filter((name) => !shown.some((each) => each.startsWith(name)));
    expect(missing).toEqual([]);
  });

  it('has panels with names and ids of their own, none over another', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const named = panels.filter(({ type }) => type !== 'row').map(({ title }) => title);
    expect(new Set(named).size).toBe(named.length);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(panels.every(({ gridPos: { x, w } }) => x + w <= 24)).toBe(true);
  });
});

describe('the manual', () => {
  it('has a section for each alert, and for nothing else', () => {
    expect(sections.toSorted()).toEqual(alerts.map(({ alert = '' }) => alert).toSorted());
  });

  it('says in each, in Korean and in English, what it means and what to do', () => {
    const said = ['뜻', '영향', '먼저 볼 것', '할 일', '부를 사람'].concat([
      'Meaning',
      'Impact',
      'First look',
      'What to do',
      'Call',
    ]);
    const short = MANUAL.split(/^## /m)
      .slice(1)
      .filter((section) => !said.every((word) => section.includes(`**${word}**`)));
    expect(short).toEqual([]);
  });

  it('says of each how urgent it is, as its rule does', () => {
    const told = [...MANUAL.matchAll(/^## (\w+)\n\n`(\w+)`$/gm)].map(([, name, severity]) => [
      name,
      severity,
    ]);
    expect(Object.fromEntries(told)).toEqual(
      Object.fromEntries(alerts.map(({ alert, labels }) => [alert, labels?.severity])),
    );
  });

  it('names commands, operations, metrics, settings and panels that exist', () => {
    const both = MANUAL + SLO;
    const operations = JSON.parse(textOf('docs/openapi.json')) as {
      paths: Record<string, Record<string, unknown>>;
    };
    const commands = [...both.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name);
    expect(commands.filter((name) => !(name in manifest.scripts))).toEqual([]);
    const calls = [...both.matchAll(/`(GET|POST|PUT|PATCH|DELETE) (\/[^\s`]+)`/g)];
    const missing = calls
      .filter(([, , path = '']) => !path.endsWith('…'))
      .filter(([, method = '', path = '']) => operations.paths[path]?.[method.toLowerCase()] === undefined);
    expect([calls.length > 10, missing.map(([call]) => call)]).toEqual([true, []]);
    expect(
      (both.match(/`(pg_\w+)`/g) ?? []).filter((name) => !listed.some(([, one]) => `\`${one}\`` === name)),
    ).toEqual([]);
    const settings = [...both.matchAll(/`([A-Z]+(?:_[A-Z0-9]+)+)`/g)].map(([, key = '']) => key);
    expect(settings.filter((key) => !(key in envSchema.shape))).toEqual([]);
  });

  it('is linked to by the objectives where it is', () => {
    const links = [...SLO.matchAll(/\(manual\.md#(\w+)\)/g)].map(([, anchor = '']) => anchor);
    expect(links.length).toBeGreaterThan(3);
    expect(links.filter((anchor) => !sections.some((name) => name.toLowerCase() === anchor))).toEqual([]);
    const withObjective = alerts.filter(({ labels }) => labels?.slo !== undefined);
    expect(withObjective.filter(({ alert = '' }) => !links.includes(alert.toLowerCase()))).toEqual([]);
  });
});
