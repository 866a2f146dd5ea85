import { afterEach, expect, it } from 'vitest';
import { Agent } from './agents/agent.ts';
import { ScriptedModel } from './llm/scripted-model.ts';
import { SmallTalk } from './small-talk.ts';
import type { SmallTalkOptions } from './small-talk-options.ts';
import { ScriptedAgent } from './test-agents.ts';
import { makeScratchFolder } from './test-scratch.ts';
import { ModelError } from './types/model-error.ts';

const running: SmallTalk[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((talk) => talk.stop()));
});

async function open(options: SmallTalkOptions = {}) {
  const talk = new SmallTalk({
    languageModel: new ScriptedModel(() => 'Ok'),
    environment: {},
    log: { write: () => undefined },
    agents: [new ScriptedAgent('Host')],
    ...options,
  });
  running.push(talk);
  await talk.start();
  return talk;
}

it('a session goes from one host to another as text, once, and can be read by people', async () => {
  const [here, there] = [await open(), await open()];
  const { sessionId } = await here.chat('Hello');
  const json = await here.exportSession(sessionId);
  expect(await there.importSession(json)).toBe(sessionId);
  expect(await there.exportSession(sessionId)).toBe(json);
  await expect(there.importSession(json)).rejects.toThrow('is stored in version');
  expect(await here.exportSession(sessionId, 'text')).toMatch(/Z\] user: Hello\n.*Z\] Host: Host: Hello$/);
  await expect(here.exportSession(crypto.randomUUID())).rejects.toThrow('does not exist');
});

it('a backup brings back what was lost, and leaves what is there', async () => {
  const { folder, remove } = makeScratchFolder();
  const talk = await open();
  const [one, two] = [await talk.chat('One'), await talk.chat('Two')];
  expect(await talk.backup(folder)).toMatchObject({ sessions: 2 });
  await talk.deleteSession(one.sessionId);
  await talk.chat('Three', { sessionId: two.sessionId });
  expect(await talk.restore(folder)).toMatchObject({ sessions: 1 });
  const said = await Promise.all([one, two].map(({ sessionId }) => talk.exportSession(sessionId, 'text')));
  expect(said.map((text) => text.split('\n').length)).toEqual([2, 4]);
  remove();
});

it('decisions are exported as JSON, as a table and as a text', async () => {
  const talk = await open();
  await talk.chat('Hello');
  expect(JSON.parse(talk.exportLogs())).toMatchObject([{ agentName: 'Host', message: 'Hello' }]);
  expect(talk.exportLogs('csv').split('\n')[0]).toContain('"agentName"'.replaceAll('"', ''));
  expect(talk.exportLogs('txt')).toContain('Host by default');
});

it('an agent is looked through without asking a model', async () => {
  const mute = new ScriptedAgent('Mute');
  mute.life = 'dead';
  const lacking = new Agent({ name: 'Lacking', tools: ['none'], mcpServers: ['nowhere'] });
  const talk = await open({ agents: [new ScriptedAgent('Host'), mute, lacking] });
  expect(await talk.validateAgent('Host')).toEqual([]);
  expect(await talk.validateAgent('Mute')).toEqual(['Mute does not answer a ping']);
  const [tool, server] = await talk.validateAgent('Lacking');
  expect([tool, server?.startsWith('The MCP server nowhere')]).toEqual(['There is no tool none', true]);
  await expect(talk.validateAgent('Nobody')).rejects.toThrow('does not exist');
});

it('the connection to a model is tried, and what is wrong with it is said', async () => {
  expect(await (await open()).testConnection()).toMatchObject({ kind: 'answered' });
  const locked = new ScriptedModel(() => new ModelError('authentication', 'No key'));
  const talk = await open({ languageModel: locked });
  expect(await talk.testConnection()).toEqual({
    kind: 'failed',
    category: 'authentication',
    reason: 'No key',
  });
});

it('middleware changes messages and answers, in its order, or answers itself', async () => {
  const talk = await open();
  talk
    .use(async function* (asked, next) {
      for await (const part of next({ ...asked, message: asked.message.toUpperCase() }))
        yield part.type === 'reply' ? { ...part, reply: { ...part.reply, content: '<hidden>' } } : part;
    })
    .use((asked, next) => next({ ...asked, message: `${asked.message}!` }));
  const { content, sessionId } = await talk.chat('hello');
  expect(content).toBe('<hidden>');
  expect(await talk.exportSession(sessionId, 'text')).toContain('user: HELLO!');
});

it('a plugin adds what it brings, once', async () => {
  const talk = await open();
  const plugin = {
    name: 'guests',
    install: (host: SmallTalk) => void host.addAgent(new ScriptedAgent('Guest')),
  };
  await talk.plugin(plugin);
  expect(talk.listAgents()).toContain('Guest');
  await expect(talk.plugin(plugin)).rejects.toThrow('There is a plugin guests already');
});

it('what sessions and agents take is told as far as it can be told apart', async () => {
  const { folder, remove } = makeScratchFolder();
  const apart = Object.assign(new ScriptedAgent('Apart'), { measureUsage: () => ({ cpuMs: 12 }) });
  const talk = await open({ history: { location: folder }, agents: [new ScriptedAgent('Host'), apart] });
  const { sessionId } = await talk.chat('x'.repeat(10_000), { agentName: 'Host' });
  const { process: whole, sessions, agents } = await talk.measureUsage();
  const [session] = sessions;
  expect(session?.sessionId).toBe(sessionId);
  expect(session?.memoryBytes).toBeGreaterThan(20_000);
  expect(session?.diskBytes).toBeGreaterThan(20_000);
  expect(agents).toMatchObject([
    { agentName: 'Host', requests: 1 },
    { agentName: 'Apart', requests: 0, busyMs: 0, own: { cpuMs: 12 } },
  ]);
  expect(Math.min(whole.cpuMs, whole.memoryBytes)).toBeGreaterThan(0);
  expect(talk.renderMetrics()).toContain('agent_response_seconds_count{agent_id="Host"} 1');
  remove();
});
