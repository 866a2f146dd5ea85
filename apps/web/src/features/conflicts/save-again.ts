import type { SaveView } from '@thalogos/contracts';

/** Which tasks the Save takes that a settled conflict held up; `only` is null where that is everything approved. */
export interface SaveAgain {
  readonly only: readonly string[] | null;
  /** Why it can't be started, or null. */
  readonly why: string | null;
}

interface Given {
  /** The Save that met the conflict. */
  readonly save: string | null;
  readonly current: SaveView | null;
  readonly enters: readonly string[];
}

/** What was in the Save that met the conflict; nothing where that is not the last one. */
function heldUp({ save, current }: Given): readonly string[] {
  const outcome = current?.id === save ? current?.outcome : undefined;
  return outcome?.kind === 'conflicted' ? outcome.tasks : [];
}

/** The Save that needs a solution: what was in it and is still approved, else everything approved. */
export function saveAgain(given: Given): SaveAgain {
  const { current, enters } = given;
  if (current !== null && current.outcome === null) return { only: null, why: 'A Save is under way.' };
  if (enters.length === 0) return { only: null, why: 'Nothing is approved now.' };
  const still = heldUp(given).filter((task) => enters.includes(task));
  return { only: still.length === 0 || still.length === enters.length ? null : still, why: null };
}
