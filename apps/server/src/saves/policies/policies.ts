import type { ConflictPolicy, ProjectConfig } from '@thalogos/contracts';
import picomatch from 'picomatch';
import type { ConflictedFile, Settle, Settlement } from '../settle.ts';
import { settleIdentical } from './identical.ts';
import { settleImports } from './imports.ts';
import { mergedMode } from './merged-mode.ts';
import { settleNonOverlapping } from './non-overlapping.ts';
import { type NamedRule, settleHunks } from './settle-hunks.ts';
import { settleSortedKeys } from './sorted-keys.ts';
import { settleUnion } from './union.ts';
import { settleWhitespace } from './whitespace.ts';

/** The rules that look at lines, in the order in which they are tried. */
const RULES: readonly NamedRule[] = [
  { name: 'identical', settle: settleIdentical },
  { name: 'whitespace', settle: settleWhitespace },
  { name: 'non-overlapping', settle: settleNonOverlapping },
  { name: 'union', settle: settleUnion },
  { name: 'imports', settle: settleImports },
  { name: 'sorted-keys', settle: settleSortedKeys },
];

/** Which rules are on, which files the union is for, and which are made by a command and never merged. */
export interface PolicySettings {
  readonly isOn: (policy: ConflictPolicy) => boolean;
  readonly union: readonly string[];
  readonly generated: ProjectConfig['generated'];
}

/** Settles text by the rules that are on: only with bytes of the three versions, so always in the same way. */
export function makeTextPolicies({ isOn, union, generated }: PolicySettings): Settle {
  const isUnion = matching(union);
  const isGenerated = matching(generated.flatMap(({ files }) => files));
  return async (file) => {
    if (isGenerated(file.path)) return null;
    const rules = RULES.filter(({ name }) => isOn(name) && (name !== 'union' || isUnion(file.path)));
    return settleText(file, rules);
  };
}

/** Whether a path is one of those that patterns name; never, without patterns. */
export function matching(patterns: readonly string[]): (path: string) => boolean {
  if (patterns.length === 0) return () => false;
  return picomatch([...patterns], { dot: true, nonegate: true, strictSlashes: true });
}

function settleText(file: ConflictedFile, rules: readonly NamedRule[]): Settlement | null {
  const { contents, kind, path } = file;
  const mode = mergedMode(file);
  if (contents?.ours == null || contents.theirs === null || mode === null) return null;
  if (kind !== 'text' && kind !== 'add-add') return null;
  if (contents.ours.equals(contents.theirs))
    return rules.some(({ name }) => name === 'identical')
      ? { content: contents.ours, mode, by: 'identical' }
      : null;
  const settled = settleHunks(rules, path, contents);
  return settled && { ...settled, mode };
}
