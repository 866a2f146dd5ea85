import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import type { AgentEventBody } from './agent-adapter.ts';

/**
 * Holds a translator to what it made of every recording of the real program; `npx vitest -u` takes a new meaning in,
 * for whoever has read the difference.
 */
export function describeTranscripts(
  folder: string,
  translate: (lines: readonly string[]) => readonly AgentEventBody[],
): void {
  const names = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  it.each(names)(`means the same events as ever: ${basename(folder)} %s`, async (name) => {
    const lines = readFileSync(join(folder, name), 'utf8').split('\n');
    const events = translate(lines.filter((line) => line !== ''));
    expect(events.filter(({ type }) => type === 'unknown')).toEqual([]);
    expect(events.filter(({ type }) => type === 'turn.end')).toHaveLength(1);
    const meaning = join(folder, name.replace('.jsonl', '.events.json'));
    await expect(`${JSON.stringify(events, null, 2)}\n`).toMatchFileSnapshot(meaning);
  });
}
