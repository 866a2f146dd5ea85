import type { PreviewState } from '@thalogos/contracts';

/** A fact about a preview. */
export type PreviewFact =
  | { readonly kind: 'answered' }
  | { readonly kind: 'silent'; readonly seconds: number }
  | {
      readonly kind: 'ended';
      readonly isStopped: boolean;
      readonly code: number | null;
      readonly signal: string | null;
    };

/** Where a preview stands after a fact; one that has ended stays so. */
export function evolvePreview(state: PreviewState, fact: PreviewFact, at: number): PreviewState {
  if (state.kind === 'ended') return state;
  switch (fact.kind) {
    case 'answered':
      return { kind: 'ready', at };
    case 'silent':
      return state.kind === 'starting' ? { kind: 'unanswered', seconds: fact.seconds } : state;
    case 'ended':
      return { kind: 'ended', at, isStopped: fact.isStopped, why: sayEnd(fact) };
  }
}

function sayEnd({ isStopped, code, signal }: Extract<PreviewFact, { kind: 'ended' }>): string {
  if (isStopped) return 'It was stopped.';
  return signal === null ? `It ended by itself with code ${code ?? 'none'}.` : `It was ended by ${signal}.`;
}

/** The command with `{port}` and `{host}` filled in. */
export function fillIn(command: readonly string[], port: number): readonly string[] {
  return command.map((word) => word.replaceAll('{port}', String(port)).replaceAll('{host}', '127.0.0.1'));
}

/**
 * The host name of a task's preview: it leads to this machine, and it is no name of the console's, so no cookie of
 * the console is ever sent to it. A port would not do: cookies know none.
 */
export function previewHost(task: string): string {
  return `${task}.localhost`;
}
