import type { TaskVisits } from '@thalogos/contracts';
import { findEditors } from './find-editors.ts';
import { openEditor } from './open-editor.ts';
import { Previews } from './previews.ts';
import { requireTask } from './require-worktree.ts';
import { Terminals } from './terminals.ts';
import type { EditorDeps, PreviewDeps, TerminalDeps } from './visits-deps.ts';
import type { VisitCalls } from './visits.api.ts';

/** People in the worktrees of tasks: their terminals, dev servers and editors. */
export interface Visits {
  readonly calls: VisitCalls;
  /** The way of a viewer's connection to its terminal. */
  readonly join: Terminals['join'];
  /** Ends everything in a task's worktree, which is about to be taken away. */
  leave(task: string): Promise<void>;
  /** Ends the dev servers of tasks that are done, and those of their terminals that nobody looks at. */
  tidy(isDone: (task: string) => boolean): Promise<void>;
  close(): Promise<void>;
}

/** Makes what people do in worktrees. */
export function makeVisits(deps: TerminalDeps & PreviewDeps & EditorDeps): Visits {
  const terminals = new Terminals(deps);
  const previews = new Previews(deps);
  const of = async (id: string): Promise<TaskVisits> => {
    const task = requireTask(deps, id);
    const [offer, editors] = await Promise.all([previews.offer(task), findEditors(deps)]);
    return {
      ...{ worktree: task.worktree, terminals: [...terminals.ofTask(id)], preview: previews.of(id), offer },
      editors: editors.map(({ id: name, title }) => ({ id: name, title })),
    };
  };
  return {
    calls: {
      of,
      openTerminal: (wish, actor) => terminals.open(wish, actor),
      closeTerminal: (terminal, actor) => terminals.close(terminal, actor),
      startPreview: (wish, actor) => previews.start(wish, actor),
      stopPreview: (task) => previews.stop(task),
      previewLog: (task, after) => previews.log(task, after),
      openEditor: async (wish, actor) => {
        const { id, title } = await openEditor(deps, wish, actor);
        return { id, title };
      },
    },
    join: (terminal, viewer, from) => terminals.join(terminal, viewer, from),
    leave: async (task) => {
      await Promise.all([terminals.leave(task, 'all', 'its worktree was taken away'), previews.forget(task)]);
    },
    tidy: async (isDone) => {
      const done = [...new Set([...terminals.tasks(), ...previews.tasks()])].filter(isDone);
      await Promise.all(
        done.flatMap((task) => [
          terminals.leave(task, 'unwatched', 'its task is done'),
          previews.forget(task),
        ]),
      );
    },
    close: async () => {
      await Promise.all([terminals.end(), previews.end()]);
    },
  };
}
