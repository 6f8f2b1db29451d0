import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from '../common/logging/logger';
import { Clock } from '../common/time/clock';
import { AppConfig } from '../config/app-config';
import { Readiness } from './readiness';

/** How often connections that have become idle are looked for while the rest of the requests end. */
const IDLE_LOOK_MS = 50;

/**
 * Ends the API on SIGTERM or SIGINT so that no caller notices. First it is not ready any more, and for
 * SHUTDOWN_DRAIN_MS it goes on serving: every balancer must have seen that it gives the next request to others. Answers
 * of that time close their connection. Only then it stops listening, and waits for what is under way.
 */
export function endOnSignal(app: NestFastifyApplication): void {
  let isEnding = false;
  const onSignal = () => {
    if (isEnding) return;
    isEnding = true;
    void end(app).then(
      (isClosed) => process.exit(isClosed ? 0 : 1),
      () => process.exit(1),
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, onSignal);
}

/** False when requests were still under way after the longest wait. */
async function end(app: NestFastifyApplication): Promise<boolean> {
  const clock = app.get(Clock);
  app.get(Readiness).end();
  const { shutdownDrainMs, longestRequestMs } = app.get(AppConfig);
  await clock.sleep(shutdownDrainMs);
  const server = app.getHttpServer();
  // A connection whose request was under way at the close becomes idle later, and would be kept for its whole time.
  const closing = setInterval(() => server.closeIdleConnections(), IDLE_LOOK_MS);
  const closed = app.close().then(() => true);
  const isClosed = await Promise.race([closed, clock.sleep(longestRequestMs).then(() => false)]);
  clearInterval(closing);
  if (!isClosed) app.get(Logger).warn('api.grace-over');
  return isClosed;
}
