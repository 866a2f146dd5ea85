import { connect as connectTcp } from 'node:net';
import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { Agent } from '../../agents/agent.ts';
import { ScriptedModel } from '../../llm/scripted-model.ts';
import { SmallTalk } from '../../small-talk.ts';
import { waitUntil } from '../../test-settle.ts';
import type { LogRecord } from '../../types/log-sink.ts';
import { ModelError } from '../../types/model-error.ts';
import { PrometheusMetrics } from '../../observability/prometheus-metrics.ts';
import { ScriptedAgent } from '../../test-agents.ts';
import { call, connect } from '../test-talkers.ts';
import { OPERATIONS } from './operations.ts';
import { WebInterface } from './web-interface.ts';
import type { WebOptions } from './web-options.ts';
import { FailureAnswer } from './web-schemas.ts';

const running: SmallTalk[] = [];
const quiet = { write: () => undefined };

afterEach(async () => {
  await Promise.all(running.splice(0).map((talk) => talk.stop()));
});

async function open(options: WebOptions = {}, maxConcurrentSessions = 100) {
  const log: LogRecord[] = [];
  const sink = { write: (record: LogRecord) => void log.push(record) };
  const talk = new SmallTalk({
    languageModel: new ScriptedModel(() => 'Hello there'),
    environment: {},
    log: { write: () => undefined },
    agents: [new Agent({ name: 'Writer', expertise: ['texts'] })],
    sessions: { maxConcurrentSessions },
  });
  running.push(talk);
  await talk.start();
  const web = new WebInterface({ port: 0, log: sink, ...options });
  await talk.addInterface(web);
  return { talk, web, address: web.address, log };
}

