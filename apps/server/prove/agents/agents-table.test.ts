import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { acpAgents } from '../../src/agents/acp/agents-table.ts';
import { claudeProgram } from '../../src/agents/claude/claude-program.ts';
import { codexProgram } from '../../src/agents/codex/codex-program.ts';
import { behaviours } from '../../src/agents/conformance/test-behaviours.ts';
import { makeRigs } from '../../src/agents/test-rigs.ts';
import { AgentsTable, countBroken, mergeRows, renderTable, type Row } from './agents-table.ts';

const columns = [
  { id: 'edit', says: 'edits' },
  { id: 'plan', says: 'plans' },
];
const row = (agent: string, plan: Row['cells'][string]): Row => ({
  agent,
  title: agent.toUpperCase(),
  version: '1.0.0',
  cells: { edit: { result: 'yes' }, plan },
});

describe('the table of agents', () => {
  it('has a column for each agent, and says why where something is not so', () => {
    const rows = [
      row('a', { result: 'yes' }),
      row('b', { result: 'not offered' }),
      row('c', { result: 'no', why: 'x' }),
    ];
    expect(renderTable(rows, columns).split('\n')).toEqual([
      '| It … | A 1.0.0 | B 1.0.0 | C 1.0.0 |',
      '| --- | --- | --- | --- |',
      '| edits | yes | yes | yes |',
      '| plans | yes | not offered | no |',
      '',
      '- B, plans: it keeps no plan that could be shown',
      '- C, plans: x',
    ]);
  });

  it('keeps who was not tried this time, and counts what was claimed and is not so', () => {
    const kept = [row('a', { result: 'no', why: 'x' }), row('c', { result: 'yes' })];
    const rows = mergeRows(kept, [row('a', { result: 'yes' })], ['c', 'b', 'a']);
    expect(rows.map(({ agent, cells }) => [agent, cells['plan']?.result])).toEqual([
      ['c', 'yes'],
      ['a', 'yes'],
    ]);
    expect([countBroken(kept), countBroken(rows)]).toEqual([1, 0]);
  });
});

describe('the table that is kept', async () => {
  const folder = join(import.meta.dirname, '../../../../docs/agents');
  const rows = AgentsTable.parse(JSON.parse(await readFile(join(folder, 'table.json'), 'utf8')));

  it('has every agent that is listed, in the version that is installed, with every behaviour', () => {
    expect(rows.map(({ agent }) => agent).toSorted()).toEqual(Object.keys(makeRigs({}, {})).toSorted());
    for (const { id, version } of [codexProgram, claudeProgram, ...acpAgents])
      expect(rows.find(({ agent }) => agent === id)).toMatchObject({ version });
    for (const { cells } of rows) expect(Object.keys(cells)).toEqual(behaviours.map(({ id }) => id));
  });

  it('holds no claim that is not kept, and is what people read', async () => {
    expect(countBroken(rows)).toBe(0);
    expect(await readFile(join(folder, 'table.md'), 'utf8')).toContain(renderTable(rows, behaviours));
  });
});
