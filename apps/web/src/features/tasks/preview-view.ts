import type { Preview, PreviewLine, PreviewOffer } from '@thalogos/contracts';

/** What the panel of a preview shows. */
export type PreviewView =
  | { readonly kind: 'nothing'; readonly why: string }
  | {
      readonly kind: 'offer';
      readonly offer: Extract<PreviewOffer, { kind: 'command' }>;
      /** How the last one ended; null where there was none, or a person stopped it. */
      readonly ended: string | null;
    }
  | { readonly kind: 'running'; readonly preview: Preview };

/** One that runs, else what could be started. */
export function previewView(preview: Preview | null, offer: PreviewOffer): PreviewView {
  if (preview !== null && preview.state.kind !== 'ended') return { kind: 'running', preview };
  if (offer.kind === 'none') return { kind: 'nothing', why: offer.why };
  const state = preview?.state;
  const ended = state?.kind === 'ended' && !state.isStopped ? state.why : null;
  return { kind: 'offer', offer, ended };
}

const THIS_MACHINE = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Whether the preview can be reached from this page: its host name leads every browser to its own machine, which is
 * the server’s only where the console was opened there.
 */
export function canReach(hostname: string): boolean {
  return THIS_MACHINE.test(hostname);
}

/** What may happen inside the frame. It is another site than the console, so keeping its own origin gives it nothing of ours. */
export const FRAME_RIGHTS = 'allow-scripts allow-forms allow-same-origin';

const MOST_LINES = 2000;

/** The lines with those that came later, the oldest dropped. */
export function addLines(
  lines: readonly PreviewLine[],
  more: readonly PreviewLine[],
): readonly PreviewLine[] {
  const last = lines.at(-1)?.number ?? 0;
  const fresh = more.filter(({ number }) => number > last);
  return fresh.length === 0 ? lines : [...lines, ...fresh].slice(-MOST_LINES);
}

/** The state in a few words. */
export function sayPreview({ state, port }: Pick<Preview, 'state' | 'port'>): string {
  switch (state.kind) {
    case 'starting':
      return `Starting at port ${port}`;
    case 'ready':
      return `Ready at port ${port}`;
    case 'unanswered':
      return `Nothing answers at port ${port} after ${state.seconds} s`;
    case 'ended':
      return state.why;
  }
}
