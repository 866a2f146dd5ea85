import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { type LineComment, putComment } from './comments.ts';

/** How the diff is laid out. */
export type DiffStyle = 'unified' | 'split';

/** What a person has done in reviews and not yet sent; it outlives a reload of the page. */
interface ReviewState {
  readonly style: DiffStyle;
  /** For each task: the mark of each file's patch as it was when it was ticked as viewed. */
  readonly viewed: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly comments: Readonly<Record<string, readonly LineComment[]>>;
}

const KEPT_TASKS = 100;

/** State of reviews in this browser. */
export const useReview = create<ReviewState>()(
  persist((): ReviewState => ({ style: 'unified', viewed: {}, comments: {} }), { name: 'thalogos.review' }),
);

function latest<T>(record: Readonly<Record<string, T>>, key: string, value: T): Record<string, T> {
  const others = Object.entries(record).filter(([name]) => name !== key);
  return Object.fromEntries([...others.slice(1 - KEPT_TASKS), [key, value]]);
}

/** Lays every diff out in another way. */
export function chooseStyle(style: DiffStyle): void {
  useReview.setState({ style });
}

/** Ticks a file as viewed, or takes the tick away. */
export function markViewed(
  task: string,
  file: { readonly path: string; readonly mark: string },
  isViewed: boolean,
): void {
  useReview.setState(({ viewed }) => {
    const marks = Object.entries(viewed[task] ?? {}).filter(([path]) => path !== file.path);
    return {
      viewed: latest(viewed, task, Object.fromEntries(isViewed ? [...marks, [file.path, file.mark]] : marks)),
    };
  });
}

/** Adds or changes a comment; one without text goes away. */
export function keepComment(task: string, comment: LineComment): void {
  useReview.setState(({ comments }) => ({
    comments: latest(comments, task, putComment(comments[task] ?? [], comment)),
  }));
}

/** Forgets a task's comments, because they were sent. */
export function clearComments(task: string): void {
  useReview.setState(({ comments }) => ({ comments: latest(comments, task, []) }));
}

/** Whether a file was looked at: now, in an earlier version, or not at all. */
export function viewState(
  marks: Readonly<Record<string, string>>,
  file: { readonly path: string; readonly mark: string },
): 'viewed' | 'changed' | 'new' {
  const mark = marks[file.path];
  if (mark === undefined) return 'new';
  return mark === file.mark ? 'viewed' : 'changed';
}
