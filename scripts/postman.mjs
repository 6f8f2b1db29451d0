import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { command } from './lib/command.mjs';
import { Problem, say } from './lib/output.mjs';
import { fromRoot } from './lib/paths.mjs';
import { postmanCollection } from './lib/postman/collection.mjs';
import { readText } from './lib/stamp.mjs';

const NAME = 'docs/postman/pg-gateway.postman_collection.json';

const help = `
Usage: npm run postman [-- --check]

Writes ${NAME}, what a merchant's system may call and flows that can be
run, anew from docs/openapi.json. Needs no database and no build.

  --check   writes nothing; exit code 1 when it is not what the document says
`;

await command({ help, options: { check: { type: 'boolean' } } }, ({ check }) => {
  const document = JSON.parse(readFileSync(fromRoot('docs/openapi.json'), 'utf8'));
  const text = `${JSON.stringify(postmanCollection(document), null, 2)}\n`;
  const stale = readText(fromRoot(NAME)) !== text;
  if (check && stale) throw new Problem(`Not what docs/openapi.json says: ${NAME}.`, 'Run npm run postman.');
  if (stale) {
    mkdirSync(fromRoot('docs/postman'), { recursive: true });
    writeFileSync(fromRoot(NAME), text);
  }
  say(stale ? `Wrote ${NAME}.` : `${NAME} is current.`);
});
