import { Problem } from '../../scripts/lib/output.mjs';

async function ask(url, options) {
  const response = await fetch(url, options);
  if (!response.ok) throw new Problem(`The sandbox refused: ${response.status} ${await response.text()}`, '');
  return response.json();
}

/** Makes every call to Toss take this long. */
export const setLatency = (sandboxUrl, ms) =>
  ask(`${sandboxUrl}/__sandbox/latency`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ acquirer: 'toss', p50Ms: ms, p99Ms: ms }),
  });

/** How many movements of money the sandbox has in its books. */
export async function ledgerEntries(sandboxUrl) {
  const { acquirers } = await ask(`${sandboxUrl}/__sandbox/health`);
  return acquirers.find(({ acquirer }) => acquirer === 'toss').ledgerEntries;
}