/** A request with any headers, which fetch does not allow. */
function ask(address: string, headers: Record<string, string>, path = '/api/agents'): Promise<number> {
  return new Promise((resolve, reject) => {
    request(`${address}${path}`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

describe('the OpenAPI document', () => {
  it('has every operation with the shapes by which the server answers', async () => {
    const { address } = await open();
    const { answer } = await call(`${address}/openapi.json`, { method: 'GET' });
    const paths = answer['paths'] as Record<string, Record<string, { operationId: string }>>;
    const described = Object.values(paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    expect(described.toSorted()).toEqual(OPERATIONS.map(({ id }) => id).toSorted());
    expect(paths['/api/chat']).toMatchObject({
      post: {
        requestBody: {
          content: { 'application/json': { schema: { required: ['message'], additionalProperties: false } } },
        },
      },
    });
  });

  it('tells the truth: what each operation answers has the shape that is described', async () => {
    const { address } = await open();
    const { answer: begun } = await call(`${address}/api/sessions`, { body: { userId: 'ada' } });
    const sessionId = String(begun['sessionId']);
    const bodies: Record<string, unknown> = {
      chat: { message: 'Hi', sessionId },
      beginSession: {},
      switchAgent: { agentName: 'Writer' },
    };
    const last = (id: string) => (id === 'deleteSession' ? 1 : 0);
    // Metrics are text, and have a test of their own.
    const inJson = OPERATIONS.filter(({ textType }) => textType === undefined);
    for (const { id, method, path, status, answer } of inJson.toSorted((a, b) => last(a.id) - last(b.id))) {
      const said = await call(`${address}${path.replace('{sessionId}', sessionId)}`, {
        method,
        body: bodies[id],
      });
      expect([id, said.status]).toEqual([id, status]);
      if (answer !== undefined) expect(answer.parse(said.answer)).toEqual(said.answer);
    }
  });
});

describe('what is wrong with a request', () => {
  it('is said with its status, and nothing of our own faults', async () => {
    const { address, talk } = await open();
    const chat = async (body: unknown) => {
      const { status, answer } = await call(`${address}/api/chat`, { body });
      return [status, FailureAnswer.parse(answer).error];
    };
    expect(await chat({})).toEqual([400, 'Message is required']);
    expect(await chat({ message: '' })).toEqual([400, 'Message is required']);
    expect((await chat({ message: 'Hi', mesage: 'x' }))[0]).toBe(400);
    expect((await chat({ message: 'Hi', sessionId: '../../etc/passwd' }))[0]).toBe(400);
    const { sessionId } = await talk.chat('Hi');
    await talk.sessions.invalidateSession(sessionId);
    expect(await chat({ message: 'Hi', sessionId })).toEqual([410, 'Session invalidated']);
    talk.removeAgent('Writer');
    expect(await chat({ message: 'Hi' })).toEqual([502, 'No agent could answer (not-configured)']);
  });

  it('is told apart: no such place, no such way, no JSON, too long', async () => {
    const { address } = await open({ maxBodyBytes: 1000 });
    const send = async (headers: Record<string, string>, body: string) =>
      (await fetch(`${address}/api/chat`, { method: 'POST', headers, body })).status;
    expect((await fetch(`${address}/nothing`)).status).toBe(404);
    expect((await fetch(`${address}/../package.json`)).status).toBe(404);
    expect((await fetch(`${address}/api/chat`)).status).toBe(405);
    expect(await send({ 'content-type': 'text/plain' }, '{"message":"Hi"}')).toBe(415);
    expect(await send({ 'content-type': 'application/json' }, '{"message"')).toBe(400);
    expect(
      await send({ 'content-type': 'application/json' }, JSON.stringify({ message: 'x'.repeat(1000) })),
    ).toBe(413);
  });

  it('is refused with Retry-After where no more sessions may be active', async () => {
    const { address } = await open({}, 1);
    await call(`${address}/api/chat`, { body: { message: 'Hi' } });
    const { status, response } = await call(`${address}/api/chat`, { body: { message: 'Another' } });
    expect([status, response.headers.get('retry-after')]).toEqual([503, '60']);
  });
});

describe('other sites and other machines', () => {
  it('are not answered: neither another name nor the page of another origin', async () => {
    const { address } = await open();
    const { host } = new URL(address);
    expect(await ask(address, { host })).toBe(200);
    expect(await ask(address, { host, origin: address })).toBe(200);
    expect(await ask(address, { host: 'evil.example' })).toBe(403);
    expect(await ask(address, { host, origin: 'https://evil.example' })).toBe(403);
    expect(await ask(address, { host, origin: 'null' })).toBe(403);
    expect(await ask(address, { host, 'sec-fetch-site': 'cross-site' })).toBe(403);
    const upgrade = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    };
    expect(await ask(address, { host, ...upgrade, origin: 'https://evil.example' }, '/api/socket')).toBe(403);
  });

  it('are answered where the owner says so, by name and never by a star', async () => {
    const { address } = await open({ allowedOrigins: ['https://shop.example'] });
    const allowed = async (origin: string) =>
      (await fetch(`${address}/api/agents`, { headers: { origin } })).headers.get(
        'access-control-allow-origin',
      );
    expect(await allowed('https://shop.example')).toBe('https://shop.example');
    expect(await allowed('https://evil.example')).toBeNull();
  });

  it('can’t reach it unless the owner opens it, who is then warned', async () => {
    const here = await open();
    expect(here.address).toMatch(/^http:\/\/127\.0\.0\.1:/);
    expect(here.log.filter(({ level }) => level === 'WARN')).toEqual([]);
    const exposed = await open({ host: '0.0.0.0' });
    expect(exposed.log.find(({ level }) => level === 'WARN')?.message).toContain('open to other machines');
  });
});

describe('the pages', () => {
  it('are sent with a policy that lets no script run but theirs', async () => {
    const { address } = await open({ ui: 'playground' });
    for (const path of ['/', '/icon.svg', '/chat.js', '/playground.js', '/smalltalk.css']) {
      const response = await fetch(`${address}${path}`);
      const body = await response.text();
      expect([path, response.status]).toEqual([path, 200]);
      expect(response.headers.get('content-security-policy')).toContain("script-src 'self'");
      // No HTML from text, no script or style in a page: the policy would stop them, and so would this.
      expect(body).not.toMatch(/innerHTML|insertAdjacentHTML|\beval\(|<script>| style=| on\w+=/);
    }
  });

  it('can be left out', async () => {
    const { address } = await open({ ui: 'none' });
    expect((await fetch(address)).status).toBe(404);
  });
});

describe('a WebSocket', () => {
  it('answers several messages at once, and says what is wrong with one', async () => {
    const { address } = await open({ maxMessagesPerSocket: 2 });
    const { socket, events, send } = await connect(address);
    for (const messageId of ['a', 'b', 'c']) send({ type: 'chat_message', messageId, message: 'Hi' });
    socket.send('not JSON');
    send({ type: 'unknown' });
    const ends = () => events.filter(({ type }) => type === 'message_response' || type === 'error');
    await waitUntil(() => ends().length === 5);
    expect(events[0]).toMatchObject({ type: 'welcome', agents: ['Writer'] });
    expect(ends().filter(({ type }) => type === 'message_response')).toHaveLength(2);
    expect(ends()).toContainEqual(expect.objectContaining({ messageId: 'c', status: 429 }));
    expect(ends()).toContainEqual({ type: 'error', status: 400, error: 'The message is not JSON' });
    socket.close();
  });

  it('calls an answer off that nobody wants any more', async () => {
    const { address, talk } = await open();
    const { socket, events, send } = await connect(address);
    const agent = new Agent({ name: 'Slow', model: 'slow' });
    talk.addAgent(agent);
    const asked = Promise.withResolvers<void>();
    const calledOff = Promise.withResolvers<void>();
    agent.streamResponse = async function* (_message, context) {
      asked.resolve();
      await new Promise<void>((resolve) => context?.signal?.addEventListener('abort', () => resolve()));
      calledOff.resolve();
      yield* [];
      throw new ModelError('aborted', 'The call was called off');
    };
    send({ type: 'chat_message', messageId: 'a', message: 'Hi', agentName: 'Slow' });
    await asked.promise;
    send({ type: 'cancel_message', messageId: 'a' });
    await calledOff.promise;
    await waitUntil(() => events.some(({ type }) => type === 'error'));
    expect(events.at(-1)).toMatchObject({ type: 'error', messageId: 'a', status: 502 });
    socket.close();
  });

  it('is one of so many and no more, and says goodbye when the server stops', async () => {
    const { address, talk } = await open({ maxSockets: 1 });
    const { socket } = await connect(address);
    await expect(connect(address)).rejects.toThrow('refused');
    const closed = new Promise<number>((resolve) =>
      socket.addEventListener('close', ({ code }) => resolve(code)),
    );
    await talk.stop();
    expect(await closed).toBe(1001);
  });
});

describe('health', () => {
  it('is what the host says of itself, and 503 from the moment it stops', async () => {
    const { address, talk } = await open();
    const health = await call(`${address}/health`, { method: 'GET' });
    expect([health.status, health.answer]).toMatchObject([
      200,
      { status: 'healthy', active_sessions: 0, failed_agents: 0 },
    ]);
    const ready = await call(`${address}/ready`, { method: 'GET' });
    expect([ready.status, ready.answer]).toEqual([
      200,
      { ready: true, checks: { storage: 'ok', event_bus: 'ok' } },
    ]);
    await talk.stop();
    expect(await talk.checkReadiness()).toEqual({
      ready: false,
      checks: { storage: 'failed', event_bus: 'failed' },
    });
    expect((await talk.checkHealth()).status).toBe('unhealthy');
  });

  it('is told while answers under way end: not ready, and no new message', async () => {
    const agent = new ScriptedAgent('Slow');
    const { promise: released, resolve: release } = Promise.withResolvers<string>();
    agent.answer = () => released;
    const { address, talk } = await open();
    talk.addAgent(agent);
    const said = call(`${address}/api/chat`, { body: { message: 'Hi', agentName: 'Slow' } });
    await waitUntil(() => agent.asked.length === 1);
    const stopping = talk.stop();
    const [ready, refused] = [
      await call(`${address}/ready`, { method: 'GET' }),
      await call(`${address}/api/chat`, { body: { message: 'Hi' } }),
    ];
    release('Done.');
    const [{ status, answer }] = [await said, await stopping];
    expect([ready.status, refused.status, status, answer['response']]).toEqual([503, 503, 200, 'Done.']);
  });

  it('and metrics have a port of their own where nobody can talk', async () => {
    const { talk, address } = await open();
    const watching = new WebInterface({ name: 'health', serves: 'watching', port: 0, log: quiet });
    await talk.addInterface(watching);
    await call(`${address}/api/chat`, { body: { message: 'Hi' } });
    const metrics = await fetch(`${watching.address}/metrics`);
    const text = await metrics.text();
    expect([metrics.status, metrics.headers.get('content-type')]).toEqual([
      200,
      PrometheusMetrics.contentType,
    ]);
    for (const name of [
      'session_count 1',
      'sessions_active 1',
      'storage_operations_duration_seconds_count',
      'error_rate 0',
    ])
      expect(text).toContain(name);
    for (const path of ['/', '/api/agents', '/api/chat'])
      expect((await fetch(`${watching.address}${path}`)).status).toBe(404);
  });
});

it('a stopped server has let go of its port, also of a client that says nothing', async () => {
  const { address, talk } = await open({ stopTimeoutMs: 100 });
  const { port, hostname } = new URL(address);
  const mute = connectTcp(Number(port), hostname);
  await new Promise((resolve) => mute.once('connect', resolve));
  mute.on('error', () => undefined);
  await talk.stop();
  mute.destroy();
  await expect(fetch(address)).rejects.toThrow();
});
