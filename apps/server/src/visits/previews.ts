import { join } from 'node:path';
import type { Preview, PreviewLine, PreviewOffer } from '@thalogos/contracts';
import type { Actor } from '../access/role.ts';
import { makeKeyedMutex } from '../platform/keyed-mutex.ts';
import { Refusal } from '../platform/refusal.ts';
import { choosePreview } from './choose-preview.ts';
import { findFreePort } from './free-port.ts';
import { type LivePreview, watchPreview } from './live-preview.ts';
import { fillIn, previewHost } from './preview.ts';
import { readPackage } from './read-package.ts';
import { type OpenTask, requireWorktree } from './require-worktree.ts';
import type { PreviewDeps, VisitedTask } from './visits-deps.ts';

const MOST = 8;

type Command = Extract<PreviewOffer, { kind: 'command' }>;

/** The dev servers of tasks, one for each at most: starts, watches and ends them, and nothing of one outlives the server. */
export class Previews {
  readonly #deps: PreviewDeps;
  readonly #live = new Map<string, LivePreview>();
  readonly #given = new Set<number>();
  readonly #queue = makeKeyedMutex();
  #isClosing = false;

  constructor(deps: PreviewDeps) {
    this.#deps = deps;
  }

  /** The one that runs, or how the last one ended. */
  of(task: string): Preview | null {
    return this.#live.get(task)?.preview() ?? null;
  }

