import { type ApproveInput, Decision, type DecideInput, type Diff, type Task } from '@thalogos/contracts';
import type { Actor } from '../access/role.ts';
import type { Decisions } from './decisions.ts';
import type { ReviewCalls } from './review.api.ts';

/** What review asks of the tasks; each throws `Refusal` where it can't be done. */
export interface ReviewTasks {
  diff(task: string): Promise<Diff>;
  inReview(project: string): readonly string[];
  approve(task: string, tree: string | null, by: string): Task;
  reject(task: string, because: string, by: string): Task;
}

/** What review needs. */
export interface ReviewDeps {
  readonly tasks: ReviewTasks;
  readonly decisions: Decisions;
  readonly audit: { append(entry: AuditNote): unknown };
  readonly transact: <T>(change: () => T) => T;
  /** Gets ready what an approval means beyond the task; what it gives is told of each one, in the same transaction. */
  readonly prepareApproval: (tasks: readonly string[]) => Promise<(task: string, by: string) => void>;
  /** Told whose tree a person has just judged, in the same transaction: it was looked at. */
  readonly onJudged: (
    judged: { readonly task: string; readonly tree: string | null },
    person: string,
  ) => void;
  /** Carries a settled decision to whoever asked. */
  readonly deliverAnswer: (
    settled: { decision: string; because: string | null },
    actor: Actor,
  ) => Promise<void>;
}

/** Who did what on what, for the audit chain. */
export interface AuditNote {
  readonly who: string;
  readonly what: string;
  readonly onWhat: string;
  readonly why: string;
  readonly source: string;
}

/** Diffs, approvals and the decision inbox. */
export function makeReview(deps: ReviewDeps): ReviewCalls {
  const { tasks, decisions, audit, transact, deliverAnswer } = deps;
  const note = (actor: Actor, what: string, act: { onWhat: string; why?: string }) =>
    audit.append({ who: actor.name, what, why: '', source: 'api', ...act });
  return {
    diff: (task) => tasks.diff(task),
    // All or nothing: a person who approves ten is not left wondering which seven it was.
    approve: async (input, actor) => {
      const those = chosen(input, tasks);
      const approved = await deps.prepareApproval(those.map(({ task }) => task));
      return transact(() =>
        those.map(({ task, tree }) => {
          const view = tasks.approve(task, tree, actor.name);
          note(actor, 'task.approve', { onWhat: `${task} ${view.tree ?? ''}` });
          approved(task, actor.name);
          deps.onJudged({ task, tree: view.tree }, actor.name);
          return view;
        }),
      );
    },
    reject: async (input, actor) =>
      transact(() => {
        note(actor, 'task.reject', { onWhat: input.task, why: input.because });
        const rejected = tasks.reject(input.task, input.because, actor.name);
        deps.onJudged({ task: input.task, tree: rejected.tree }, actor.name);
        return rejected;
      }),
    decisions: (project) => decisions.listOpen(project),
    decide: async (input, actor) => decide(input, actor),
  };

  async function decide(input: DecideInput, actor: Actor): Promise<Decision> {
    const settled = transact(() => {
      note(actor, 'decision.answer', { onWhat: input.decision, why: input.because ?? input.choice });
      return decisions.settle(input.decision, input.choice, actor.name);
    });
    await deliverAnswer({ decision: settled.id, because: input.because ?? null }, actor);
    return Decision.parse(settled);
  }
}

function chosen(input: ApproveInput, tasks: ReviewTasks): readonly { task: string; tree: string | null }[] {
  if (input.all) return tasks.inReview(input.project).map((task) => ({ task, tree: null }));
  return input.tasks.map(({ task, tree }) => ({ task, tree: tree ?? null }));
}
