import type { SaveView, Task } from '@thalogos/contracts';
import { SAMPLE_TEXT, sampleChange, samplePatches } from './sample-changes.ts';
import {
  ApproveInput,
  ArrangeInput,
  BlockInput,
  CheckLogInput,
  CompareInput,
  ConflictInput,
  DecideInput,
  FindInTranscriptInput,
  GoalInput,
  ProjectConfig,
  RejectInput,
  ResultFileInput,
  ReviewFilesInput,
  ReviewPatchesInput,
  ResolveInput,
  SaveInput,
  SayInput,
  SearchInput,
  TaskInput,
  TimelineEntryInput,
  TimelinePageInput,
  TranscriptInput,
} from '@thalogos/contracts';
import type { AppRouter } from '@thalogos/server/router';
import type { inferRouterOutputs } from '@trpc/server';
import { conflictList } from './sample-conflicts.ts';
import { type Emit, freshSave, type Sample, sampleDiff, transcriptOf } from './sample-data.ts';
import { sampleFiles, sampleRoles, type SampleTalk, sampleTalk } from './sample-talk.ts';
import { sampleComparison, sampleDetail, samplePageOf, sampleUndone } from './sample-history.ts';
import { runSave } from './sample-save.ts';
import { sampleHits } from './sample-search.ts';
import { sampleFound, samplePage } from './sample-transcript.ts';
import { samplePreviewLog, sampleVisits } from './sample-visits.ts';
import { sampleAttempts, sampleChoice } from './sample-scheduling.ts';

type Outputs = inferRouterOutputs<AppRouter>;
type Output<P extends string> = P extends `${infer F}.${infer V}`
  ? F extends keyof Outputs
    ? V extends keyof Outputs[F]
      ? Outputs[F][V]
      : never
    : never
  : never;

