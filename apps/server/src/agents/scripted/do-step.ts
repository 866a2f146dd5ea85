import { spawn } from 'node:child_process';
import type { Mark } from '@thalogos/contracts/marks/mark';
import { doFileStep, type FileMark } from './file-steps.ts';
import { StepFailure } from '../inside-worktree.ts';
import { runCommand } from '../run-command.ts';
import type { Stage } from './stage.ts';

/** A forgotten daemon ends by itself, whatever becomes of us. */
const DAEMON_SECONDS = '600';
const FLOOD_LINE = 'The quick brown fox jumps over the lazy dog; this line is one of many.';

/** Some marks share a shape under several kinds, which `Extract` would not find. */
type Having<Kind, M> = M extends { readonly kind: infer Kinds } ? (Kind extends Kinds ? M : never) : never;
type MarkOf = { readonly [Kind in Mark['kind']]: Having<Kind, Mark> };
type Steps = { readonly [Kind in Mark['kind']]: (stage: Stage, mark: MarkOf[Kind]) => Promise<void> };

const STEPS: Steps = {
  write: changeFile,
  append: changeFile,
  edit: changeFile,
  delete: changeFile,
  read: readFile,
  sh: runShell,
  say: (stage, { text }) => {
    stage.said = text;
    return stage.emit({ type: 'text', itemId: stage.nextItem(), delta: text });
  },
  think: (stage, { text }) => stage.emit({ type: 'thought', itemId: stage.nextItem(), delta: text }),
  plan: (stage, { steps }) =>
    stage.emit({ type: 'plan', steps: steps.map((text) => ({ text, status: 'pending' as const })) }),
  usage: (stage, { input, output }) => stage.emit({ type: 'usage', turn: { input, output } }),
  ask: askPerson,
  sleep: (stage, { ms }) => stage.wait(ms),
  slow: async (stage, { ms }) => stage.setSlow(ms),
  hang: (stage) => stage.goDeaf(),
  fail: async (_stage, { text }) => {
    throw new StepFailure(text);
  },
  crash: async () => {
    process.kill(process.pid, 'SIGKILL');
  },
  flood,
  daemon: startDaemon,
  http: async () => undefined,
  drop: async () => undefined,
  call: async () => undefined,
  invalid: async (_stage, { mark, reason }) => {
    throw new StepFailure(`[[${mark}]] can't be understood: ${reason}`);
  },
};

/** Carries out one mark; throws `StepFailure` with the reason where it can't be done. */
export function doStep(stage: Stage, mark: Mark): Promise<void> {
  return doKind(stage, mark.kind, mark);
}

function doKind<Kind extends Mark['kind']>(stage: Stage, kind: Kind, mark: MarkOf[Kind]): Promise<void> {
  return STEPS[kind](stage, mark);
}

async function changeFile(stage: Stage, mark: FileMark): Promise<void> {
  const tool = {
    type: 'tool',
    itemId: stage.nextItem(),
    kind: 'edit',
    title: `${mark.kind} ${mark.path}`,
  } as const;
  await stage.emit({ ...tool, phase: 'started' });
  try {
    const { unified } = await doFileStep(stage.cwd, mark);
    await stage.emit({ ...tool, phase: 'ended', status: 'ok', diffs: [{ path: mark.path, unified }] });
  } catch (error) {
    await stage.emit({ ...tool, phase: 'ended', status: 'failed' });
    throw error;
  }
}

async function readFile(stage: Stage, mark: FileMark): Promise<void> {
  const tool = { type: 'tool', itemId: stage.nextItem(), kind: 'read', title: `read ${mark.path}` } as const;
  await stage.emit({ ...tool, phase: 'started' });
  const { output } = await doFileStep(stage.cwd, mark);
  await stage.emit({ ...tool, phase: 'ended', status: 'ok', output });
}

/** A command that fails is a result, as it is for a real agent; only one that can't be run fails the turn. */
async function runShell(stage: Stage, { command }: { readonly command: string }): Promise<void> {
  const tool = { type: 'tool', itemId: stage.nextItem(), kind: 'command', title: command, command } as const;
  await stage.emit({ ...tool, phase: 'started' });
  let told = Promise.resolve();
  const end = await runCommand(command, {
    cwd: stage.cwd,
    signal: stage.signal,
    onOutput: (output) => {
      told = told.then(() => stage.emit({ ...tool, phase: 'output', output }));
      // Awaited below; until then an interruption must not count as nobody's.
      told.catch(() => undefined);
    },
  });
  await told;
  stage.signal.throwIfAborted();
  const ended = {
    ...tool,
    phase: 'ended',
    status: end.code === 0 ? 'ok' : 'failed',
    output: end.output,
  } as const;
  await stage.emit(end.code === null ? ended : { ...ended, exitCode: end.code });
}

async function askPerson(stage: Stage, mark: Extract<Mark, { kind: 'ask' }>): Promise<void> {
  const requestId = `ask-${stage.nextItem()}`;
  await stage.emit({ type: 'question', requestId, question: mark.question, options: [...mark.options] });
  stage.answer = (await stage.reply(requestId)).note;
}

async function flood(stage: Stage, { lines }: { readonly lines: number }): Promise<void> {
  const tool = { type: 'tool', itemId: stage.nextItem(), kind: 'other', title: `flood ${lines}` } as const;
  await stage.emit({ ...tool, phase: 'started' });
  for (let line = 1; line <= lines; line += 1) {
    await stage.emit({ ...tool, phase: 'output', output: `${line} ${FLOOD_LINE}\n` });
    stage.signal.throwIfAborted();
  }
  await stage.emit({ ...tool, phase: 'ended', status: 'ok' });
}

async function startDaemon(stage: Stage): Promise<void> {
  const child = spawn('sleep', [DAEMON_SECONDS], { cwd: stage.cwd, detached: true, stdio: 'ignore' });
  child.unref();
  await stage.emit({ type: 'notice', text: `Started a daemon with process id ${child.pid ?? 'unknown'}` });
}
