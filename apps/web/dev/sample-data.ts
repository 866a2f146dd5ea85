import type { ThalogosEvent } from '@thalogos/contracts';
import type {
  AgentInfo,
  ChatMessage,
  ConflictDetail,
  Decision,
  Diff,
  Goal,
  Project,
  Run,
  SaveView,
  Session,
  Task,
  TimelineEntry,
  TranscriptBlock,
} from '@thalogos/contracts';
import { SAVE_STAGES } from '@thalogos/contracts';
import { sampleTask } from '../src/testing/sample-task.ts';
import { sampleConflicts } from './sample-conflicts.ts';
import { sampleNews } from './sample-talk.ts';

/** More tasks, to see how a large graph behaves: each tenth waits for the one before it. */
export function manyTasks(count: number, now: number): Task[] {
  const states = ['running', 'queued', 'review', 'approved', 'blocked'] as const;
  const agents = ['codex', 'claude', 'qa', 'docs'] as const;
  return Array.from({ length: count }, (_, at) =>
    sampleTask({
      id: `t-many-${at}`,
      title: `Task number ${at}`,
      state: states[at % states.length] ?? 'queued',
      agent: agents[at % agents.length] ?? 'codex',
      after:
        at % 10 === 0 ? [] : [`t-many-${at - 1 - (at % 3 === 0 ? 1 : 0)}`].filter((id) => id !== 't-many--1'),
      run: `r-${at}`,
      since: now - at * 1_000,
      cost: { tokens: at * 100, usd: null },
    }),
  );
}

/** A project in the middle of a run, as the sample link shows it. Every value is made up. */
export interface Sample {
  readonly project: Project;
  readonly session: Session;
  goal: Goal;
  tasks: Task[];
  decisions: Decision[];
  entries: TimelineEntry[];
  messages: ChatMessage[];
  save: SaveView | null;
  conflicts: ConflictDetail[];
  paused: boolean;
  readonly agents: AgentInfo[];
}

const MINUTE = 60_000;
const oid = (digit: string) => digit.repeat(40);
const HEAD = '4f2c91a0b7d3e5f6a1c2b3d4e5f60718293a4b5c';

const goalText = `# Per-key rate limits on the public API, and a usage page

- @backend [columns] Limit columns on API keys
- @codex [bucket] Token bucket and its store
- @product [openapi] Limits in openapi.yaml
- @devops [access] Access log with key id
- @claude [mw] after: bucket, columns; Rate-limit middleware
- @docs [guide] after: columns; Guide: rate limits
- @design [usage] after: columns; Usage page
- @qa [load] after: mw; Load test, 2,000 req/s`;

