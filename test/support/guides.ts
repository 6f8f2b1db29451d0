import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const GUIDE_LANGUAGES = ['en', 'ko'] as const;
export type GuideLanguage = (typeof GUIDE_LANGUAGES)[number];

export interface Block {
  /** Shell commands as a reader copies them. */
  readonly commands: string;
  /** Lines of the output that the guide shows, in order; `…` stands for anything. */
  readonly shown: readonly string[];
}

const folderOf = (language: GuideLanguage) => join(__dirname, '../../docs/guides', language);

export const guideText = (language: GuideLanguage, name: string) =>
  readFileSync(join(folderOf(language), `${name}.md`), 'utf8');

/** The guides in the order of the list that leads to them. */
export function guideNames(language: GuideLanguage): string[] {
  return [...guideText(language, 'README').matchAll(/^- \[[^\]]+\]\(([\w-]+)\.md\)$/gm)].map(
    ([, name = '']) => name,
  );
}

/** What a guide tells to run: its `sh` blocks, each with the `text` block that follows it. */
export function guideBlocks(language: GuideLanguage, name: string): Block[] {
  const fences = [...guideText(language, name).matchAll(/^```(sh|text)\n(.*?)^```$/gms)];
  return fences.flatMap(([, kind, commands = ''], at) => {
    if (kind !== 'sh') return [];
    const [, next, text = ''] = fences[at + 1] ?? [];
    return [{ commands, shown: next === 'text' ? text.trimEnd().split('\n') : [] }];
  });
}

/** The lines that the output does not show, each sought after the one before it. */
export function notShown(shown: readonly string[], output: string): string[] {
  let rest = output;
  return shown.filter((line) => {
    const parts = line.trim().split('…');
    const pattern = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*');
    const found = new RegExp(pattern).exec(rest);
    if (found !== null) rest = rest.slice(found.index + found[0].length);
    return found === null;
  });
}
