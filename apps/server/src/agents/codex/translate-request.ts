import { z } from 'zod';
import type { AgentEventBody, Answer } from '../agent-adapter.ts';
import type { NativeRequest } from './app-server-client.ts';
import { unwrapShell } from './translate-item.ts';

/** A question of codex in our words, with what an answer to it becomes in codex's. */
export interface PendingRequest {
  readonly event: AgentEventBody;
  readonly toResult: (answer: Answer) => unknown;
}

const Command = z.object({ itemId: z.string(), command: z.string().nullish(), reason: z.string().nullish() });
const Edit = z.object({ itemId: z.string(), reason: z.string().nullish(), grantRoot: z.string().nullish() });
const Elicitation = z.object({ serverName: z.string(), message: z.string().exactOptional() });
const Questions = z.object({
  questions: z.array(
    z.object({
      id: z.string(),
      question: z.string(),
      options: z.array(z.object({ label: z.string() })).nullable(),
    }),
  ),
});

const DECISIONS = {
  allow: 'accept',
  'allow-session': 'acceptForSession',
  deny: 'decline',
  abort: 'cancel',
} as const;
const toDecision = ({ decision }: Answer) => ({ decision: DECISIONS[decision] });

/** Reads a request of the app-server; null where we can't answer such a one. */
export function translateRequest({ id, method, params }: NativeRequest): PendingRequest | null {
  const requestId = String(id);
  switch (method) {
    case 'item/commandExecution/requestApproval': {
      const { itemId, command, reason } = Command.parse(params);
      const title = unwrapShell(command ?? 'A command');
      const event = { type: 'approval', requestId, itemId, kind: 'command', title, detail: params } as const;
      return { event: withReason(event, reason), toResult: toDecision };
    }
    case 'item/fileChange/requestApproval': {
      const { itemId, reason, grantRoot } = Edit.parse(params);
      const title = grantRoot ? `Write under ${grantRoot}` : 'Change files outside the worktree';
      const event = { type: 'approval', requestId, itemId, kind: 'edit', title, detail: params } as const;
      return { event: withReason(event, reason), toResult: toDecision };
    }
    case 'mcpServer/elicitation/request': {
      const { serverName, message } = Elicitation.parse(params);
      const title = `${serverName}: ${message ?? 'asks for leave'}`;
      const event = {
        type: 'approval',
        requestId,
        itemId: requestId,
        kind: 'mcp',
        title,
        detail: params,
      } as const;
      return { event, toResult: toElicitationResult };
    }
    case 'item/tool/requestUserInput':
      return toQuestion(requestId, Questions.parse(params).questions);
    default:
      return null;
  }
}

function withReason<E extends AgentEventBody>(event: E, reason: string | null | undefined): E {
  return reason === null || reason === undefined ? event : { ...event, reason };
}

function toElicitationResult({ decision }: Answer): unknown {
  const isAllowed = decision === 'allow' || decision === 'allow-session';
  const refusal = decision === 'abort' ? 'cancel' : 'decline';
  return { action: isAllowed ? 'accept' : refusal, content: null, _meta: null };
}

/** Codex may ask several things at once; a person is asked all of them and answers in one go. */
function toQuestion(requestId: string, questions: z.infer<typeof Questions>['questions']): PendingRequest {
  const options = questions.length === 1 ? (questions[0]?.options ?? []).map(({ label }) => label) : [];
  const question = questions.map((asked) => asked.question).join('\n');
  return {
    event: { type: 'question', requestId, question, options },
    toResult: ({ note = '' }) => ({
      answers: Object.fromEntries(questions.map((asked) => [asked.id, { answers: [note] }])),
    }),
  };
}
