import { createRequire } from 'node:module';
import { randomBytes } from 'node:crypto';
import { Deployment } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { Job } from 'kubernetes-models/batch/v1';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { Service, ServiceAccount } from 'kubernetes-models/v1';
import { parseAllDocuments } from 'yaml';
import { Problem } from '../output.mjs';
import { fromRoot, ROOT } from '../paths.mjs';
import { run } from '../processes.mjs';

const CHART = 'deploy/helm/pg-gateway';
/** There is none for local, which is npm start. */
export const ENVIRONMENTS = ['dev', 'stg', 'cbo', 'prod'];
const RELEASE = 'check';
const VERSION = ['--set', 'image.tag=0.0.0'];
/** What an environment cannot do without, and all that it may have. */
const MODELS = {
  'apps/v1 Deployment': Deployment,
  'autoscaling/v2 HorizontalPodAutoscaler': HorizontalPodAutoscaler,
  'batch/v1 Job': Job,
  'networking.k8s.io/v1 NetworkPolicy': NetworkPolicy,
  'policy/v1 PodDisruptionBudget': PodDisruptionBudget,
  'v1 Service': Service,
  'v1 ServiceAccount': ServiceAccount,
};

/** What the chart has to refuse: each is how an installation goes wrong unseen. */
const REFUSED = {
  'no version': ['--set', 'image.tag='],
  'the newest image': ['--set', 'image.tag=latest'],
  'no secret': [...VERSION, '--set', 'existingSecret.app='],
  'a database anywhere': [...VERSION, '--set-json', 'network.databases=[]'],
  'a secret among the settings': [...VERSION, '--set', 'settings.ROOT_KEYS=v1'],
  'a drain shorter than the probes': [...VERSION, '--set', 'shutdown.drainMs=1000'],
  'an end within the drain and its requests': [...VERSION, '--set', 'shutdown.drainMs=20000'],
};

const require = createRequire(import.meta.url);

/** Lints the chart with the values of one environment and judges every object that it makes. */
export async function checkChart(helm, environment) {
  const values = [CHART, '--values', `${CHART}/values-${environment}.yaml`];
  const lint = await run(helm, ['lint', '--strict', ...values, ...VERSION], { cwd: ROOT });
  if (lint.code !== 0) throw new Problem(`helm lint refuses ${environment}.`, 'Mend the chart.', lint.output);
  const made = await run(helm, ['template', RELEASE, ...values, ...VERSION], { cwd: ROOT });
  if (made.code !== 0) throw new Problem(`helm template fails for ${environment}.`, 'Mend it.', made.output);
  const objects = parseAllDocuments(made.output)
    .map((document) => document.toJS())
    .filter(Boolean);
  const faults = [
    ...objects.flatMap(schemaFaults),
    ...kindFaults(objects, environment),
    ...objects.flatMap(podFaults),
    ...objects.filter(({ kind }) => kind === 'Deployment').flatMap(settingFaults),
  ];
  if (faults.length > 0)
    throw new Problem(`${environment}: ${faults.length} faults.`, 'Mend the chart.', faults.join('\n'));
  return objects.length;
}

/** Asks for what must not be installed; a Problem where the chart makes it. */
export async function checkRefusals(helm) {
  const values = ['template', RELEASE, CHART, '--values', `${CHART}/values-prod.yaml`];
  for (const [what, given] of Object.entries(REFUSED)) {
    const { code } = await run(helm, [...values, ...given], { cwd: ROOT });
    if (code === 0) throw new Problem(`The chart takes ${what}.`, 'Refuse it in values.schema.json.');
  }
  return Object.keys(REFUSED).length;
}

const nameOf = ({ apiVersion, kind }) => `${apiVersion} ${kind}`;

/** By the schemas of Kubernetes itself. Other kinds are refused: a Secret among them, since secrets come from outside. */
function schemaFaults(object) {
  const Model = MODELS[nameOf(object)];
  if (Model === undefined) return [`${nameOf(object)} is not to be made`];
  try {
    new Model(object).validate();
    return [];
  } catch (error) {
    return [`${nameOf(object)} ${object.metadata?.name}: ${error.message}`];
  }
}

function kindFaults(objects, environment) {
  const made = new Set(objects.map(nameOf));
  const wanted = Object.keys(MODELS).filter((name) => environment !== 'dev' || !/Autoscaler/.test(name));
  return wanted.filter((name) => !made.has(name)).map((name) => `there is no ${name}`);
}

function podFaults({ kind, metadata, spec }) {
  const pod = spec?.template?.spec;
  if (pod === undefined) return [];
  const [container] = pod.containers;
  const { securityContext: own = {} } = container;
  const lasting = kind === 'Deployment';
  const wanted = {
    'runs as root': pod.securityContext?.runAsNonRoot === true,
    'writes to its file system': own.readOnlyRootFilesystem === true,
    'may become more than it is': own.allowPrivilegeEscalation === false,
    'keeps capabilities': own.capabilities?.drop?.includes('ALL') === true,
    'has no seccomp profile': pod.securityContext?.seccompProfile?.type === 'RuntimeDefault',
    'has a token of the cluster': pod.automountServiceAccountToken === false,
    'has no bound of memory': container.resources?.limits?.memory !== undefined,
    'has no liveness probe': !lasting || container.livenessProbe !== undefined,
    'is ended before its requests are': !lasting || pod.terminationGracePeriodSeconds >= 55,
  };
  return Object.entries(wanted)
    .filter(([, holds]) => !holds)
    .map(([what]) => `${kind} ${metadata.name} ${what}`);
}

/** The gateway itself reads the settings, with secrets as they would come from outside. */
function settingFaults({ metadata, spec }) {
  const { env } = spec.template.spec.containers[0];
  const { loadConfig, ConfigError } = require(fromRoot('dist/src/config/app-config.js'));
  const random = (length) => randomBytes(length).toString('base64url');
  const secrets = {
    ROOT_KEYS: `v1:${randomBytes(32).toString('base64')}`,
    DATABASE_URL: `mysql://gateway_app:${random(24)}@db.example.com:3306/pg_gateway?tls=system`,
    FILES_S3_ACCESS_KEY_ID: random(16),
    FILES_S3_SECRET_ACCESS_KEY: random(24),
    SOLAPI_API_KEY: random(12),
    SOLAPI_API_SECRET: random(24),
    SMS_SENDER: '0215991234',
    SMTP_URL: `smtps://mailer:${random(16)}@smtp.example.com:465`,
  };
  const settings = Object.fromEntries(env.map(({ name, value }) => [name, value]));
  try {
    loadConfig({ ...secrets, ...settings });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return [`Deployment ${metadata.name}: ${error.message}`];
    throw error;
  }
}
