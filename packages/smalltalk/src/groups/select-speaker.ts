import type { GroupConversation } from '../types/group.ts';

const MAX_CONSECUTIVE_TURNS = 3;

/** What of a group a selection looks at. */
export type SpeakerSituation = Pick<
  GroupConversation,
  'agentIds' | 'lastSpeakerId' | 'consecutiveSpeakerTurns' | 'priorities'
>;

/**
 * Those who may speak now: after three turns in a row a speaker waits for one turn.
 *
 * It does not wait where nobody else could speak, or where what was said is critical.
 */
export function whoMaySpeak(
  { lastSpeakerId, consecutiveSpeakerTurns }: SpeakerSituation,
  available: readonly string[],
  { isCritical }: { isCritical: boolean },
): readonly string[] {
  if (isCritical || consecutiveSpeakerTurns < MAX_CONSECUTIVE_TURNS) return available;
  const others = available.filter((id) => id !== lastSpeakerId);
  return others.length === 0 ? available : others;
}

/** The one after the last speaker, in the order in which they joined. */
export function nextInTurn(
  { agentIds, lastSpeakerId }: SpeakerSituation,
  eligible: readonly string[],
): string | undefined {
  const last = agentIds.findIndex((id) => id === lastSpeakerId);
  const order = [...agentIds.slice(last + 1), ...agentIds.slice(0, last + 1)];
  return order.find((id) => eligible.includes(id));
}

/** The one with the highest priority; equals take turns. */
export function highestPriority(
  situation: SpeakerSituation,
  eligible: readonly string[],
): string | undefined {
  const priorityOf = (id: string) => situation.priorities[id] ?? 0;
  const highest = Math.max(...eligible.map(priorityOf));
  return nextInTurn(
    situation,
    eligible.filter((id) => priorityOf(id) === highest),
  );
}
