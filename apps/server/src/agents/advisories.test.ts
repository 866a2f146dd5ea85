import { expect, it } from 'vitest';
import { compareVersions } from '../platform/compare-versions.ts';
import { acpAgents } from './acp/agents-table.ts';
import { ADVISORIES, minimumOf } from './advisories.ts';
import { claudeProgram } from './claude/claude-program.ts';
import { codexProgram } from './codex/codex-program.ts';

it('names for every agent the oldest version that its adapter drives', () => {
  const driven = [codexProgram, claudeProgram, ...acpAgents].map(({ id, oldest }) => [id, oldest]);
  const named = Object.entries(ADVISORIES).map(([id, { minimum }]) => [id, minimum]);
  expect(named.toSorted()).toEqual(driven.toSorted());
});

it('drives no version with a weakness that it names', () => {
  for (const { minimum, mended } of Object.values(ADVISORIES))
    for (const weakness of mended) expect(compareVersions(minimum, weakness.in)).toBeGreaterThan(0);
});

it('says why none before it', () => {
  expect(minimumOf('gemini')?.why).toContain('GHSA-wpqr-6v78-jr5g');
  expect(minimumOf('scripted')).toBe(null);
});