function tasksAt(now: number): Task[] {
  const ago = (minutes: number) => Math.round(now - minutes * MINUTE);
  const cost = (tokens: number, usd: number) => ({ tokens, usd });
  const plan = (done: number, of: number): Task['plan'] =>
    Array.from({ length: of }, (_, index) => ({
      text: `Step ${index + 1}`,
      status: index < done ? 'done' : index === done ? 'active' : 'pending',
    }));
  const created = ago(40);
  return [
    sampleTask({
      id: 't-access',
      title: 'Access log with key id',
      state: 'running',
      agent: 'devops',
      runs: 1,
      run: 'r-access',
      since: ago(6.2),
      createdAt: created,
      lastLine: 'edit src/http/server.ts',
      cost: cost(38_120, 0.31),
      plan: plan(2, 3),
      files: { changed: 2, added: 41, removed: 3 },
    }),
    sampleTask({
      id: 't-bucket',
      title: 'Token bucket and its store',
      state: 'review',
      agent: 'codex',
      runs: 1,
      run: 'r-bucket',
      since: ago(4),
      createdAt: created,
      lastLine: 'done',
      cost: cost(96_400, 0.71),
      files: { changed: 6, added: 214, removed: 11 },
      result: oid('b'),
      tree: oid('c'),
      base: HEAD,
    }),
    sampleTask({
      id: 't-columns',
      title: 'Limit columns on API keys',
      state: 'approved',
      agent: 'backend',
      runs: 1,
      since: ago(3),
      createdAt: created,
      cost: cost(41_000, 0.33),
      files: { changed: 4, added: 61, removed: 4 },
      approvedBy: 'Mara Keller',
      result: oid('d'),
      tree: oid('e'),
    }),
    sampleTask({
      id: 't-openapi',
      title: 'Limits in openapi.yaml',
      state: 'approved',
      agent: 'product',
      runs: 1,
      since: ago(5),
      createdAt: created,
      cost: cost(12_300, 0.09),
      files: { changed: 3, added: 88, removed: 12 },
      approvedBy: 'rule docs/**',
      result: oid('f'),
      tree: oid('1'),
    }),
    sampleTask({
      id: 't-mw',
      title: 'Rate-limit middleware',
      state: 'running',
      agent: 'claude',
      runs: 1,
      run: 'r-mw',
      after: ['t-bucket', 't-columns'],
      since: ago(7.5),
      createdAt: created,
      lastLine: 'vitest: 11 of 14 pass',
      cost: cost(88_214, 0.94),
      plan: plan(3, 5),
      files: { changed: 3, added: 19, removed: 4 },
      branch: 'session/7c1/task/rate-limit-mw',
    }),
    sampleTask({
      id: 't-guide',
      title: 'Guide: rate limits',
      state: 'running',
      agent: 'docs',
      runs: 1,
      run: 'r-guide',
      after: ['t-columns'],
      since: ago(1.9),
      createdAt: created,
      lastLine: 'write docs/rate-limits.md',
      cost: cost(9_100, 0.06),
      plan: plan(1, 4),
    }),
    sampleTask({
      id: 't-usage',
      title: 'Usage page',
      state: 'waiting',
      agent: 'design',
      runs: 1,
      run: 'r-usage',
      after: ['t-columns'],
      since: ago(4.3),
      createdAt: created,
      reason: 'pnpm --filter web add uplot',
      cost: cost(52_000, 0.41),
      files: { changed: 5, added: 140, removed: 8 },
    }),
    sampleTask({
      id: 't-load',
      title: 'Load test, 2,000 req/s',
      state: 'blocked',
      agent: 'qa',
      after: ['t-mw'],
      since: ago(40),
      createdAt: created,
      reason: 'after Rate-limit middleware',
    }),
  ];
}

function entryAt(number: number, at: number, given: Partial<TimelineEntry>): TimelineEntry {
  return {
    kind: 'save',
    tag: `checkpoint/2026-11-20-${String(number).padStart(3, '0')}`,
    commit: HEAD,
    sequence: number,
    at,
    tasks: [{ id: `t-old-${number}`, title: 'Seat map', agent: 'design' }],
    by: 'Mara Keller',
    undone: [],
    signature: 'good',
    summary: 'Seat map, ferry times, receipts',
    save: `v-${number}`,
    restored: null,
    checks: [
      { name: 'types', state: 'passed' },
      { name: 'tests', state: 'passed' },
    ],
    files: 22,
    undoneBy: null,
    ...given,
  };
}

function entriesAt(now: number): TimelineEntry[] {
  return [
    entryAt(13, now - 12 * MINUTE, {
      tasks: [
        { id: 't-o1', title: 'Seat map', agent: 'design' },
        { id: 't-o2', title: 'Ferry times', agent: 'backend' },
        { id: 't-o3', title: 'Receipts by mail', agent: 'docs' },
      ],
    }),
    entryAt(12, now - 18 * MINUTE, {
      kind: 'failed',
      tag: null,
      commit: null,
      sequence: null,
      save: 'v-red',
      summary: 'Not saved: tests fail with Family discount',
      signature: 'missing',
    }),
    entryAt(12, now - 42 * MINUTE, { summary: 'Fares in whole cents', files: 18 }),
    entryAt(11, now - 58 * MINUTE, {
      kind: 'restore',
      summary: 'Restored 009',
      restored: 'checkpoint/2026-11-20-009',
    }),
    entryAt(10, now - 75 * MINUTE, { summary: 'Child and bicycle fares', files: 9 }),
  ];
}

