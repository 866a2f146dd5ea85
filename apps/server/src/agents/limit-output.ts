import type { AgentEvent } from './agent-adapter.ts';

/** Holds a run's output to what may be kept of it. */
export interface OutputLimit {
  /** The event with its text cut to what is left of the run's share; null where only dropped text was in it. */
  admit(event: AgentEvent): AgentEvent | null;
  /** Characters dropped so far. */
  readonly dropped: () => number;
}

/** Makes a limit of `characters` for one run's words and output; facts about it always pass. */
export function makeOutputLimit(characters: number): OutputLimit {
  let left = characters;
  let dropped = 0;

  function cut(text: string): string {
    const kept = text.slice(0, left);
    left -= kept.length;
    dropped += text.length - kept.length;
    return kept;
  }

  return {
    admit(event) {
      if (event.type === 'text' || event.type === 'thought') {
        const delta = cut(event.delta);
        return delta === '' && event.delta !== '' ? null : { ...event, delta };
      }
      if (event.type !== 'tool' || event.output === undefined) return event;
      const output = cut(event.output);
      // A piece of output is nothing but its text; the end of a tool is a fact.
      return output === '' && event.phase === 'output' ? null : { ...event, output };
    },
    dropped: () => dropped,
  };
}
