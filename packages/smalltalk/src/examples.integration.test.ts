import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { answerChat, startProvider } from './llm/test-providers.ts';
import { SmallTalk } from './small-talk.ts';
import { hasRedis, startRedis } from './test-redis.ts';

const folder = join(import.meta.dirname, '../examples');
const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));

type Stage = {
  readonly print: (line: string) => void;
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
};

const Example = z.object({
  default: z.custom<(environment: object, folder: string) => SmallTalk | Promise<SmallTalk>>(isFunction),
  demo: z.custom<(stage: Stage) => Promise<void>>(isFunction),
});

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

/** What each example shows to somebody without a key. */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  'basic-chat.ts': ['Nice to meet you.', 'Your name is Ada.', 'Nice to meet you.'],
  'budget.ts': ['answered by gpt-4o, at a price', 'then: budget-exhausted', '1 call was paid'],
  'business-meeting.ts': [
    'Sales: Customers ask for it every week.',
    'Finance: It pays off in the second year.',
    'Engineering: Two people can build it in a month.',
    'Finance: It costs 40,000 a year.',
    'Engineering: Here is the plan: two people, one month.',
    '2 tasks are done',
  ],
  'events.ts': [
    'message_processed: Host',
    'the process has ended, and another begins',
    'Ada came while nobody watched',
    '1 event was missed',
  ],
  'health-recovery.ts': [
    'Doctor answers',
    'Nurse answers: I will ask the doctor.',
    'Doctor answers again',
    '1 agent was recovered',
  ],
  'interruption.ts': [
    'paused after 1 of 3 steps',
    'Researcher: Sleep: three sources.',
    'Writer: We sleep to remember.',
    'Reviewer: The logic is sound.',
    'answered',
  ],
  'language-tutor.ts': ['Guten Tag!', 'Ich bin müde. (sein: ich bin)'],
  'local-model.ts': ['Soft, thy question breaks like morning.', 'Be bold, and ask again.'],
  'manifests.ts': ['Librarian, Tutor', 'Tutor: Add 2 on both sides.', 'Librarian: Shelf 4, on the left.'],
  'memory.ts': ['Pixel, as the summary says.', '14 messages are kept'],
  'persistence.ts': ['Noted.', '2 messages are there again', 'On Friday.', 'SessionGoneError'],
  'presets.ts': [
    'CodeHelper: Use a Map: look-ups stay fast.',
    'Poet: Rain writes on windows.',
    'Jack: Arr, reef the sails!',
  ],
  'production-robustness.ts': [
    'session: 2 messages after a restart',
    'group: Reviewer spoke last',
    'event: a paper on sleep',
    'failure: somebody else answered: true',
    'state: {"step":2,"owner":"Bo"} at version 3',
  ],
  'rag-research.ts': ['search_library: completed', 'It keeps what was learnt (sleep-1, sleep-2).'],
  'routing.ts': [
    'My engine stutters -> Mechanic',
    '@Chef what do you say? -> Chef',
    'An emergency: he fainted -> Medic',
    'My car is broken -> Chef',
    'Mechanic: local',
    'Chef: address',
    'Medic: rule',
    'Chef: manual',
  ],
  'tools-and-mcp.ts': [
    'weather: completed',
    'mcp__clock__days_between: completed',
    'mcp__clock__set_clock: refused',
    'Take an umbrella.',
  ],
  'two-processes.ts': [
    'Start a Redis, "redis-server --port 6379", and say where it is: REDIS_URL=redis://127.0.0.1:6379',
  ],
  'web-api-server.ts': ['We have three kinds of tea.', 'The green one is 4 euros.', '200'],
};

async function play(file: string, environment: Readonly<Record<string, string>>): Promise<string[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'smalltalk-example-'));
  try {
    const example = Example.parse(await import(pathToFileURL(join(folder, file)).href));
    const lines: string[] = [];
    await example.demo({ print: (line) => void lines.push(line), environment, folder: scratch });
    expect(await example.default({}, scratch)).toBeInstanceOf(SmallTalk);
    return lines;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Those that need no key: one speaks to a model of one's own, the other to a Redis. */
const KEYLESS = ['local-model.ts', 'two-processes.ts'];

describe.each(files.filter((file) => !KEYLESS.includes(file)))('the example %s', (file) => {
  it('talks with the model behind a key where there is one', async () => {
    const provider = await startProvider((_asked, response) => answerChat(response, ['Certainly.']));
    try {
      const lines = await play(file, { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: `${provider.url}/v1` });
      expect(lines.length).toBeGreaterThan(0);
      expect(new Set(provider.asked.map(({ headers }) => headers['authorization']))).toEqual(
        new Set(['Bearer k']),
      );
    } finally {
      await provider.stop();
    }
  });
});

describe.each(files)('the example %s', (file) => {
  it('shows without a key what it promises', async () => {
    expect(await play(file, {})).toEqual(SHOWN[file]);
  });
});

it.skipIf(!hasRedis)(
  'of two processes one is killed, and the other goes on with all of its work',
  async () => {
    const redis = await startRedis();
    try {
      const lines = await play('two-processes.ts', { REDIS_URL: redis.socket });
      expect(lines).toEqual([
        'this process: Noted.',
        'the other process: You are Ada.',
        'the other process packs order 1',
        'the other process holds order 2',
        'the other process was killed',
        'of the acknowledged notes 0 are lost',
        'this process: You are Ada.',
        'this process packs order 2',
        'this process packs order 3',
      ]);
    } finally {
      await redis.stop();
    }
  },
);