function decisionsAt(now: number): Decision[] {
  const plain = {
    state: 'open',
    recommended: 'approve',
    default: null,
    deadline: null,
    answer: null,
    answeredBy: null,
  } as const;
  return [
    {
      ...plain,
      id: 'd-1',
      kind: 'command',
      summary: 'Add a package to web?',
      detail: 'pnpm --filter web add uplot@1.6.32',
      options: [
        { id: 'allow', label: 'Allow once', does: 'It goes on; the same is asked about again next time.' },
        {
          id: 'allow-session',
          label: 'Allow for this task',
          does: 'Rule: exactly this is allowed without asking until the task is saved or closed. Anything that differs in a letter asks again.',
        },
        {
          id: 'deny',
          label: 'Deny',
          does: 'Its agent is told no, with your reason, and goes on without it.',
        },
      ],
      task: 't-usage',
      createdAt: now - 4 * MINUTE,
    },
    {
      ...plain,
      id: 'd-2',
      kind: 'question',
      summary: 'Count refused calls too?',
      detail: 'The usage page can show refused calls as a second line.',
      options: [
        { id: 'yes', label: 'Yes' },
        { id: 'no', label: 'No' },
      ],
      task: 't-usage',
      createdAt: now - 9 * MINUTE,
    },
    {
      ...plain,
      id: 'd-0',
      state: 'answered',
      kind: 'question',
      summary: 'Round per passenger?',
      detail: '',
      options: [],
      task: null,
      createdAt: now - 34 * MINUTE,
      answer: 'per booking',
      answeredBy: 'Mara Keller',
    },
  ];
}

const agent = (
  [name, title]: readonly [string, string],
  version: string | null,
  given: Partial<AgentInfo> = {},
): AgentInfo => ({
  name,
  title,
  installed: version !== null,
  version,
  path: version === null ? null : `/usr/local/bin/${name}`,
  signedIn: version !== null,
  contained: true,
  healthy: version !== null,
  fix: null,
  problems: [],
  minimum: { version: '0.58.0', why: 'none before it was driven' },
  isOn: true,
  account: name,
  limit: null,
  load: { running: 0, queued: 0 },
  history: { runs: 0, completed: 0, rate: null },
  cost: null,
  permission: 'supervised: works in its worktree, asks before anything else',
  profile: { skills: ['code'], languages: [], work: [], readOnly: true, cost: 'medium', models: [] },
  lacks: [],
  ...given,
});

/** The sample as it stands at `now` (ms). */
export function makeSample(now: number): Sample {
  const project: Project = {
    id: 'ferrywise',
    name: 'ferrywise',
    path: '/home/mara/code/ferrywise',
    branch: 'main',
    head: HEAD,
    registeredAt: now - 9e8,
    isDemonstration: false,
  };
  const session: Session = {
    id: 's-1',
    project: 'ferrywise',
    state: 'active',
    title: 'Rate limits',
    createdAt: now - 65 * MINUTE,
    reason: null,
  };
  const names = ['devops', 'backend', 'product', 'docs', 'design', 'qa'];
  return {
    project,
    session,
    goal: {
      id: 'g-1',
      session: 's-1',
      text: goalText,
      state: 'accepted',
      planner: 'plain',
      createdAt: now - 41 * MINUTE,
    },
    tasks: tasksAt(now),
    decisions: decisionsAt(now),
    entries: entriesAt(now),
    messages: [
      {
        seq: 1,
        id: 'm-1',
        role: 'user',
        content: 'Per-key rate limits on the public API, and a usage page',
        at: now - 41 * MINUTE,
        agentName: null,
        goal: 'g-1',
        task: null,
      },
      {
        seq: 2,
        id: 'm-2',
        role: 'agent',
        content: 'Eight tasks. **Backend** and **Codex** start at once; the middleware waits for both.',
        at: now - 40 * MINUTE,
        agentName: 'guide',
        goal: 'g-1',
        task: null,
      },
      ...sampleNews(now),
    ],
    save: null,
    conflicts: sampleConflicts(now),
    paused: false,
    agents: [
      agent(['codex', 'Codex CLI'], '0.58.0', {
        load: { running: 2, queued: 3 },
        history: { runs: 42, completed: 39, rate: 39 / 42 },
        cost: { tokens: 1_240_000, usd: 6.4 },
        profile: {
          ...{ skills: ['code', 'backend', 'api', 'tests'], languages: ['typescript'], work: [] },
          ...{ readOnly: true, cost: 'medium', models: ['gpt-5.5'] },
        },
      }),
      agent(['claude', 'Claude Code'], '2.0.31', {
        history: { runs: 17, completed: 15, rate: 15 / 17 },
        cost: { tokens: 310_000, usd: null },
        limit: { until: now + 7 * MINUTE, reason: 'Too many requests: try again in 7 minutes' },
        minimum: { version: '2.0.30', why: 'before 2.0.30 a link could run commands' },
        lacks: ['shows no plan'],
      }),
      agent(['gemini', 'Gemini CLI'], '0.11.2', {
        ...{ signedIn: false, healthy: false, fix: 'gemini', isOn: false },
        problems: ['gemini is not signed in'],
      }),
      agent(['acp', 'Any ACP agent'], null, { fix: 'Name its command in the project file.' }),
      ...names.map((name) => agent([name, name], '1.0.0')),
    ],
  };
}

