import { describe, expect, it } from 'vitest';
import { systemClock } from '../platform/clock.ts';
import { openAcpSession } from './acp/acp-session.ts';
import type { AgentEvent, AgentSession, SessionSpec } from './agent-adapter.ts';
import { openClaudeSession } from './claude/claude-session.ts';
import { openCodexSession } from './codex/codex-session.ts';
import { openLineSession } from './line-session.ts';
import { translateScripted } from './scripted/translate-scripted.ts';
import { type Answers, makePeer, type Peer } from './test-peer.ts';

const spec: SessionSpec = {
  ...{ cwd: '/w', stateDir: '/s', policy: 'workspace', approvals: 'on-request', mcp: [], env: {} },
  mark: 'm',
};
const clock = systemClock;

/** How one way of speaking greets, says a word, says what nobody knows, and ends its turn. */
interface Tongue {
  readonly answers: Answers;
  readonly open: (peer: Peer) => Promise<AgentSession>;
  readonly word: (text: string) => unknown;
  readonly novelty: (what: unknown) => unknown;
  readonly end: () => unknown;
}

const acp = (body: object) => ({ jsonrpc: '2.0', ...body });
const acpUpdate = (update: object) => acp({ method: 'session/update', params: { sessionId: 's', update } });
let prompted: unknown = null;

const TONGUES: Readonly<Record<string, Tongue>> = {
  codex: {
    answers: ({ id, method }) =>
      id === undefined
        ? []
        : [{ id, result: { userAgent: 'x', thread: { id: 's' }, turn: { id: String(method) } } }],
    open: ({ child }) => openCodexSession({ child, spec, clock }),
    word: (delta) => ({ method: 'item/agentMessage/delta', params: { threadId: 's', itemId: 'm', delta } }),
    novelty: (what) => ({ method: 'item/telepathy', params: { threadId: 's', what } }),
    end: () => ({
      method: 'turn/completed',
      params: { threadId: 's', turn: { id: 'u', status: 'completed', error: null } },
    }),
  },
  claude: {
    answers: ({ type, request_id }) =>
      type === 'control_request'
        ? [{ type: 'control_response', response: { subtype: 'success', request_id, response: {} } }]
        : [],
    open: ({ child }) => openClaudeSession({ child, spec, nativeId: 's', clock }),
    word: (text) => ({
      type: 'stream_event',
      event: { type: 'content_block_delta', index: 0, delta: { text } },
    }),
    novelty: (what) => ({ type: 'telepathy', what }),
    end: () => ({ type: 'result', subtype: 'success', is_error: false, result: 'done' }),
  },
  ACP: {
    answers({ id, method }) {
      if (method === 'session/prompt') prompted = id;
      if (method === 'session/prompt' || id === undefined) return [];
      return [acp({ id, result: { protocolVersion: 1, agentCapabilities: {}, sessionId: 's' } })];
    },
    open: ({ child }) => openAcpSession({ child, spec, clock, title: 'Peer', selfTalk: null }),
    word: (text) => acpUpdate({ sessionUpdate: 'agent_message_chunk', content: { type: 'text', text } }),
    novelty: (what) => acpUpdate({ sessionUpdate: 'telepathy', what }),
    end: () => acp({ id: prompted, result: { stopReason: 'end_turn' } }),
  },
  'an agent of our own': {
    answers: ({ hello }) => (hello === true ? [{ type: 'ready', session: 's' }] : []),
    open: ({ child }) =>
      openLineSession({
        ...{ child, nativeId: 's', clock, title: 'Peer', translate: translateScripted },
        opening: { hello: true },
      }),
    word: (delta) => ({ type: 'text', itemId: 'm', delta }),
    novelty: (what) => ({ type: 'telepathy', what }),
    end: () => ({ type: 'turn.end', outcome: 'completed', text: 'done' }),
  },
};

const line = (message: unknown) => `${JSON.stringify(message)}\n`;

/** Lets what was written be read and answered, through every stream on the way. */
async function settle(): Promise<void> {
  for (let turns = 0; turns < 20; turns += 1) await new Promise(setImmediate);
}

/** A turn in which something is said; the turn then ends well unless `act` ended it otherwise. */
async function turn({ answers, open, end }: Tongue, act: (peer: Peer) => void) {
  const peer = makePeer(answers);
  const session = await open(peer);
  const events: AgentEvent[] = [];
  const reading = (async () => {
    for await (const event of session.run({ input: [{ type: 'text', text: 'go' }] })) events.push(event);
  })();
  await settle();
  act(peer);
  await settle();
  peer.say(line(end()));
  await reading;
  await session.close();
  return { events, outcome: events.at(-1), unknown: events.filter(({ type }) => type === 'unknown') };
}

const DEEP = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
const wordsOf = (events: readonly AgentEvent[]) =>
  events.map((event) => (event.type === 'text' ? event.delta : '')).join('');

describe.each(Object.entries(TONGUES))('a stream of %s', (_name, tongue) => {
  it.each([
    ['lines that are no JSON', 'Segmentation fault\n{"type":\n}{\n', 3],
    ['JSON that is no message', 'null\n[]\n7\n"words"\n', 4],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x28, 0x0a]), 1],
    ['a line of zeros', `${'\0'.repeat(4096)}\n`, 1],
    ['a line of ten megabytes', `${'x'.repeat(10 * 1024 * 1024)}\n`, 1],
    ['an event that nobody knows', line(tongue.novelty({ secret: 'thought' })), 1],
  ])('goes on after %s, and keeps little of it', async (_what, bytes, count) => {
    const { outcome, unknown } = await turn(tongue, ({ say }) => say(bytes));
    expect(outcome).toMatchObject({ type: 'turn.end', outcome: 'completed' });
    expect(unknown).toHaveLength(count);
    for (const { raw } of unknown) expect(JSON.stringify(raw).length).toBeLessThan(15_000);
  });

  it('goes on after an event of a hundred thousand brackets', async () => {
    const told = JSON.stringify(tongue.novelty('DEEP')).replace('"DEEP"', DEEP);
    const { outcome } = await turn(tongue, ({ say }) => say(`${told}\n`));
    expect(outcome).toMatchObject({ type: 'turn.end', outcome: 'completed' });
  });

  it('tells words as they came, whatever a terminal or a page would make of them', async () => {
    const words = 'a\0b\ud800c \u001b[31mred\u001b]0;title\u0007\u001b]8;;http://x\u0007 <script>\u202e';
    const { events } = await turn(tongue, ({ say }) => say(line(tongue.word(words))));
    expect(wordsOf(events)).toBe(words);
  });

  it('that ends with code 0 in the middle of a turn is a crash, and no success', async () => {
    const { outcome } = await turn(tongue, ({ exit }) => exit({ code: 0, signal: null }));
    expect(outcome).toMatchObject({ type: 'turn.end', outcome: 'failed', error: { class: 'crash' } });
    expect(outcome).toMatchObject({ error: { message: expect.stringContaining('(code 0)') as string } });
  });

  it('that ends before it has greeted says so', async () => {
    const peer = makePeer(() => []);
    const opening = tongue.open(peer);
    peer.exit({ code: 0, signal: null });
    await expect(opening).rejects.toMatchObject({ error: { class: 'crash' } });
  });
});
