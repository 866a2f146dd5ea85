import type { Project, ProjectId } from '@thalogos/contracts';
import type { Repository, SigningKey } from '../git/git.ts';
import type { Recorder } from '../platform/recorder.ts';
import type { TimelineBook } from './timeline-book.ts';

/** What the timeline reads from. */
export interface TimelineDeps {
  readonly book: TimelineBook;
  place(project: ProjectId): TimelinePlace;
  readonly keys: { signing(): Promise<SigningKey> };
  readonly audit: AuditChain;
  readonly recorder: Pick<Recorder, 'transact'>;
  /** Whether a Save of the project is unfinished, which will write into the book. */
  isFrozen(project: ProjectId): boolean;
}

/** Where a project's repositories are. */
export interface TimelinePlace {
  readonly project: Project;
  readonly hub: Repository;
  readonly person: { readonly gitDir: string };
}

/** The audit chain as it is verified and added to. */
export interface AuditChain {
  /** Adds an entry in the caller's transaction. */
  append(entry: {
    readonly who: string;
    readonly what: string;
    readonly onWhat: string;
    readonly why: string;
    readonly source: string;
  }): unknown;
  verify():
    | { readonly kind: 'whole'; readonly entries: number }
    | { readonly kind: 'broken'; readonly brokenAt: number; readonly why: string };
  /** Place of the entry with that hash, 0 for the start of the chain; null when there is none. */
  find(hash: string): number | null;
}
