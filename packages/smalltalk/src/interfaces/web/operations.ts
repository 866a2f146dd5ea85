import { NotFoundError } from '../../types/errors.ts';
import type { ConversationHost } from '../../types/conversation-interface.ts';
import { chooseAgent } from '../choose-agent.ts';
import { converse, converseWhole } from '../converse.ts';
import { PrometheusMetrics } from '../../observability/prometheus-metrics.ts';
import { viewSession } from '../view-session.ts';
import { type Answer, type Operation, withBody } from './operation.ts';
import { WebRefusal } from './web-refusal.ts';
import {
  AgentChoice,
  AgentsAnswer,
  ChatAnswer,
  ChatRequest,
  HealthAnswer,
  ReadinessAnswer,
  ServerStatus,
  SessionAnswer,
  SessionBegun,
  SessionRequest,
} from './web-schemas.ts';

const NO_SESSION = { 404: 'There is no such session' };
const BUSY = { 503: 'No more sessions may be active, or the server is stopping; see Retry-After' };

const chat = withBody({
  id: 'chat',
  method: 'POST',
  path: '/api/chat',
  summary: 'Says something. With "Accept: text/event-stream" the answer comes as it is spoken.',
  body: ChatRequest,
  status: 200,
  answer: ChatAnswer,
  isStreamed: true,
  failures: { 400: 'The message is not one', ...NO_SESSION, 410: 'The session takes no messages', ...BUSY },
  carryOut: async ({ host, body, wantsStream, traceparent }) =>
    wantsStream
      ? { kind: 'spoken', spoken: converse(host, { ...body, traceparent }) }
      : value({ ...(await converseWhole(host, { ...body, traceparent })), timestamp: now() }),
});

const beginSession = withBody({
  id: 'beginSession',
  method: 'POST',
  path: '/api/sessions',
  summary: 'Begins a session.',
  body: SessionRequest,
  status: 201,
  answer: SessionBegun,
  failures: { 400: 'What was sent is not a session', ...BUSY },
  carryOut: async ({ host, body: { userId } }) => {
    const sessionId = await host.createSession(userId === undefined ? {} : { metadata: { userId } });
    return value({ sessionId }, 201);
  },
});

const readSession: Operation = {
  id: 'readSession',
  method: 'GET',
  path: '/api/sessions/{sessionId}',
  summary: 'What was said in a session. Whoever knows its id may read it.',
  status: 200,
  answer: SessionAnswer,
  failures: NO_SESSION,
  carryOut: async ({ host, sessionId }) => value(await viewSession(host, sessionId)),
};

const deleteSession: Operation = {
  id: 'deleteSession',
  method: 'DELETE',
  path: '/api/sessions/{sessionId}',
  summary: 'Deletes a session with all that was said in it.',
  status: 204,
  failures: NO_SESSION,
  carryOut: async ({ host, sessionId }) => {
    if (!(await host.deleteSession(sessionId))) throw new NotFoundError('Session', sessionId);
    return { kind: 'nothing', status: 204 };
  },
};

const switchAgent = withBody({
  id: 'switchAgent',
  method: 'PUT',
  path: '/api/sessions/{sessionId}/agent',
  summary: 'Lets one agent answer everything in a session, until another choice.',
  body: AgentChoice,
  status: 200,
  answer: AgentChoice,
  failures: { 400: 'What was sent is not a choice', 404: 'There is no such session, or no such agent' },
  carryOut: async ({ host, sessionId, body }) => {
    await chooseAgent(host, sessionId, body.agentName);
    return value(body);
  },
});

const listAgents: Operation = {
  id: 'listAgents',
  method: 'GET',
  path: '/api/agents',
  summary: 'Who can answer.',
  status: 200,
  answer: AgentsAnswer,
  failures: {},
  carryOut: async ({ host }) => value({ agents: viewAgents(host) }),
};

const status: Operation = {
  id: 'status',
  method: 'GET',
  path: '/api/status',
  summary: 'What this server is.',
  status: 200,
  answer: ServerStatus,
  failures: {},
  carryOut: async ({ describeServer }) => value(describeServer()),
};

const health: Operation = {
  id: 'health',
  method: 'GET',
  path: '/health',
  summary: 'How well the host does. An unhealthy one answers 503 with the same body.',
  status: 200,
  answer: HealthAnswer,
  failures: {},
  carryOut: async ({ host }) => {
    const found = await host.checkHealth();
    return value(found, found.status === 'unhealthy' ? 503 : 200);
  },
};

const ready: Operation = {
  id: 'ready',
  method: 'GET',
  path: '/ready',
  summary: 'Whether messages may be sent. A host that is not ready answers 503 with the same body.',
  status: 200,
  answer: ReadinessAnswer,
  failures: {},
  carryOut: async ({ host }) => {
    const found = await host.checkReadiness();
    return value(found, found.ready ? 200 : 503);
  },
};

const metrics: Operation = {
  id: 'metrics',
  method: 'GET',
  path: '/metrics',
  summary: 'What was measured, for Prometheus.',
  status: 200,
  textType: PrometheusMetrics.contentType,
  failures: { 404: 'The metrics of this host go elsewhere' },
  carryOut: async ({ host }) => {
    const text = host.renderMetrics();
    if (text === undefined) throw new WebRefusal(404, 'The metrics of this host go elsewhere');
    return { kind: 'text', type: PrometheusMetrics.contentType, text };
  },
};

/** What can be asked by those who watch over a host: on a port of its own nobody can talk there. */
export const WATCHING: readonly Operation[] = [health, ready, metrics];

/** Everything that can be asked over HTTP. There is no list of sessions: an id is known to whom it was given. */
export const OPERATIONS: readonly Operation[] = [
  chat,
  beginSession,
  readSession,
  deleteSession,
  switchAgent,
  listAgents,
  status,
  ...WATCHING,
];

function viewAgents(host: ConversationHost) {
  return host.getAgents().map(({ name, capabilities: { expertise, complexity } }) => ({
    id: name,
    name,
    expertise: [...expertise],
    complexity,
  }));
}

function value(given: unknown, status = 200): Answer {
  return { kind: 'value', status, value: given };
}

function now(): string {
  return new Date().toISOString();
}
