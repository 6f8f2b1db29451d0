import { Clock } from '../../../common/time/clock';
import type { RunState } from './settlement-run.repository';
import { SettlementRuns } from './settlement-runs.service';

const WANTED = '2026-03-12';
const stateOf = (capturedDay: string, status: RunState['status']): RunState => ({
  ...{ runId: `run_${capturedDay}`, capturedDay, status, lineCount: null, settlementCount: null },
  ...{ requestedBy: 'test', startedAt: new Date(0), finishedAt: null, waitingCount: 0, waiting: [] },
});

/** `looks` are the runs that there are, one look after the other; the last of them holds from then on. */
function runs({ looks, running }: { looks: RunState[][]; running: Promise<RunState> }): SettlementRuns {
  const there = () => (looks.length > 1 ? looks.shift()! : looks[0]!);
  const runner = {
    run: () => running,
    find: () => Promise.resolve(null),
    page: (before: string | null, count: number) =>
      Promise.resolve(
        there()
          .filter(({ capturedDay }) => before === null || capturedDay < before)
          .sort((a, b) => (a.capturedDay < b.capturedDay ? 1 : -1))
          .slice(0, count),
      ),
  };
  const config = { settlement: { runWaitMs: 1 } };
  const nothing = { recordAlone: () => Promise.resolve(), failure: () => undefined };
  const given = [runner, nothing, new Clock(), nothing, config];
  return new SettlementRuns(...(given as unknown as ConstructorParameters<typeof SettlementRuns>));
}

it('answers a long run with that of the earlier day that is being settled', async () => {
  const looks = [[stateOf('2026-03-09', 'DONE')], [stateOf('2026-03-10', 'RUNNING')]];
  const endless = new Promise<RunState>(() => undefined);
  await expect(runs({ looks, running: endless }).run(WANTED, 'test')).resolves.toMatchObject({
    ...{ capturedDay: '2026-03-10', status: 'RUNNING' },
  });
});

it('answers with the day itself once that is done', async () => {
  const running = new Promise<RunState>((resolve) => {
    setTimeout(() => resolve(stateOf(WANTED, 'DONE')), 30);
  });
  const looks = [[stateOf('2026-03-09', 'DONE')]];
  await expect(runs({ looks, running }).run(WANTED, 'test')).resolves.toMatchObject({
    ...{ capturedDay: WANTED, status: 'DONE' },
  });
});

it('never answers with the run of a later day', async () => {
  const running = new Promise<RunState>((resolve) => {
    setTimeout(() => resolve(stateOf(WANTED, 'DONE')), 30);
  });
  const looks = [[stateOf('2026-03-10', 'DONE'), stateOf('2026-03-13', 'RUNNING')]];
  await expect(runs({ looks, running }).run(WANTED, 'test')).resolves.toMatchObject({
    ...{ capturedDay: WANTED, status: 'DONE' },
  });
});

it('tells what stopped it, also after it was waited for', async () => {
  const running = new Promise<RunState>((_resolve, reject) => {
    setTimeout(() => reject(new Error('stopped')), 30);
  });
  await expect(runs({ looks: [[]], running }).run(WANTED, 'test')).rejects.toThrow('stopped');
});
