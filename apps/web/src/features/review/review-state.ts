import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { ReviewFile, Whitespace } from '@thalogos/contracts';
import { type LineComment, putComment } from './comments.ts';
import { markOf } from './review-files.ts';

/** How the diff is laid out. */
export type DiffStyle = 'unified' | 'split';

/** What a person has done in reviews and not yet sent; it outlives a reload of the page. */
interface ReviewState {
  readonly style: DiffStyle;
  readonly whitespace: Whitespace;
  /** For each task: the mark of each file as it was when it was ticked as viewed. */
  readonly viewed: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly comments: Readonly<Record<string, readonly LineComment[]>>;
  /** For each task: the parts that a person has said yes to; a note to oneself. */
  readonly accepted: Readonly<Record<string, readonly string[]>>;
}

const KEPT_TASKS = 100;

/** State of reviews in this browser. */
export const useReview = create<ReviewState>()(
  persist(
    (): ReviewState => ({ style: 'unified', whitespace: 'shown', viewed: {}, comments: {}, accepted: {} }),
    { name: 'thalogos.review' },
  ),
);

function latest<T>(record: Readonly<Record<string, T>>, key: string, value: T): Record<string, T> {
  const others = Object.entries(record).filter(([name]) => name !== key);
  return Object.fromEntries([...others.slice(1 - KEPT_TASKS), [key, value]]);
}

/** Lays every diff out in another way. */
export function chooseStyle(style: DiffStyle): void {
  useReview.setState({ style });
}

/** Shows changes of blanks and tabs alone, or leaves them out. */
export function chooseWhitespace(whitespace: Whitespace): void {
  useReview.setState({ whitespace });
}

/** Says yes to a part of a change, or takes it back. */
export function toggleAccepted(task: string, part: string): void {
  useReview.setState(({ accepted }) => {
    const parts = accepted[task] ?? [];
    const next = parts.includes(part) ? parts.filter((one) => one !== part) : [...parts, part];
    return { accepted: latest(accepted, task, next) };
  });
}

/** Ticks a file as viewed, or takes the tick away. */
export function markViewed(task: string, file: ReviewFile, isViewed: boolean): void {
  useReview.setState(({ viewed }) => {
    const marks = Object.entries(viewed[task] ?? {}).filter(([path]) => path !== file.path);
    return {
      viewed: latest(
        viewed,
        task,
        Object.fromEntries(isViewed ? [...marks, [file.path, markOf(file)]] : marks),
      ),
    };
  });
}

/** Adds or changes a comment; one without text goes away. */
export function keepComment(task: string, comment: LineComment): void {
  useReview.setState(({ comments }) => ({
    comments: latest(comments, task, putComment(comments[task] ?? [], comment)),
  }));
}

/** Forgets some of a task's comments, because they were sent or applied; all of them without a list. */
export function clearComments(task: string, ids?: readonly string[]): void {
  useReview.setState(({ comments }) => {
    const left = ids === undefined ? [] : (comments[task] ?? []).filter(({ id }) => !ids.includes(id));
    return { comments: latest(comments, task, left) };
  });
}

/** Whether a file was looked at: as it is now, in an earlier version, or not at all. */
export type ViewState = 'viewed' | 'changed' | 'new';

/** What a person's marks say about a file. */
export function viewState(marks: Readonly<Record<string, string>>, file: ReviewFile): ViewState {
  const mark = marks[file.path];
  if (mark === undefined) return 'new';
  return mark === markOf(file) ? 'viewed' : 'changed';
}
