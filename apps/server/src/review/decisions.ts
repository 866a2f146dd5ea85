import { Decision, type NewThalogosEvent } from '@thalogos/contracts';
import type { Clock } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import type { Recorder } from '../platform/recorder.ts';
import { Refusal } from '../platform/refusal.ts';
import type { DecisionRecord, DecisionStore } from './decision-store.ts';

/** What is asked of a person. */
export type Asked = Pick<
  DecisionRecord,
  | 'project'
  | 'session'
  | 'task'
  | 'run'
  | 'requestId'
  | 'kind'
  | 'summary'
  | 'detail'
  | 'options'
  | 'recommended'
  | 'default'
  | 'leave'
>;

/** The inbox: what only a person can settle, each settled once. */
export interface Decisions {
  /** Asks; the decision and its event are one transaction. */
  open(asked: Asked, by: string): DecisionRecord;
  /** Records a person's choice; throws `Refusal` for one that is settled already or a choice that it does not have. */
  settle(id: string, choice: string, by: string): DecisionRecord;
  /** Takes back what a run asked, because nobody waits for it any more. */
  withdrawOfRun(run: string, by: string): void;
  /** Takes one back, unless it is settled. */
  withdraw(id: string, by: string): void;
  /** Takes back everything that is open about a matter without a run, such as trust in a project file. */
  withdrawOfKind(project: string, kind: Decision['kind']): void;
  listOpen(project: string): readonly Decision[];
  openOfRun(run: string): readonly DecisionRecord[];
  find(id: string): DecisionRecord;
  /** Whether a person has answered so to the same question, by its name, for a task. */
  wasAnswered(task: string, leave: string, answer: string): boolean;
}

/** What the inbox needs. */
export interface DecisionDeps {
  readonly store: DecisionStore;
  readonly recorder: Recorder;
  readonly clock: Clock;
}

/** The inbox on the server's database. */
export function makeDecisions({ store, recorder, clock }: DecisionDeps): Decisions {
  const put = (decision: DecisionRecord, type: 'decision.opened' | 'decision.settled', by: string) =>
    recorder.transact(() => {
      store.put(decision);
      recorder.record(decisionEvent(decision, type, by));
      return decision;
    });
  const withdraw = (decision: DecisionRecord, by: string) =>
    put({ ...decision, state: 'withdrawn', answeredBy: by }, 'decision.settled', by);
  const find = (id: string) => {
    const decision = store.find(id);
    if (decision === null) {
      throw new Refusal('not-found', `There is no decision ${id}.`, { hint: 'See `thalogos decisions`.' });
    }
    return decision;
  };
  return {
    open: (asked, by) => put(openDecision(asked, clock.now()), 'decision.opened', by),
    settle: (id, choice, by) => {
      const decision = find(id);
      assertOpen(decision);
      assertOffered(decision, choice);
      return put({ ...decision, state: 'answered', answer: choice, answeredBy: by }, 'decision.settled', by);
    },
    withdrawOfRun: (run, by) => {
      for (const decision of store.openOfRun(run)) withdraw(decision, by);
    },
    withdraw: (id, by) => {
      const decision = find(id);
      if (decision.state === 'open') withdraw(decision, by);
    },
    withdrawOfKind: (project, kind) => {
      for (const decision of store.open(project))
        if (decision.kind === kind) withdraw(decision, 'orchestrator');
    },
    listOpen: (project) => store.open(project).map((decision) => Decision.parse(decision)),
    openOfRun: (run) => store.openOfRun(run),
    find,
    wasAnswered: (task, leave, answer) =>
      store.answeredOfTask(task).some((one) => one.leave === leave && one.answer === answer),
  };
}

function openDecision(asked: Asked, createdAt: number): DecisionRecord {
  const unanswered = { deadline: null, answer: null, answeredBy: null };
  return { ...asked, ...unanswered, id: newId('d'), state: 'open', createdAt };
}

function assertOpen({ id, state, answer, answeredBy }: DecisionRecord): void {
  if (state === 'open') return;
  const how = state === 'answered' ? `${answeredBy ?? 'somebody'} chose "${answer ?? ''}"` : `it is ${state}`;
  throw new Refusal('conflict', `Decision ${id} is settled already: ${how}.`, {
    hint: 'Nothing was changed.',
  });
}

/** A question may be answered in one's own words; everything else only by what it offers. */
function assertOffered({ id, kind, options }: DecisionRecord, choice: string): void {
  if (kind === 'question' || options.some((option) => option.id === choice)) return;
  throw new Refusal('usage', `Decision ${id} does not offer "${choice}".`, {
    hint: `Choose one of: ${options.map((option) => option.id).join(', ')}.`,
  });
}

function decisionEvent(
  record: DecisionRecord,
  type: 'decision.opened' | 'decision.settled',
  by: string,
): NewThalogosEvent {
  const { project, session, task } = record;
  return { type, project, session, task, by, data: { decision: Decision.parse(record) } };
}
