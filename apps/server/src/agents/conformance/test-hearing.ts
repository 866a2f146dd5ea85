import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Answer } from '../agent-adapter.ts';
import { type Bench, readText } from '../test-bench.ts';
import type { Behaviour } from './test-behaviour.ts';
import { makeToolServer, writePicture } from './test-material.ts';

/** What an agent can be told and given, before its turn and within it. */
export const hearing: readonly Behaviour[] = [
  {
    id: 'steer',
    says: 'takes more to do while it works',
    depth: 'usual',
    isOffered: ({ steer }) => steer,
    async prove(bench) {
      const run = bench.start('[[sh until test -e go; do sleep 0.05; done]][[say done]]');
      await run.saw((event) => event.type === 'tool' && event.phase === 'started');
      const steered = await run.handle.steer([
        { type: 'text', text: '[[write path=steered.txt content="yes\\n"]]' },
      ]);
      await writeFile(join(bench.cwd, 'go'), '');
      const { outcome } = await run.end();

      expect(steered).toBe('steered');
      expect(outcome.kind).toBe('completed');
      expect(await bench.read('steered.txt')).toBe('yes\n');
    },
  },
  {
    id: 'approval-allowed',
    says: 'asks before it leaves its worktree, and heeds allow',
    depth: 'usual',
    isOffered: ({ approvals }) => approvals,
    prove: (bench) => proveLeave(bench, 'allow'),
  },
  {
    id: 'approval-denied',
    says: 'asks before it leaves its worktree, and heeds deny',
    depth: 'brief',
    isOffered: ({ approvals }) => approvals,
    prove: (bench) => proveLeave(bench, 'deny'),
  },
  {
    id: 'images',
    says: 'shows its model a picture',
    depth: 'whole',
    isOffered: ({ images }) => images,
    async prove(bench) {
      const picture = await writePicture(bench.cwd);
      const { outcome } = await bench.play('[[say seen]]', { images: [picture.path] });
      expect(outcome).toMatchObject({ kind: 'completed', text: 'seen' });
      expect(JSON.stringify(bench.rig.requests?.())).toContain(picture.beginning);
    },
  },
  {
    id: 'mcp',
    says: 'uses a tool of a server that it is given',
    depth: 'whole',
    isOffered: ({ mcp }) => mcp,
    async prove(bench) {
      const server = await makeToolServer(bench.root);
      const { outcome } = await bench.play('[[call echo {"text":"ping"}]][[say used]]', {
        spec: { ...bench.rig.withServers, mcp: [server.spec] },
        agrees: true,
      });
      expect(outcome.kind).toBe('completed');
      expect(await readText(server.heard)).toBe('ping');
      expect(JSON.stringify(bench.rig.requests?.())).toContain('echoed ping');
    },
  },
];

async function proveLeave(bench: Bench, decision: Answer['decision']): Promise<void> {
  const { escalate } = bench.rig;
  if (escalate === undefined) throw new Error('Nobody has said how it is made to ask for leave');
  // Its own home: outside of what the agent holds itself to, and inside of what we hold it to.
  const outside = join(bench.root, 'state', 'home', 'outside.txt');
  const run = bench.start(escalate(`touch ${outside}`), { spec: bench.rig.careful ?? {} });
  const asked = await run.saw((event) => event.type === 'approval');
  if (asked.type !== 'approval') throw new Error('unreachable');
  expect(await readText(outside)).toBeNull();
  await run.handle.answer(asked.requestId, { decision });
  const { outcome } = await run.end();

  expect(asked).toMatchObject({ kind: 'command', title: `touch ${outside}` });
  expect(outcome.kind).toBe('completed');
  expect(await readText(outside)).toBe(decision === 'allow' ? '' : null);
}
