import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AgentReply,
  type ConversationAgent,
  type LogSink,
  type Message,
  SmallTalk,
  type SmallTalkOptions,
} from '../src/index.ts';

/** One line of the table: what is promised, and what was measured. */
export type Figure = {
  readonly id: string;
  readonly promise: string;
  readonly workload: string;
  readonly measured: string;
  /** A text where it depends. */
  readonly isKept: boolean | string;
};

/** Measures some figures; each begins with a scratch folder of its own. */
export type Measurement = (folder: string) => Promise<readonly Figure[]>;

/** A log that nobody reads. */
export const QUIET: LogSink = { write: () => undefined };

/** Makes a scratch folder for one measurement, and removes it afterwards. */
export async function measureIn(measurement: Measurement): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'smalltalk-measure-'));
  try {
    return await measurement(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How long some work takes, so many times after a tenth of them to warm up; milliseconds in order of size. */
export async function timeAll(count: number, work: (place: number) => unknown): Promise<number[]> {
  for (let warm = 0; warm < count / 10; warm += 1) await work(-1 - warm);
  const times: number[] = [];
  for (let place = 0; place < count; place += 1) {
    const startedAt = performance.now();
    await work(place);
    times.push(performance.now() - startedAt);
  }
  return times.toSorted((one, other) => one - other);
}

/** The time that `share` (0 to 1) of them did not exceed. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** `p50 1.2 ms, p95 3.4 ms`. */
export function describeTimes(sorted: readonly number[]): string {
  return `p50 ${percentile(sorted, 0.5).toFixed(2)} ms, p95 ${percentile(sorted, 0.95).toFixed(2)} ms`;
}

/** A message of about so many bytes. */
export function makeMessage(place: number, bytes: number): Message {
  const role = place % 2 === 0 ? 'user' : 'agent';
  const content = WORDS.repeat(Math.ceil(bytes / WORDS.length)).slice(0, bytes);
  return { id: randomUUID(), role, content, timestamp: 1_700_000_000_000 + place };
}

const WORDS = 'session river agent paper window branch letter merge answer garden morning signal harbour ';

/** An agent that answers at once, unless it is told to fail. */
export class PlainAgent implements ConversationAgent {
  readonly name: string;
  readonly capabilities;
  fails = false;

  constructor(name: string, expertise: readonly string[] = []) {
    this.name = name;
    this.capabilities = {
      expertise,
      tools: [],
      personalityTraits: [],
      taskTypes: [],
      complexity: 'intermediate' as const,
      contextAwareness: 0.5,
      collaborationStyle: 'collaborative',
    };
  }

  generateResponse(message: string): Promise<AgentReply> {
    if (this.fails) return Promise.reject(new Error('The agent is gone'));
    const content = `${this.name} has heard: ${message.slice(0, 100)}`;
    return Promise.resolve({
      agentName: this.name,
      content,
      toolOutcomes: [],
      metadata: { responseTimeMs: 0 },
    });
  }

  ping(): Promise<boolean> {
    return this.fails ? Promise.reject(new Error('The agent is gone')) : Promise.resolve(true);
  }
}

/** A framework that runs, with agents that answer at once. */
export async function openTalk(options: SmallTalkOptions = {}): Promise<SmallTalk> {
  const talk = new SmallTalk({ environment: {}, log: QUIET, agents: [new PlainAgent('Host')], ...options });
  await talk.start();
  return talk;
}
