import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { Agent } from './agents/agent.ts';
import { ScriptedModel } from './llm/scripted-model.ts';
import { SmallTalk } from './small-talk.ts';
import { makeScratchFolder } from './test-scratch.ts';

it('goes on after its process was killed in the middle of an answer: every message is there', async () => {
  const { folder, remove } = makeScratchFolder();
  const program = fileURLToPath(new URL('./test-talk-until-killed.ts', import.meta.url));
  const child = spawn(process.execPath, [program, folder], {
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 30_000,
  });
  const ended = once(child, 'exit');
  let sessionId = '';
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'stuck') child.kill('SIGKILL');
    else sessionId = line;
  }
  await ended;

  const model = new ScriptedModel(['The Seine.']);
  const talk = new SmallTalk({
    languageModel: model,
    environment: {},
    history: { location: folder },
    log: { write: () => undefined },
  });
  talk.addAgent(new Agent({ name: 'Guide' }));
  await talk.start();
  const reply = await talk.sendMessage(sessionId, 'Are you there?');
  const session = await talk.restoreSession(sessionId);
  await talk.stop();
  remove();

  expect(reply.content).toBe('The Seine.');
  expect(model.requests[0]?.messages.map(({ content }) => content).slice(1)).toEqual([
    'Capital of France?',
    'Paris.',
    'Its river?',
    'Are you there?',
  ]);
  expect([session?.metadata.userId, session?.agentIds]).toEqual(['ada', ['Guide']]);
});