/** The calls that the sample answers; each answer is what the real call would give. */
export function makeCalls(sample: Sample, emit: Emit, seq: () => number) {
  const find = (id: string): Task => {
    const task = sample.tasks.find((one) => one.id === id);
    if (task === undefined) throw new Error(`There is no task ${id}`);
    return task;
  };
  const put = (
    task: Task,
    type: 'task.approved' | 'task.rejected' | 'task.continued',
    data: object,
  ): Task => {
    sample.tasks = sample.tasks.map((one) => (one.id === task.id ? task : one));
    emit({ type, data: { ...data, view: task }, task: task.id });
    return task;
  };
  const conflict = (id: string) => {
    const found = sample.conflicts.find((one) => one.id === id);
    if (found === undefined) throw new Error(`There is no conflict ${id}`);
    return found;
  };
  const settle = (next: (typeof sample.conflicts)[number]) => {
    sample.conflicts = sample.conflicts.map((one) => (one.id === next.id ? next : one));
    return conflictList(sample.conflicts);
  };
  let arranged: Output<'sessions.arrangement'> = { arrangement: null, revision: 0 };
  const approved = () => sample.tasks.filter((task) => task.state === 'approved').map((task) => task.id);
  const start = (only?: readonly string[]): SaveView => {
    sample.save = freshSave(`v-${Date.now()}`, only ?? approved(), Date.now());
    void runSave(sample, emit, process.env['SAMPLE_RED'] === '1');
    return sample.save;
  };

  let talk: SampleTalk | null = null;

  return {
    'ops.info': (): Output<'ops.info'> => ({
      version: '0.1.0',
      build: 'sample',
      seq: seq(),
      dataDirectory: '/home/mara/.local/share/thalogos',
      planner: 'plain, no model',
      contained: true,
      freeBytes: 41.3 * 1024 ** 3,
      worktrees: 9,
      opened: null,
    }),
    'ops.doctor': (): Output<'ops.doctor'> => ({
      checks: [
        { name: 'git', ok: true, found: '2.39.5', needed: '2.39', fix: null },
        { name: 'bubblewrap', ok: false, found: 'none', needed: 'any', fix: 'apt install bubblewrap' },
      ],
    }),
    'ops.status': (): Output<'ops.status'> => ({
      server: { pid: 1, port: 4870, url: 'http://127.0.0.1:4870', version: '0.1.0' },
      project: sample.project,
      session: sample.session,
      tasks: {},
      save: null,
      decisions: 2,
    }),
    'projects.list': (): Output<'projects.list'> => ({ projects: [sample.project] }),
    'projects.settings': (): Output<'projects.settings'> => ({
      config: {
        setup: [],
        cleanup: [],
        copy: [],
        checks: [{ name: 'tests', command: ['pnpm', 'test'], timeout: 600 }],
        approve: ['docs/**'],
        conflicts: ProjectConfig.parse({}).conflicts,
        ownership: {},
        agents: { codex: { permission: 'ask', roles: ['qa', 'docs'] } },
        ports: [],
        generated: [],
        limits: {
          concurrency: 4,
          attempts: 2,
          run: 3600,
          notice: 600,
          ask: 1200,
          idle: 1800,
          fallback: true,
        },
      },
      problems: [],
      file: '.thalogos/config.yaml',
      lines: { checks: 3, approve: 7, agents: 9, 'agents.codex': 10, limits: 14, 'limits.concurrency': 15 },
    }),
    'projects.trust': (): Output<'projects.trust'> => ({
      trusted: false,
      hash: 'abc',
      executes: [{ what: 'check tests', command: ['pnpm', 'test'] }],
      loosens: ['approve docs/**'],
    }),
    'projects.look': (): Output<'projects.look'> => ({
      path: '/home/mara/code/ferrywise',
      branch: 'main',
      head: sample.project.head,
      usable: true,
      remarks: [],
      hasConfig: true,
    }),
    'sessions.list': (): Output<'sessions.list'> => ({ sessions: [sample.session], paused: sample.paused }),
    'sessions.arrangement': (): Output<'sessions.arrangement'> => ({ ...arranged }),
    'sessions.arrange': (input: unknown): Output<'sessions.arrange'> => {
      const { arrangement, revision } = ArrangeInput.parse(input);
      if (revision !== arranged.revision) return { kind: 'changed', ...arranged };
      arranged = { arrangement, revision: revision + 1 };
      return { kind: 'kept', ...arranged };
    },
    'sessions.pause': (): Output<'sessions.pause'> => {
      sample.paused = true;
      emit({ type: 'dispatch.paused', data: { reason: 'by Mara' } });
      return { paused: true };
    },
    'sessions.resume': (): Output<'sessions.resume'> => {
      sample.paused = false;
      emit({ type: 'dispatch.resumed', data: {} });
      return { paused: false };
    },
    'planning.goals': (): Output<'planning.goals'> => ({
      goals: [sample.goal, ...(talk?.goal == null ? [] : [talk.goal])],
    }),
    'planning.model': (): Output<'planning.model'> => ({
      ...{ name: 'openai/gpt-5', because: 'named in THALOGOS_MODEL', tokensToday: 4210 },
      tokensPerDay: 1_000_000,
    }),
    'planning.roles': (): Output<'planning.roles'> => ({ roles: sampleRoles }),
    'conversation.discussion': (): Output<'conversation.discussion'> => ({
      discussion: talk?.discussion ?? null,
    }),
    'planning.state': (input: unknown): Output<'planning.state'> => {
      sample.goal = { ...sample.goal, text: GoalInput.parse(input).text };
      return { session: 's-1', goal: 'g-1', planner: 'plain', tasks: sample.tasks };
    },
    'tasks.list': (): Output<'tasks.list'> => ({ tasks: sample.tasks }),
    'tasks.get': (input: unknown): Output<'tasks.get'> => {
      const task = find(TaskInput.parse(input).task);
      const contest = task.id === 't-mw' ? { contest: { id: 'c-1', isKept: false } } : {};
      const { runs } = transcriptOf(task, Date.now());
      return { task: { ...task, ...contest }, runs, choice: sampleChoice };
    },
    'tasks.queue': (): Output<'tasks.queue'> => ({
      order: sample.tasks.filter((task) => task.state === 'queued').map((task) => task.id),
    }),
    'tasks.compare': (): Output<'tasks.compare'> => ({ attempts: sampleAttempts(sample.tasks) }),
    'tasks.transcript': (input: unknown): Output<'tasks.transcript'> => {
      const page = TranscriptInput.parse(input);
      return samplePage(find(page.task), page);
    },
    'tasks.block': (input: unknown): Output<'tasks.block'> => {
      const { task, seq } = BlockInput.parse(input);
      const [block] = samplePage(find(task), { after: seq - 1, limit: 1 }).blocks;
      if (block === undefined) throw new Error('No such block');
      return { block };
    },
    'tasks.findInTranscript': (input: unknown): Output<'tasks.findInTranscript'> => {
      const { task, text } = FindInTranscriptInput.parse(input);
      return sampleFound(find(task), text);
    },
    'visits.of': (input: unknown): Output<'visits.of'> => sampleVisits(input),
    'visits.previewLog': (input: unknown): Output<'visits.previewLog'> => samplePreviewLog(input),
    'search.find': (input: unknown): Output<'search.find'> => sampleHits(sample, SearchInput.parse(input)),
    'agents.list': (): Output<'agents.list'> => ({ agents: sample.agents }),
    'review.diff': (): Output<'review.diff'> => sampleDiff,
    'changes.files': (input: unknown): Output<'changes.files'> =>
      ReviewFilesInput.parse(input).since === 'base'
        ? sampleChange
        : { ...sampleChange, files: sampleChange.files.slice(0, 2) },
    'changes.patches': (input: unknown): Output<'changes.patches'> =>
      samplePatches(ReviewPatchesInput.parse(input).paths),
    'changes.looked': (): Output<'changes.looked'> => ({}),
    'changes.file': (input: unknown): Output<'changes.file'> => ({
      ...{ kind: 'text', text: SAMPLE_TEXT, lineEnds: 'lf' },
      path: ResultFileInput.parse(input).path,
    }),
    'review.decisions': (): Output<'review.decisions'> => ({ decisions: sample.decisions }),
    'review.decide': (input: unknown): Output<'review.decide'> => {
      const { decision, choice } = DecideInput.parse(input);
      sample.decisions = sample.decisions.map((one) =>
        one.id === decision ? { ...one, state: 'answered', answer: choice, answeredBy: 'Mara Keller' } : one,
      );
      const settled = sample.decisions.find((one) => one.id === decision);
      if (settled === undefined) throw new Error('No such decision');
      emit({ type: 'decision.settled', data: { decision: settled } });
      return { decision: settled };
    },
    'review.approve': (input: unknown): Output<'review.approve'> => ({
      tasks: ApproveInput.parse(input).tasks.map(({ task }) =>
        put({ ...find(task), state: 'approved', approvedBy: 'Mara Keller' }, 'task.approved', {
          result: find(task).result,
          tree: find(task).tree,
        }),
      ),
    }),
    'review.reject': (input: unknown): Output<'review.reject'> => {
      const { task, because } = RejectInput.parse(input);
      return {
        tasks: [put({ ...find(task), state: 'rejected', reason: because }, 'task.rejected', { because })],
      };
    },
    'saves.preview': (): Output<'saves.preview'> => ({
      enters: approved(),
      waits: sample.tasks
        .filter((task) => task.state === 'review')
        .map((task) => ({ task: task.id, why: 'in review' })),
      conflicts: [],
      settled: [{ path: 'pnpm-lock.yaml', policy: 'generated', task: 't-columns' }],
      withMain: [{ task: 't-bucket', files: ['src/limits/store.ts'] }],
      pairs: [{ a: 't-access', b: 't-mw', files: ['src/http/server.ts'] }],
      checks: ['types', 'tests', 'lint', 'openapi'].map((name) => ({
        name,
        known: name === 'lint' ? 'passed' : 'unknown',
      })),
    }),
    'saves.log': (input: unknown): Output<'saves.log'> => {
      const { check } = CheckLogInput.parse(input);
      const text = ` RUN  v3.2.4 ${check}\n\n \u001b[32m✓\u001b[0m src/fares/cents.test.ts (41)\n \u001b[31m✗\u001b[0m src/fares/family.test.ts > rounds to cents\n`;
      return { text, size: text.length, isWhole: true };
    },
    'saves.current': (): Output<'saves.current'> => ({ save: sample.save }),
    'saves.save': (input: unknown): Output<'saves.save'> => ({ save: start(SaveInput.parse(input).only) }),
    'saves.cancel': (): Output<'saves.cancel'> => ({ save: { id: sample.save?.id ?? '' }, cancelled: true }),
    'saves.deliver': (): Output<'saves.deliver'> => ({
      delivery: { state: 'updated', files: [], reason: '' },
    }),
    'saves.rollbackPreview': (): Output<'saves.rollbackPreview'> => ({
      tag: sample.entries[2]?.tag ?? '',
      commit: sample.project.head ?? '',
      undone: [{ id: 't-o1', title: 'Seat map', agent: 'design', tag: sample.entries[0]?.tag ?? '' }],
      checkpoints: [sample.entries[0]?.tag ?? ''],
      files: [{ path: 'web/src/seats/seat-map.tsx', status: 'deleted', added: 0, removed: 212 }],
      commits: 0,
    }),
    'conflicts.list': (): Output<'conflicts.list'> => conflictList(sample.conflicts),
    'conflicts.get': (input: unknown): Output<'conflicts.get'> =>
      conflict(ConflictInput.parse(input).conflict),
    'conflicts.resolve': (input: unknown): Output<'conflicts.resolve'> => {
      const { conflict: id, choice } = ResolveInput.parse(input);
      const by = { by: 'Mara Keller', at: Date.now(), task: null };
      return settle({ ...conflict(id), resolution: { take: choice.take, ...by } });
    },
    'conflicts.withdraw': (input: unknown): Output<'conflicts.withdraw'> =>
      settle({ ...conflict(ConflictInput.parse(input).conflict), resolution: null }),
    'timeline.list': (): Output<'timeline.list'> => ({ entries: sample.entries }),
    'timeline.page': (input: unknown): Output<'timeline.page'> =>
      samplePageOf(sample.entries, TimelinePageInput.parse(input)),
    'timeline.entry': (input: unknown): Output<'timeline.entry'> =>
      sampleDetail(sample.entries, TimelineEntryInput.parse(input).id),
    'timeline.undone': (): Output<'timeline.undone'> => ({ tasks: sampleUndone }),
    'timeline.compare': (input: unknown): Output<'timeline.compare'> => {
      const { from, to } = CompareInput.parse(input);
      return sampleComparison(from, to);
    },
    'timeline.diff': (): Output<'timeline.diff'> => sampleDiff,
    'timeline.verify': (): Output<'timeline.verify'> => ({
      ok: true,
      checked: { commits: 41, tags: 13, audit: 210 },
      problems: [],
    }),
    'timeline.verifyCommand': (): Output<'timeline.verifyCommand'> => ({
      commands: ['git -c gpg.ssh.allowedSignersFile=signers verify-tag checkpoint/2026-11-20-013'],
    }),
    'conversation.messages': (): Output<'conversation.messages'> => ({
      messages: sample.messages,
      decisions: sample.decisions,
    }),
    'conversation.say': (input: unknown): Output<'conversation.say'> => {
      const message = {
        seq: sample.messages.length + 1,
        id: `m-${Date.now()}`,
        role: 'user',
        content: SayInput.parse(input).text,
        attachments: sampleFiles(SayInput.parse(input).attachments),
        at: Date.now(),
        agentName: null,
        goal: null,
        task: null,
      } as const;
      sample.messages = [...sample.messages, message];
      emit({ type: 'message.posted', data: { message } });
      talk = sampleTalk(message.content);
      sample.tasks = [...sample.tasks, ...talk.tasks];
      sample.messages = [...sample.messages, ...talk.messages];
      for (const reply of talk.messages) emit({ type: 'message.posted', data: { message: reply } });
      if (talk.discussion !== null) emit({ type: 'discussion.moved', data: { discussion: talk.discussion } });
      for (const view of talk.tasks) emit({ type: 'task.planned', data: { view }, task: view.id });
      return { message };
    },
  } as const;
}
