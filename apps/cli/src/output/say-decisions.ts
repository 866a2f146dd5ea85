import type { Decision } from '@thalogos/contracts';

/** Decisions, each with its options. */
export function sayDecisions(decisions: readonly Decision[]): string {
  if (decisions.length === 0) return 'Nothing waits for you.';
  return decisions.map(sayDecision).join('\n');
}

function sayDecision({ id, kind, state, summary, options, recommended, answer, task }: Decision): string {
  const about = task === null ? '' : ` (task ${task})`;
  const choices = options.map((option) => {
    const more = option.label === option.id ? '' : `: ${option.label}`;
    return `    ${option.id}${more}${option.id === recommended ? ' (recommended)' : ''}`;
  });
  const head = `${id}  ${kind}${about}: ${summary}`;
  return state === 'open' ? [head, ...choices].join('\n') : `${head}\n    ${state}: ${answer ?? ''}`;
}
