import type { ChatLink, Decision, Goal, Task, TimelineEntry } from '@thalogos/contracts';

/** What the Guide answers from: the read models of one project, as they are now. */
export interface GuideFacts {
  /** In the order in which they were planned. */
  readonly tasks: readonly Task[];
  /** Open ones. */
  readonly decisions: readonly Decision[];
  /** Plans that wait for a yes. */
  readonly proposed: readonly Goal[];
  readonly conflicts: readonly { readonly id: string; readonly path: string }[];
  /** Newest first. */
  readonly timeline: readonly TimelineEntry[];
}

/** What the Guide says, and where what it names is found. */
export interface GuideAnswer {
  readonly text: string;
  readonly links: readonly ChatLink[];
}

/** A link to a task, where its result is looked at if there is one to look at. */
export function taskLink({ id, title, state }: Pick<Task, 'id' | 'title' | 'state'>): ChatLink {
  return { to: state === 'review' ? 'review' : 'task', id, label: title };
}
