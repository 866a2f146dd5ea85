import type { Attachment, ChatMessage, Discussion, Goal, RoleInfo, Task } from '@thalogos/contracts';
import { sampleTask } from '../src/testing/sample-task.ts';

/** What the chat has set in motion, as the sample link shows it. */
export interface SampleTalk {
  goal: Goal | null;
  tasks: readonly Task[];
  messages: readonly ChatMessage[];
  discussion: Discussion | null;
}

/** Some of the roles. */
export const sampleRoles: RoleInfo[] = [
  {
    ...{ name: 'architect', title: 'Architect', policy: 'read-only' },
    does: 'Decides how parts are cut and what they may know of each other; changes no file.',
  },
  {
    name: 'qa',
    title: 'QA',
    policy: 'workspace',
    does: 'Writes tests that show what works and what does not.',
  },
  {
    ...{ name: 'security', title: 'Security', policy: 'read-only' },
    does: 'Looks for what an attacker could use; changes no file.',
  },
];

/** What the chat shows after these words: a plan by a model, a discussion, or an answer of the Guide. */
export function sampleTalk(text: string): SampleTalk {
  if (text.startsWith('/plan')) return { ...planned(text.slice(6)), messages: [], discussion: null };
  if (text.startsWith('/discuss')) return discussed(text.slice(9));
  return { goal: null, tasks: [], discussion: null, messages: [answer()] };
}

const says = (seq: number, agentName: string, content: string): ChatMessage => ({
  ...{ seq, id: `m-${seq}`, role: 'agent', content, at: Date.now(), agentName, goal: null, task: null },
});

function answer(): ChatMessage {
  return {
    ...says(
      20,
      'Guide',
      'What waits:\n\n- To answer: Which header carries the key?\n- To review: Token bucket and its store',
    ),
    links: [
      { to: 'inbox', id: null, label: 'Inbox' },
      { to: 'review', id: 't-bucket', label: 'Token bucket and its store' },
    ],
  };
}

function planned(text: string): Pick<SampleTalk, 'goal' | 'tasks'> {
  const file = (path: string, change: 'create' | 'update') => ({ path, change, confidence: 0.8 });
  const of = { goal: 'g-9', state: 'planned', agent: 'codex' } as const;
  return {
    goal: {
      ...{
        id: 'g-9',
        session: 's-1',
        text,
        state: 'proposed',
        planner: 'openai/gpt-5',
        createdAt: Date.now(),
      },
    },
    tasks: [
      sampleTask({
        ...{ ...of, id: 't-p1', key: 'limits', title: 'Read the limits of a key from the plan it pays for' },
        text: 'Read the limits of a key from its plan. A key without a plan gets the smallest limits.',
        predicted: [file('src/limits/plan.ts', 'create'), file('src/limits/bucket.ts', 'update')],
      }),
      sampleTask({
        ...{ ...of, id: 't-p2', key: 'tests', title: 'Test each plan', role: 'qa', agent: 'claude' },
        ...{ text: 'Test each plan at its limit and one above.', after: ['t-p1'] },
        predicted: [
          ...['plan', 'bucket', 'usage', 'keys'].map((name) => file(`test/limits/${name}.test.ts`, 'create')),
        ],
      }),
      sampleTask({
        ...{ ...of, id: 't-p3', key: 'review', title: 'Look for ways around the limits', role: 'security' },
        ...{ text: 'Look for ways around the limits.', after: ['t-p1', 't-p2'] },
      }),
    ],
  };
}

function discussed(topic: string): SampleTalk {
  const words = [
    'Keep the limits in one table, read once a minute. A file for each plan would have to be shipped to change a figure.',
    'Then a test needs a clock in its hand: what happens to a request that begins under one limit and ends under another?',
    'The table decides who may do what, so only an admin may write it, and every change belongs in the audit.',
  ];
  return {
    ...{ goal: null, tasks: [] },
    messages: words.map((content, index) =>
      says(10 + index, ['Architect', 'QA', 'Security'][index] ?? '', content),
    ),
    discussion: {
      ...{ id: 'd', session: 's-1', topic, roles: ['architect', 'qa', 'security'], model: 'openai/gpt-5' },
      ...{ state: 'speaking', speaker: 'Architect', turns: 3, maxTurns: 9, tokens: 4210, maxTokens: 120_000 },
      reason: null,
    },
  };
}

/** What the Guide told of the tasks so far. */
export function sampleNews(now: number): readonly ChatMessage[] {
  const told = [
    ['t-columns', 'Limit columns on API keys is ready for review: 4 files changed.'],
    ['t-usage', 'Count refused calls too?', 'd-2'],
    ['t-openapi', 'Limits in openapi.yaml: nothing has been heard of product for a while.'],
    ['t-bucket', 'Token bucket and its store failed: the store could not be reached.'],
    ['t-openapi', 'Limits in openapi.yaml is ready for review: 1 file changed.'],
    ['t-bucket', 'Token bucket and its store: codex goes on in place of gemini.'],
    ['t-bucket', 'Token bucket and its store is ready for review: 6 files changed.'],
    ['t-usage', 'Add a package to web?', 'd-1'],
  ] as const;
  return told.map(([task, content, decision], index) => ({
    ...says(3 + index, 'Guide', content),
    ...{ task, at: now - (30 - index * 3) * 60_000 },
    ...(decision === undefined ? {} : { decision }),
  }));
}

/** Files as they come back with what was said. */
export function sampleFiles(ids: readonly string[] = []): Attachment[] {
  return ids.map((id, index) => ({
    ...{
      id,
      project: 'p-1',
      name: index === 0 ? 'limits.png' : 'notes.md',
      bytes: 48_210,
      createdAt: Date.now(),
    },
    ...{ mediaType: index === 0 ? 'image/png' : 'text/plain', sha256: 'a'.repeat(64) },
  }));
}
