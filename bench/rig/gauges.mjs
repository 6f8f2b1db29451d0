import { spawnSync } from 'node:child_process';
import { procFile } from '../../scripts/lib/processes.mjs';

const TICKS_PER_SECOND = Number(spawnSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }).stdout) || 100;
const SAMPLE_MS = 200;
const COUNTERS = {
  questions: ['Questions'],
  queries: ['Queries'],
  commits: ['Com_commit', 'Handler_commit'],
  logFsyncs: ['Innodb_os_log_fsyncs'],
  dataFsyncs: ['Innodb_data_fsyncs'],
};

/** Seconds of processor time that a process has used; the name in brackets may hold spaces. */
export function cpuSeconds(pid) {
  const fields = procFile(pid, 'stat').split(') ').at(-1).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

export const residentBytes = (pid) =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(procFile(pid, 'status'))?.[1] ?? 0) * 1_024;

const sum = (values) => values.reduce((total, value) => total + value, 0);

const mapped = (object, change) =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value, name)]));

/** What the database server has counted since its start; a counter that this version lacks is null. */
export async function databaseCounters(connection) {
  const [rows] = await connection.query('SHOW GLOBAL STATUS');
  const status = Object.fromEntries(rows.map(({ Variable_name: name, Value: value }) => [name, value]));
  return Object.fromEntries(
    Object.entries(COUNTERS).map(([name, sources]) => {
      const source = sources.find((one) => status[one] !== undefined);
      return [name, source === undefined ? null : Number(status[source])];
    }),
  );
}

/** Share of all processors that had nothing to do, from two readings of /proc/stat. */
function processors() {
  const [user, nice, system, idle, wait, ...rest] = procFile('.', 'stat')
    .split('\n', 1)[0]
    .split(/\s+/)
    .slice(1, 9)
    .map(Number);
  return { idle: idle + wait, all: sum([user, nice, system, idle, wait, ...rest]) };
}

/** Readings of one phase: taken by `start` when it is warm, by `stop` when it is over. */
export class PhaseGauges {
  #timer;
  #highest = 0;

  /** `pids` are those of the measured servers; the others only tell who else takes processor time. */
  constructor({ connection, pids, databasePid, sandboxPid, loadPid }) {
    this.connection = connection;
    this.pids = pids;
    this.others = { database: databasePid, sandbox: sandboxPid, load: loadPid };
  }

  async start() {
    this.before = await this.#readings();
    this.#timer = setInterval(() => this.#sample(), SAMPLE_MS);
  }

  async stop(approvals) {
    this.abandon();
    const after = await this.#readings();
    const grown = (name) => after[name] - this.before[name];
    const each = (name) =>
      after.counters[name] === null ? null : (after.counters[name] - this.before.counters[name]) / approvals;
    return {
      cpuSeconds: grown('cpu'),
      cpuMsEach: (grown('cpu') * 1_000) / approvals,
      othersCpuMsEach: mapped(
        this.others,
        (_, name) => ((after.others[name] - this.before.others[name]) * 1_000) / approvals,
      ),
      idleShare: (after.all.idle - this.before.all.idle) / (after.all.all - this.before.all.all),
      memory: { before: this.before.memory, after: after.memory, max: Math.max(this.#highest, after.memory) },
      each: Object.fromEntries(Object.keys(COUNTERS).map((name) => [name, each(name)])),
    };
  }

  abandon() {
    clearInterval(this.#timer);
  }

  #sample() {
    this.#highest = Math.max(this.#highest, this.#memory());
  }

  /** Of the biggest process where there are several. */
  #memory() {
    return Math.max(...this.pids.map(residentBytes));
  }

  async #readings() {
    return {
      cpu: sum(this.pids.map(cpuSeconds)),
      others: mapped(this.others, (pid) => (pid ? cpuSeconds(pid) : NaN)),
      all: processors(),
      memory: this.#memory(),
      counters: await databaseCounters(this.connection),
    };
  }
}
