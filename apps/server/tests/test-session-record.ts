import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Task, TimelineEntry } from '@thalogos/contracts';
import type { Frame } from '../src/api/test-viewer.ts';

const FILE = join(import.meta.dirname, '..', '..', '..', 'docs', 'agents', 'session.md');

/** An agent whose program was killed at work; times in ms since 1970, processes by their names. */
export interface Killed {
  readonly task: string;
  readonly at: number;
  /** When the server knew that its run had ended. */
  readonly knownAt: number;
  /** When an agent was at work on its task again. */
  readonly backAt: number;
  readonly before: readonly string[];
  readonly left: readonly string[];
}

/** What is known of a session when its work is saved. */
export interface SessionFacts {
  readonly frames: readonly Frame[];
  readonly tasks: readonly Task[];
  readonly killed: Killed;
  /** Who each commit of main is by, with the program and its version. */
  readonly authors: readonly string[];
  readonly checkpoint: TimelineEntry;
}

/** Writes the record of a session where people read it, if the environment asks for that. */
export async function recordSession(facts: SessionFacts): Promise<void> {
  if (process.env['THALOGOS_RECORD_SESSION'] === '1') await writeFile(FILE, toRecord(facts));
}

function toRecord({ frames, tasks, killed, authors, checkpoint }: SessionFacts): string {
  const agent = agentOf(tasks, killed.task);
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
  return `# Three agents at one goal

Written by \`THALOGOS_RECORD_SESSION=1 npx vitest run --project integration apps/server/tests/agents-to-checkpoint.integration.test.ts\`: the real ${authors.map((author) => `\`${author.split(' ').at(-1) ?? ''}\``).join(', ')} in one real server, each contained, before the scripted model provider on loopback. Without the variable the same test runs and writes nothing; it demands who worked, that the death was known within 5 s, that nothing of that run was left, that its session went on, and what the checkpoint holds.

## What happened

| after | who | what |
| --- | --- | --- |
${momentsOf(frames, tasks, killed)
  .map(({ at, who, what }) => `| ${seconds(at)} | ${who} | ${what} |`)
  .join('\n')}

## The agent that was killed

| | |
| --- | --- |
| what was killed | \`SIGKILL\` to the program of ${agent}, in the middle of a command |
| alive in its run before | ${killed.before.map((name) => `\`${name}\``).join(', ')} |
| its death was known | ${seconds(killed.knownAt - killed.at)} after it |
| alive of its run then | ${killed.left.length === 0 ? 'nothing' : killed.left.join(', ')} |
| an agent was at work on its task again | ${seconds(killed.backAt - killed.at)} after it: ${agent}, in its own session |

## The checkpoint

\`${checkpoint.tag ?? ''}\`, signature ${checkpoint.signature}, ${checkpoint.tasks.length} tasks:

| task | agent | runs | files | tokens |
| --- | --- | --- | --- | --- |
${tasks.map(toRow).join('\n')}
`;
}

function toRow({ title, agent, runs, files, cost }: Task): string {
  return `| ${title} | ${agent ?? ''} | ${runs} | ${files.changed} | ${cost?.tokens ?? 'not reported'} |`;
}

interface Moment {
  readonly at: number;
  readonly who: string;
  readonly what: string;
}

/** What each event says in a table, by its type; an event without a line here is left out. */
const SAID: Readonly<Record<string, (data: Data) => string>> = {
  'goal.stated': () => 'states a goal of three tasks',
  'run.started': ({ contained }) => `begins to work${contained === true ? ', contained' : ', not contained'}`,
  'decision.opened': ({ decision }) => `asks for leave: \`${decision?.summary.split(': ').at(-1) ?? ''}\``,
  'decision.settled': () => 'allows it',
  'run.ended': ({ end, error }) => `run ${end ?? ''}${error == null ? '' : ` (${error.message})`}`,
  'task.queued': ({ reason }) => (reason == null ? '' : `is to go on: ${reason}`),
  'task.finished': () => 'result rests in review',
  'task.approved': () => 'is approved',
  'save.started': () => 'presses Save',
  'checkpoint.published': () => 'checkpoint is on main',
  'save.delivered': ({ delivery }) => `the person’s checkout: ${delivery?.state ?? ''}`,
};

/** What is read of an event’s own part. */
interface Data {
  readonly contained?: boolean;
  readonly end?: string;
  readonly reason?: string | null;
  readonly error?: { readonly message: string } | null;
  readonly decision?: { readonly summary: string };
  readonly delivery?: { readonly state: string };
}

function momentsOf(frames: readonly Frame[], tasks: readonly Task[], killed: Killed): readonly Moment[] {
  const told = frames.flatMap(({ event, data: frame }): readonly Moment[] => {
    const { at, task, by, data } = frame as { at: number; task: string | null; by: string; data: Data };
    const what = SAID[event]?.(data) ?? '';
    if (what === '') return [];
    const title = tasks.find(({ id }) => id === task)?.title;
    const who = event.startsWith('run.') ? agentOf(tasks, task) : nameOf(by);
    return [{ at, who, what: title === undefined ? what : `${title}: ${what}` }];
  });
  const begin = told[0]?.at ?? 0;
  const death = { at: killed.at, who: 'the test', what: `kills ${agentOf(tasks, killed.task)} with SIGKILL` };
  return [...told, death]
    .toSorted((one, other) => one.at - other.at)
    .map((moment) => ({ ...moment, at: moment.at - begin }));
}

function agentOf(tasks: readonly Task[], task: string | null): string {
  return tasks.find(({ id }) => id === task)?.agent ?? 'orchestrator';
}

/** Whoever is neither an agent nor the orchestrator is the person, whose name is that of their account. */
function nameOf(by: string): string {
  return ['orchestrator', 'codex', 'claude', 'gemini'].includes(by) ? by : 'the person';
}
