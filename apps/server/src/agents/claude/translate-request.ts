import { z } from 'zod';
import type { AgentEventBody, Answer } from '../agent-adapter.ts';
import { describeTool } from './translate-tool.ts';

/** A question of claude in our words, with what an answer to it becomes in claude's. */
export interface PendingRequest {
  readonly event: AgentEventBody;
  readonly toResponse: (answer: Answer) => unknown;
}

const CanUseTool = z.object({
  subtype: z.literal('can_use_tool'),
  tool_name: z.string(),
  input: z.record(z.string(), z.unknown()),
  tool_use_id: z.string().default(''),
  decision_reason: z.string().nullish(),
  permission_suggestions: z.array(z.unknown()).nullish(),
});
const Questions = z.object({
  questions: z.array(
    z.object({ question: z.string(), options: z.array(z.object({ label: z.string() })).default([]) }),
  ),
});

/** Said to the model when a person says no. */
const REFUSED = 'A person said no to this. Go on without it, or say what you need it for.';

/** Reads a request for leave; null where it is another kind of request. */
export function translateRequest(requestId: string, request: unknown, cwd: string): PendingRequest | null {
  const asked = CanUseTool.safeParse(request).data;
  if (asked === undefined) return null;
  const { tool_name: name, input, tool_use_id: itemId, decision_reason: reason } = asked;
  if (name === 'AskUserQuestion') return toQuestion(requestId, input);
  const tool = describeTool({ id: itemId, name, input }, cwd);
  const kind = tool.kind === 'command' || tool.kind === 'edit' ? tool.kind : 'mcp';
  const event = { type: 'approval', requestId, itemId, kind, title: tool.title, detail: request } as const;
  return {
    event: reason === null || reason === undefined ? event : { ...event, reason },
    toResponse: ({ decision, note }) => {
      if (decision === 'deny' || decision === 'abort')
        return { behavior: 'deny', message: note ?? REFUSED, interrupt: decision === 'abort' };
      const remember = decision === 'allow-session' ? asked.permission_suggestions : null;
      const allowed = { behavior: 'allow', updatedInput: input };
      return remember === null || remember === undefined
        ? allowed
        : { ...allowed, updatedPermissions: remember };
    },
  };
}

/** It may ask several things at once; a person is asked all of them and answers in one go. */
function toQuestion(requestId: string, input: Readonly<Record<string, unknown>>): PendingRequest | null {
  const parsed = Questions.safeParse(input).data;
  if (parsed === undefined) return null;
  const { questions } = parsed;
  const options = questions.length === 1 ? (questions[0]?.options ?? []).map(({ label }) => label) : [];
  const question = questions.map((asked) => asked.question).join('\n');
  return {
    event: { type: 'question', requestId, question, options },
    toResponse: ({ decision, note = '' }) => {
      if (decision === 'deny' || decision === 'abort') return { behavior: 'deny', message: REFUSED };
      const answers = Object.fromEntries(questions.map((asked) => [asked.question, note]));
      return { behavior: 'allow', updatedInput: { ...input, answers } };
    },
  };
}
