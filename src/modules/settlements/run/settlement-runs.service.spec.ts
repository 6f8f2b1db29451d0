import { Clock } from '../../../common/time/clock';
import type { RunState } from './settlement-run.repository';
import { SettlementRuns } from './settlement-runs.service';

const WANTED = '2026-03-12';
const stateOf = (capturedDay: string, status: RunState['status']): RunState => ({
  ...{ runId: `run_${capturedDay}`, capturedDay, status, lineCount: null, settlementCount: null },
  ...{ requestedBy: 'test', startedAt: new Date(0), finishedAt: null, waitingCount: 0, waiting: [] },
});

/** `latest` are the answers to what run is the latest, one after the other; the wanted day itself has no run yet. */
function runs({ latest, running }: { latest: RunState[]; running: Promise<RunState> }): SettlementRuns {
  const runner = {
    run: () => running,
    find: () => Promise.resolve(null),
    page: () => Promise.resolve(latest.length > 1 ? [latest.shift()] : latest),
  };
  const config = { settlement: { runWaitMs: 1 } };
  const nothing = { recordAlone: () => Promise.resolve(), failure: () => undefined };
  const given = [runner, nothing, new Clock(), nothing, config];
  return new SettlementRuns(...(given as unknown as ConstructorParameters<typeof SettlementRuns>));
}

it('answers a long run with that of the earlier day that is being settled', async () => {
  const latest = [stateOf('2026-03-09', 'DONE'), stateOf('2026-03-10', 'RUNNING')];
  const endless = new Promise<RunState>(() => undefined);
  await expect(runs({ latest, running: endless }).run(WANTED, 'test')).resolves.toMatchObject({
    ...{ capturedDay: '2026-03-10', status: 'RUNNING' },
  });
});

it('answers with the day itself once that is done', async () => {
  const running = new Promise<RunState>((resolve) => {
    setTimeout(() => resolve(stateOf(WANTED, 'DONE')), 30);
  });
  const latest = [stateOf('2026-03-09', 'DONE')];
  await expect(runs({ latest, running }).run(WANTED, 'test')).resolves.toMatchObject({
    ...{ capturedDay: WANTED, status: 'DONE' },
  });
});

it('tells what stopped it, also after it was waited for', async () => {
  const running = new Promise<RunState>((_resolve, reject) => {
    setTimeout(() => reject(new Error('stopped')), 30);
  });
  await expect(runs({ latest: [], running }).run(WANTED, 'test')).rejects.toThrow('stopped');
});
