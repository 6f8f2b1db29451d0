/* Runs the program that BENCH_PROGRAM names under the processor profiler and writes the profile when it is stopped. */
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { pathToFileURL } from 'node:url';

const { BENCH_PROGRAM, BENCH_PROFILE } = process.env;
const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.setSamplingInterval', { interval: 500 });
session.post('Profiler.start');
process.once('SIGTERM', () => {
  session.post('Profiler.stop', (error, { profile } = {}) => {
    if (!error) writeFileSync(BENCH_PROFILE, JSON.stringify(profile));
  });
});
await import(pathToFileURL(BENCH_PROGRAM));
