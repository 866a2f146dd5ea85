import {
  EventsInput,
  MarksInput,
  REPLAY_BLOCK,
  ReplayInput,
  type Task,
  type ThalogosEvent,
} from '@thalogos/contracts';
import type { Sample } from './sample-data.ts';

const MINUTE = 60_000;
const lines = [
  'read src/http/server.ts',
  'edit src/http/rate-limit.ts',
  'vitest: 9 of 14 pass',
  'vitest: 14 of 14 pass',
];
const ways: Readonly<Partial<Record<Task['state'], readonly Task['state'][]>>> = {
  blocked: ['planned', 'blocked'],
  queued: ['planned', 'queued'],
  running: ['planned', 'queued', 'running'],
  waiting: ['planned', 'queued', 'running', 'waiting'],
  failed: ['planned', 'queued', 'running', 'failed'],
  review: ['planned', 'queued', 'running', 'review'],
  approved: ['planned', 'queued', 'running', 'review', 'approved'],
};
const types: Readonly<Partial<Record<Task['state'], string>>> = {
  planned: 'task.planned',
  queued: 'task.queued',
  blocked: 'task.blocked',
  running: 'task.started',
  waiting: 'task.waiting',
  failed: 'task.failed',
  review: 'task.finished',
  approved: 'task.approved',
};

interface Draft {
  readonly at: number;
  readonly task: string | null;
  readonly by: string;
  readonly type: string;
  readonly data: unknown;
}

/** How a task came to be where it is, made up backwards. */
function pastOf(task: Task, index: number, now: number): Draft[] {
  const way = ways[task.state] ?? [task.state];
  const begin = now - (62 - index * 2) * MINUTE;
  return way.flatMap((state, step): Draft[] => {
    const at = begin + step * (4 + (index % 5)) * MINUTE;
    const view = { ...task, state, since: at, lastLine: null, plan: [], cost: step < 2 ? null : task.cost };
    const facts = {
      reason: null,
      on: task.after,
      run: task.run ?? 'r-0',
      decision: 'd-cmd',
      files: task.files,
    };
    const about = { task: task.id, by: 'orchestrator' };
    const move = { ...about, at, type: types[state], data: { ...facts, view } } as Draft;
    if (state !== 'running') return [move];
    const said = Array.from({ length: 40 }, (_, at40): Draft => {
      const data = {
        run: task.run ?? 'r-0',
        upto: at40,
        lastLine: lines[at40 % 4] ?? null,
        plan: task.plan,
        cost: task.cost,
      };
      return { ...about, by: task.agent, at: at + at40 * 5_000, type: 'transcript.extended', data };
    });
    return [move, ...said];
  });
}

/** The log of the sample: an hour of made-up events, then what happens while the page is open. */
export function makeSampleLog(sample: Sample, now: number, last: number) {
  const drafts: Draft[] = [
    {
      at: now - 64 * MINUTE,
      task: null,
      by: 'Mara',
      type: 'session.opened',
      data: { session: sample.session },
    },
    { at: now - 63 * MINUTE, task: null, by: 'Mara', type: 'goal.stated', data: { goal: sample.goal } },
    ...sample.tasks.flatMap((task, index) => pastOf(task, index, now)),
    ...sample.decisions.map(
      (decision): Draft => ({
        at: decision.createdAt,
        task: decision.task,
        by: 'codex',
        type: 'decision.opened',
        data: { decision },
      }),
    ),
    ...sample.entries
      .filter(({ at }) => at > now - 60 * MINUTE)
      .map((entry): Draft => {
        const checkpoint = entry.tag === null ? null : { tag: entry.tag, commit: entry.commit, sequence: 1 };
        const outcome = {
          kind: checkpoint === null ? 'checks-failed' : 'saved',
          checkpoint,
          save: entry.save,
        };
        return {
          at: entry.at,
          task: null,
          by: entry.by,
          type: 'save.ended',
          data: { save: entry.save, outcome },
        };
      }),
  ].toSorted((a, b) => a.at - b.at);
  const about = { project: sample.project.id, session: sample.session.id };
  const events = drafts.map(
    (draft, index) => ({ ...about, ...draft, seq: last - drafts.length + index + 1 }) as ThalogosEvent,
  );
  const first = events[0]?.seq ?? last;

  return {
    add: (event: ThalogosEvent) => void events.push(event),
    calls: {
      'events.marks': (input: unknown) => {
        MarksInput.parse(input);
        const marks = events.filter((one) => one.type !== 'transcript.extended');
        return { first, last: events.at(-1)?.seq ?? first, events: marks };
      },
      'events.replay': (input: unknown) => {
        const { from } = ReplayInput.parse(input);
        return {
          before: events.filter(({ seq }) => seq < from),
          events: events.filter(({ seq }) => seq >= from && seq < from + REPLAY_BLOCK),
        };
      },
      'events.list': (input: unknown) => {
        const {
          before = Number.POSITIVE_INFINITY,
          types: wanted,
          task,
          text,
          limit,
        } = EventsInput.parse(input);
        const found = events
          .filter((one) => one.seq < before && (task === undefined || one.task === task))
          .filter((one) => wanted === undefined || wanted.includes(one.type))
          .filter(
            (one) => text === undefined || JSON.stringify(one).toLowerCase().includes(text.toLowerCase()),
          )
          .toReversed();
        const page = found.slice(0, limit);
        return { events: page, next: found.length > limit ? (page.at(-1)?.seq ?? null) : null };
      },
    },
  };
}
