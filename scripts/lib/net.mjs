import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export function portIsFree(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** The first free TCP port of 127.0.0.1 from `from` upwards. */
export async function freePort(from = 13_307) {
  for (let port = from; port < from + 500; port += 1) {
    if (await portIsFree(port)) return port;
  }
  throw new Error(`no free port between ${from} and ${from + 499}`);
}

/** Whether a TCP server answers in time; with `greeting`, it must also speak first, as MariaDB does. */
export function answers({ host = '127.0.0.1', port, timeoutMs = 1_000, greeting = false }) {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const finish = (result) => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(timeoutMs, () => finish(false));
    socket.once('error', () => finish(false));
    socket.once('close', () => finish(false));
    if (greeting) socket.once('data', () => finish(true));
    else socket.once('connect', () => finish(true));
  });
}

/** Asks an HTTP address once: its status, or 0 when there was no answer. */
export async function httpStatus(url, timeoutMs = 1_000) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}

/** Polls until `check` holds; false when the time is over or `giveUp` says that waiting is useless. */
export async function until(check, { timeoutMs, everyMs = 50, giveUp = () => false }) {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    if (giveUp()) return false;
    if (await check()) return true;
    await sleep(everyMs);
  }
  return false;
}
