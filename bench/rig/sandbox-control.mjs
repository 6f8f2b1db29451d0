import { Problem } from '../../scripts/lib/output.mjs';

const JSON_BODY = { 'content-type': 'application/json' };

async function ask(url, options) {
  const response = await fetch(url, options);
  if (!response.ok) throw new Problem(`The sandbox refused: ${response.status} ${await response.text()}`, '');
  return response.json();
}

/** Makes every call to Toss take this long. */
export const setLatency = (sandboxUrl, ms) =>
  ask(`${sandboxUrl}/__sandbox/latency`, {
    method: 'PUT',
    headers: JSON_BODY,
    body: JSON.stringify({ acquirer: 'toss', p50Ms: ms, p99Ms: ms }),
  });

/** Makes every call to an acquirer end this way, until `clearFaults`. */
export const armFault = (sandboxUrl, acquirer, fault) =>
  ask(`${sandboxUrl}/__sandbox/faults`, {
    method: 'POST',
    headers: JSON_BODY,
    body: JSON.stringify({ acquirer, operation: '*', fault }),
  });

export const clearFaults = (sandboxUrl) => ask(`${sandboxUrl}/__sandbox/faults`, { method: 'DELETE' });

/** How many movements of money the sandbox has in its books. */
export async function ledgerEntries(sandboxUrl) {
  const { acquirers } = await ask(`${sandboxUrl}/__sandbox/health`);
  return acquirers.find(({ acquirer }) => acquirer === 'toss').ledgerEntries;
}
