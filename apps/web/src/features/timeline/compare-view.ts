import type { Comparison } from '@thalogos/contracts';
import { formatNoun, formatSequence } from '../../lib/format.ts';
import type { StateLook } from '../../ui/task-look.ts';

/** Two checkpoints in one sentence: what the way from the first to the second comes to. */
export function compareSentence({ from, to, totals, tasks }: Comparison): string {
  if (from.tag === to.tag) return 'This is one and the same checkpoint.';
  const gained = tasks.filter(({ side }) => side === 'gained').length;
  const lost = tasks.length - gained;
  const work = [
    ...(gained === 0 ? [] : [`${formatNoun(gained, 'task')} more`]),
    ...(lost === 0 ? [] : [`${formatNoun(lost, 'task')} fewer`]),
  ].join(', ');
  const files =
    totals.files === 0 ? 'the same files' : formatNoun(totals.files, 'file differs', 'files differ');
  const ends = `${formatSequence(to.tag)} against ${formatSequence(from.tag)}`;
  return `${ends}: ${[work, files].filter((part) => part !== '').join(', ')}.`;
}

/** What a check says at either end, and whether that is worse, better or the same. */
export function checkChange({ from, to }: Comparison['checks'][number]): {
  readonly words: string;
  readonly look: StateLook;
} {
  const say = (state: string | null) => state ?? 'not asked';
  const words = from === to ? say(to) : `${say(from)}, then ${say(to)}`;
  if (to === 'failed') return { words, look: 'failed' };
  return { words, look: to === 'passed' ? 'ready' : 'queued' };
}

/** The names under which git knows a changed file: a renamed one has two. */
export function pathsOf({ path, from }: Comparison['files'][number]): readonly string[] {
  return from === null || from === path ? [path] : [from, path];
}
