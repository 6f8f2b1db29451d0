import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromRoot } from './paths.mjs';

export const RELEASED = 'docs/released/migrations.json';
export const DRILLED = 'docs/operations/versions-drill.json';

/** The migrations of a folder: {name: SHA-256 of the file}, in their order. */
export function migrationsIn(folder = fromRoot('migrations')) {
  const names = readdirSync(folder).filter((name) => /^\d+-.*\.ts$/.test(name));
  return Object.fromEntries(names.sort().map((name) => [name, sha256(readFileSync(join(folder, name)))]));
}

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Those that no version which is out has run, in their order. */
export const unreleased = (released, present) => Object.keys(present).filter((name) => !(name in released));

/**
 * What is wrong with the migrations, as lines. A released one was run on databases that nobody sees, so it stays as it is. A
 * newer one comes after all of them, and a roll-out over it, as the file now is, was tried with the version before.
 * `drilled`: {name: {sha256, refused}} as `npm run drill:versions -- --save` writes it.
 */
export function migrationProblems({ released, present, drilled }) {
  const last = Object.keys(released).sort().at(-1) ?? '';
  const kept = Object.entries(released).flatMap(([name, hash]) => {
    if (!(name in present)) return [`${name} was released and is gone`];
    return present[name] === hash ? [] : [`${name} was released and is another file now`];
  });
  const newer = unreleased(released, present).flatMap((name) => {
    if (name < last) return [`${name} would run before ${last}, which was released`];
    const drill = drilled[name];
    if (drill === undefined) return [`no roll-out over ${name} was tried`];
    if (drill.sha256 !== present[name]) return [`${name} was changed after the roll-out over it`];
    return drill.refused === 0 ? [] : [`the roll-out over ${name} refused ${drill.refused} approvals`];
  });
  return [...kept, ...newer];
}
