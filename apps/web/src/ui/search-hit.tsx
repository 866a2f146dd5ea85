import './search-hit.css';
import type { SearchHit, SearchKind } from '@thalogos/contracts';
import { CircleHelp, FileDiff, Flag, Hexagon, MessageSquare, ScrollText, SquareCheck } from 'lucide-react';
import { piecesOf } from './marked-pieces.ts';

/** What each kind of thing is called, one and many. */
export const HIT_WORDS: Readonly<Record<SearchKind, readonly [one: string, many: string]>> = {
  goal: ['Goal', 'Goals'],
  task: ['Task', 'Tasks'],
  transcript: ['Transcript', 'Transcripts'],
  change: ['Change', 'Changes'],
  decision: ['Decision', 'Decisions'],
  message: ['Message', 'Messages'],
  checkpoint: ['Checkpoint', 'Checkpoints'],
};

const ICONS = {
  goal: Flag,
  task: SquareCheck,
  transcript: ScrollText,
  change: FileDiff,
  decision: CircleHelp,
  message: MessageSquare,
  checkpoint: Hexagon,
} as const satisfies Record<SearchKind, unknown>;

/** The sign of a kind of thing. */
export function HitIcon({ kind }: { readonly kind: SearchKind }) {
  const Icon = ICONS[kind];
  return <Icon size={16} className="t3" aria-hidden />;
}

/** Where a thing holds what was looked for; text and nothing but text. */
export function HitExcerpt({
  hit,
  isOneLine = false,
}: {
  readonly hit: SearchHit;
  readonly isOneLine?: boolean;
}) {
  return (
    <span className={isOneLine ? 'hit-excerpt cut' : 'hit-excerpt'}>
      {piecesOf(hit.excerpt, hit.marks).map(({ text, isMarked }, index) =>
        // Pieces have no identity but their place.
        isMarked ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>,
      )}
    </span>
  );
}
