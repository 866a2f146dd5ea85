import type { AgentRouter } from '../types/agent-router.ts';
import type { ConversationAgent } from '../types/agent.ts';
import type { GroupConversation, SpeakerSelectionResult } from '../types/group.ts';
import type { SelectionContext } from './group-options.ts';
import { highestPriority, nextInTurn, whoMaySpeak } from './select-speaker.ts';

/** Who was selected, and by what. */
export type Selection = SpeakerSelectionResult & {
  readonly by: 'manual' | GroupConversation['speakerSelection'];
};

/** Who could be selected, and by what is known of the group. */
export type SelectionRequest = {
  readonly group: GroupConversation;
  /** Those who can speak, in the order in which they joined. */
  readonly available: readonly ConversationAgent[];
  readonly context: SelectionContext;
};

/** Selects the next speaker: who was chosen by hand first, then by the group's strategy; undefined when nobody can speak. */
export async function selectNextSpeaker(
  router: AgentRouter,
  request: SelectionRequest,
): Promise<Selection | undefined> {
  const started = performance.now();
  const { context, available } = request;
  const group = { ...request.group, ...context };
  const names = available.map(({ name }) => name);
  const chosen = group.speakerQueue.find((name) => names.includes(name));
  const measured = () => ({ latencyMs: performance.now() - started });
  if (chosen !== undefined)
    return {
      agentId: chosen,
      by: 'manual',
      confidence: 1,
      reasoning: `${chosen} was asked to speak`,
      ...measured(),
    };
  const eligible = whoMaySpeak(group, names, { isCritical: context.isCritical === true });
  const selected = await byStrategy(router, { ...request, group }, eligible);
  return selected === undefined ? undefined : { ...selected, ...measured() };
}

type Selected = Omit<Selection, 'latencyMs'>;

async function byStrategy(
  router: AgentRouter,
  request: SelectionRequest,
  eligible: readonly string[],
): Promise<Selected | undefined> {
  const { group } = request;
  switch (group.speakerSelection) {
    case 'round-robin':
      return named(nextInTurn(group, eligible), 'round-robin', 'It is their turn');
    case 'priority':
      return named(
        highestPriority(group, eligible),
        'priority',
        'Nobody who can speak has a higher priority',
      );
    case 'llm-based':
      return eligible.length === 0 ? undefined : byExpertise(router, request, eligible);
  }
}

/** Where nothing speaks for anybody, or the router fails, they take turns. */
async function byExpertise(
  router: AgentRouter,
  { group, available, context }: SelectionRequest,
  eligible: readonly string[],
): Promise<Selected | undefined> {
  const history = group.conversationHistory;
  const message = context.userMessage ?? history.at(-1)?.content ?? '';
  try {
    const { agentName, confidence, reasoning, source } = await router.choose({
      message,
      history,
      agents: available.filter(({ name }) => eligible.includes(name)),
      sessionId: group.id,
      ...(group.lastSpeakerId !== undefined && { currentAgent: group.lastSpeakerId }),
    });
    if (source !== 'default') return { agentId: agentName, by: 'llm-based', confidence, reasoning };
    return named(nextInTurn(group, eligible), 'round-robin', reasoning);
  } catch (error) {
    return named(nextInTurn(group, eligible), 'round-robin', `The selection failed: ${String(error)}`);
  }
}

function named(agentId: string | undefined, by: Selected['by'], reasoning: string): Selected | undefined {
  return agentId === undefined ? undefined : { agentId, by, confidence: 1, reasoning };
}
