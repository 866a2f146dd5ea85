import { agent, type AgentContext, methods, ndJsonStream } from '@agentclientprotocol/sdk';
import { Readable, Writable } from 'node:stream';

/** An agent of few words for tests: its prompt is one of the names below. */
const DEEDS: Readonly<Record<string, (client: AgentContext, sessionId: string) => Promise<void>>> = {
  speak: (client, sessionId) => say(client, sessionId, 'hello'),
  hang: async (client, sessionId) => {
    await say(client, sessionId, 'well');
    await new Promise(() => undefined);
  },
  die: async (client, sessionId) => {
    await say(client, sessionId, 'well');
    process.kill(process.pid, 'SIGKILL');
    await new Promise(() => undefined);
  },
  flood: async (client, sessionId) => {
    for (let pieces = 0; pieces < 40; pieces += 1) await say(client, sessionId, 'x'.repeat(100_000));
  },
  babble: async (client, sessionId) => {
    const nonsense = ['not json', '[]', '{"jsonrpc":"2.0"}', '{"jsonrpc":"2.0","id":99,"result":{}}', 'null'];
    const broken = '{"jsonrpc":"2.0","method":"session/update","params":{"sessionId":7}}';
    process.stdout.write(`${[...nonsense, broken].join('\n')}\n`);
    await say(client, sessionId, 'sorry');
  },
  keys: (client, sessionId) => {
    const keys = Object.keys(process.env).filter((name) => /KEY|TOKEN/.test(name));
    return say(client, sessionId, keys.join(' '));
  },
  snoop: async (client, sessionId) => {
    const path = '/etc/hostname';
    const answer = await client.request(methods.client.fs.readTextFile, { sessionId, path }).then(
      () => 'read',
      () => 'refused',
    );
    await say(client, sessionId, answer);
  },
};

function say(client: AgentContext, sessionId: string, text: string): Promise<void> {
  const update = { sessionUpdate: 'agent_message_chunk' as const, content: { type: 'text' as const, text } };
  return client.notify(methods.client.session.update, { sessionId, update });
}

agent({ name: 'few-words' })
  .onRequest(methods.agent.initialize, () => ({ protocolVersion: 1, agentCapabilities: {} }))
  .onRequest(methods.agent.session.new, () => ({ sessionId: 's-1' }))
  .onRequest(methods.agent.session.prompt, async ({ params, client }) => {
    const [first] = params.prompt;
    const deed = first?.type === 'text' ? DEEDS[first.text] : undefined;
    await deed?.(client, params.sessionId);
    return { stopReason: 'end_turn' };
  })
  .connect(ndJsonStream(Writable.toWeb(process.stdout), Readable.toWeb(process.stdin)));
