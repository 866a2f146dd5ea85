import { z } from 'zod';

const text = (description: string) => z.string().describe(description);

/** Something is said. */
export const ChatRequest = z.strictObject({
  message: z.string({ error: 'Message is required' }).min(1, 'Message is required').max(200_000),
  sessionId: z.uuid().optional().describe('The session to go on with; a new one where absent'),
  userId: z.string().min(1).max(200).optional(),
  agentName: z.string().min(1).max(200).optional().describe('Who is to answer this one message'),
});

/** The whole answer. */
export const ChatAnswer = z.strictObject({
  response: z.string(),
  agentName: z.string(),
  sessionId: z.uuid(),
  correlationId: z.uuid(),
  degraded: text('Why this is less than a full answer; absent where it is one').optional(),
  timestamp: z.iso.datetime(),
});

/** A session begins. */
export const SessionRequest = z.strictObject({ userId: z.string().min(1).max(200).optional() });

/** The session that began. */
export const SessionBegun = z.strictObject({ sessionId: z.uuid() });

/** What was said in a session. */
export const SessionAnswer = z.strictObject({
  sessionId: z.uuid(),
  state: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  chosenAgent: z.string().nullable().describe('Who answers everything, where a person has chosen'),
  messages: z.array(
    z.strictObject({
      id: z.string(),
      role: z.enum(['user', 'agent', 'system']),
      content: z.string(),
      timestamp: z.iso.datetime(),
      agentName: z.string().optional(),
    }),
  ),
});

/** Who is to answer from now on. */
export const AgentChoice = z.strictObject({
  agentName: z.string().min(1).max(200).nullable().describe('null lets the router choose again'),
});

/** Who can answer. */
export const AgentsAnswer = z.strictObject({
  agents: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      expertise: z.array(z.string()),
      complexity: z.string(),
    }),
  ),
});

/** What a server is. */
export const ServerStatus = z.strictObject({
  status: z.enum(['running', 'stopping']),
  interface: z.string(),
  title: z.string(),
  description: z.string(),
  version: z.string(),
  connectedClients: z.int().describe('On WebSockets'),
  timestamp: z.iso.datetime(),
});
/** What a server is. */
export type ServerStatus = z.infer<typeof ServerStatus>;

/** How well the host does. */
export const HealthAnswer = z.strictObject({
  status: z.enum(['healthy', 'degraded', 'unhealthy']),
  uptime_seconds: z.number(),
  active_sessions: z.int(),
  failed_agents: z.int(),
  version: z.string(),
  timestamp: z.iso.datetime(),
});

const part = z.enum(['ok', 'initializing', 'failed']);

/** Whether messages may be sent. */
export const ReadinessAnswer = z.strictObject({
  ready: z.boolean(),
  checks: z.strictObject({ storage: part, event_bus: part }),
});

/** Why something could not be done. */
export const FailureAnswer = z.strictObject({ error: z.string() });

const messageId = z.string().min(1).max(100).describe('Chosen by the client; every answer to it carries it');

/** What a client may send over a WebSocket. */
export const ClientEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('chat_message'), messageId, ...ChatRequest.shape }),
  z.strictObject({ type: z.literal('cancel_message'), messageId }),
  z.strictObject({
    type: z.literal('agent_switch'),
    messageId,
    sessionId: z.uuid(),
    ...AgentChoice.shape,
  }),
]);
/** What a client may send over a WebSocket. */
export type ClientEvent = z.infer<typeof ClientEvent>;

/** What a server sends over a WebSocket. */
export const ServerEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('welcome'), version: z.string(), agents: z.array(z.string()) }),
  z.strictObject({ type: z.literal('streaming_response'), messageId, chunk: z.string() }),
  z.strictObject({ type: z.literal('message_response'), messageId, ...ChatAnswer.shape }),
  z.strictObject({
    type: z.literal('agent_switched'),
    messageId,
    sessionId: z.uuid(),
    agentName: z.string().nullable(),
  }),
  z.strictObject({
    type: z.literal('error'),
    messageId: messageId.optional(),
    status: z.int(),
    error: z.string(),
  }),
]);
/** What a server sends over a WebSocket. */
export type ServerEvent = z.infer<typeof ServerEvent>;