  offer(task: VisitedTask): Promise<PreviewOffer> {
    return offerOf(this.#deps, task);
  }

  log(task: string, after: number): readonly PreviewLine[] {
    return this.#live.get(task)?.log(after) ?? [];
  }

  /** The tasks that have one, or had. */
  tasks(): readonly string[] {
    return [...this.#live.keys()];
  }

  start({ task, hash }: { readonly task: string; readonly hash: string }, actor: Actor): Promise<Preview> {
    return this.#queue.run(`task ${task}`, async () => {
      const visited = requireWorktree(this.#deps, task, 'start the preview');
      const current = this.#live.get(task);
      if (current !== undefined && isRunning(current)) return current.preview();
      const command = agreed(await offerOf(this.#deps, visited), visited, hash);
      this.#admit(visited);
      return this.#run(visited, command, actor);
    });
  }

  /** In the task's queue, so that one that is just being started is stopped as well. */
  stop(task: string): Promise<Preview | null> {
    return this.#queue.run(`task ${task}`, async () => {
      const live = this.#live.get(task);
      if (live !== undefined && isRunning(live)) await live.stop();
      return live?.preview() ?? null;
    });
  }

  /** Stops it, and keeps nothing of what it printed. */
  async forget(task: string): Promise<void> {
    await this.stop(task);
    this.#live.delete(task);
  }

  async end(): Promise<void> {
    this.#isClosing = true;
    await Promise.all([...this.#live.keys()].map((task) => this.stop(task)));
  }

  #admit({ title }: VisitedTask): void {
    if (this.#isClosing)
      throw new Refusal('unreachable', 'The server is stopping.', { hint: 'Start it again.' });
    const most = this.#deps.most ?? MOST;
    if ([...this.#live.values()].filter(isRunning).length < most) return;
    throw new Refusal(
      'wrong-state',
      `Could not start the preview of “${title}”: ${most} run already, which is the most.`,
      { hint: 'Stop another preview.' },
    );
  }

  async #run(task: OpenTask, command: Command, actor: Actor): Promise<Preview> {
    const port = await this.#takePort(task.title);
    try {
      const live = await run(this.#deps, { task, command, port, actor });
      this.#live.set(task.id, live);
      void live.ended.catch(this.#deps.onFault).finally(() => this.#given.delete(port));
      return live.preview();
    } catch (cause) {
      this.#given.delete(port);
      throw cause;
    }
  }

  /** In turn, so that two that start at once are not given the same one. */
  async #takePort(title: string): Promise<number> {
    const { from, to } = this.#deps.ports;
    const port = await this.#queue.run('ports', async () => {
      const free = await findFreePort({ from, to }, this.#given);
      if (free !== null) this.#given.add(free);
      return free;
    });
    if (port !== null) return port;
    throw new Refusal(
      'wrong-state',
      `Could not start the preview of “${title}”: the ports ${from} to ${to} are all taken.`,
      { hint: 'Stop another preview, or give them more room with THALOGOS_PREVIEW_PORTS=FROM-TO.' },
    );
  }
}

function isRunning(live: LivePreview): boolean {
  return live.preview().state.kind !== 'ended';
}

async function offerOf(deps: PreviewDeps, { project, worktree }: VisitedTask): Promise<PreviewOffer> {
  if (worktree === null) return { kind: 'none', why: 'The task has no worktree.' };
  const [{ config, hash }, { script, files }] = await Promise.all([
    deps.projects.settingsAt(project, null),
    readPackage(worktree),
  ]);
  const isTrusted = deps.projects.isTrusted(project, hash);
  return choosePreview({ config: config.preview ?? null, isTrusted, script, files });
}

/** The command, if it is still the one that the person has read and nothing has to be trusted first. */
function agreed(offer: PreviewOffer, { title }: VisitedTask, hash: string): Command {
  const attempt = `Could not start the preview of “${title}”`;
  if (offer.kind === 'none') throw new Refusal('wrong-state', `${attempt}. ${offer.why}`);
  if (offer.hash !== hash)
    throw new Refusal('conflict', `${attempt}: its command is not the one that was shown any more.`, {
      hint: 'Look at it again, then start it.',
    });
  if (!offer.isTrusted)
    throw new Refusal('refused', `${attempt}: the project file has not been trusted as it is now.`, {
      hint: 'Look at what it runs under Settings, and trust it there.',
    });
  return offer;
}

interface RunOrder {
  readonly task: OpenTask;
  readonly command: Command;
  readonly port: number;
  readonly actor: Actor;
}

async function run(deps: PreviewDeps, { task, command, port, actor }: RunOrder): Promise<LivePreview> {
  const { config } = await deps.projects.settingsAt(task.project, null);
  const [program = '', ...args] = fillIn(command.command, port);
  const mark = deps.markOf(`visit/preview-${task.id}/`);
  tell(deps, task, { actor, command });
  const running = await deps
    .start({
      ...{ command: program, args, cwd: task.worktree, mark },
      stateDir: join(deps.projects.place(task.project).directory, 'previews', task.id),
      environment: { PORT: String(port), HOST: '127.0.0.1', BROWSER: 'none' },
    })
    .catch((cause: unknown) => {
      throw new Refusal(
        'refused',
        `Could not start the preview of “${task.title}”: ${program} did not start.`,
        {
          hint: 'See that it is installed and on the PATH of the server.',
          cause,
        },
      );
    });
  const path = config.preview?.ready ?? '/';
  const preview: Preview = {
    ...{ task: task.id, by: actor.name, command: [program, ...args], port, state: { kind: 'starting' } },
    ...{ url: `http://${previewHost(task.id)}:${port}${path}`, startedAt: deps.clock.now() },
  };
  const { clock, redactText } = deps;
  const onMoved = (moved: Preview) => record(deps, task, moved);
  const sweep = () => deps.killMarked(mark);
  record(deps, task, preview);
  return watchPreview({ ...{ preview, running, path, clock, redactText, sweep, onMoved } });
}

function tell(
  { recorder, audit }: PreviewDeps,
  task: VisitedTask,
  { actor, command }: Pick<RunOrder, 'actor' | 'command'>,
): void {
  recorder.transact(() =>
    audit.append({
      ...{ who: actor.name, what: 'preview.started', onWhat: task.id, source: 'api' },
      why: `${command.command.join(' ')} (${command.from})`,
    }),
  );
}

function record({ recorder, onFault }: PreviewDeps, task: VisitedTask, preview: Preview): void {
  try {
    recorder.transact(() => {
      const { id, project, session } = task;
      const about = { project, session, task: id, by: preview.by };
      recorder.record({ ...about, type: 'preview.moved', data: { preview } });
    });
  } catch (cause) {
    onFault(cause);
  }
}