/** A Save that has not begun. */
export function freshSave(id: string, tasks: readonly string[], now: number): SaveView {
  return {
    id,
    kind: 'save',
    stage: 'freeze',
    stages: SAVE_STAGES.map((stage) => ({
      stage,
      state: 'pending',
      sentence: '',
      startedAt: null,
      ms: null,
    })),
    tasks: [...tasks],
    checks: ['types', 'tests', 'lint', 'openapi'].map((name) => ({
      name,
      state: 'pending',
      seconds: 0,
      log: '',
    })),
    startedAt: now,
    endedAt: null,
    canCancel: true,
    resumed: false,
    rollbackTo: null,
    undone: [],
    outcome: null,
  };
}

/** The run of a task and what its agent said. */
export function transcriptOf(task: Task, now: number): { runs: Run[]; transcript: TranscriptBlock[] } {
  const run = task.run ?? 'r-0';
  const block = (
    seq: number,
    [kind, text]: readonly [TranscriptBlock['kind'], string],
    given: Partial<TranscriptBlock> = {},
  ): TranscriptBlock => ({
    seq,
    run,
    at: now - (9 - seq) * MINUTE,
    kind,
    text,
    status: null,
    output: null,
    exitCode: null,
    diffs: [],
    ...given,
  });
  const unified =
    '--- a/src/http/rate-limit.ts\n+++ b/src/http/rate-limit.ts\n@@ -22,3 +22,4 @@\n const key = await keys.find(req);\n-if (!key) return next();\n+if (!key) return deny(res, 401);\n+const d = await take(key, 1);\n';
  return {
    runs:
      task.runs === 0
        ? []
        : [
            {
              id: run,
              task: task.id,
              agent: task.agent,
              state: task.state === 'running' ? 'working' : 'ended',
              end: task.state === 'running' ? null : 'completed',
              startedAt: task.since,
              endedAt: null,
              error: null,
              cost: task.cost,
              contained: true,
            },
          ],
    transcript: [
      block(1, ['input', 'Anonymous calls must get 401 here, not fall through to the route.']),
      block(2, ['thought', 'The route is registered before the middleware; the order matters.']),
      block(3, ['edit', 'src/http/rate-limit.ts'], {
        status: 'ok',
        diffs: [{ path: 'src/http/rate-limit.ts', unified }],
      }),
      block(4, ['command', 'pnpm vitest run rate-limit'], {
        status: 'failed',
        exitCode: 1,
        output:
          '\u001b[32m✓\u001b[0m allows a burst up to capacity\n\u001b[31m✗ sends Retry-After as whole seconds\u001b[0m\n11 passed, 3 failed of 14, 1.9 s',
      }),
      block(5, ['text', 'Rounding up with `Math.ceil` in `deny()`.']),
    ],
  };
}

/** The diff of any task. */
export const sampleDiff: Diff = {
  files: [
    { path: 'src/http/rate-limit.ts', from: null, status: 'modified', added: 2, removed: 1, binary: false },
  ],
  patch:
    'diff --git a/src/http/rate-limit.ts b/src/http/rate-limit.ts\nindex 1111111..2222222 100644\n--- a/src/http/rate-limit.ts\n+++ b/src/http/rate-limit.ts\n@@ -22,3 +22,4 @@\n const key = await keys.find(req);\n-if (!key) return next();\n+if (!key) return deny(res, 401);\n+const d = await take(key, 1);\n const x = 1;\n',
  truncated: false,
};

/** Puts an event on the sample's log. */
export type Emit = (event: Pick<ThalogosEvent, 'type' | 'data'> & { readonly task?: string }) => void;
