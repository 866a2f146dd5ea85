import { spawn } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import type { Actor } from '../access/role.ts';
import { allowedEnvironment } from '../platform/process.ts';
import { Refusal } from '../platform/refusal.ts';
import { argumentsOf, type EditorTarget } from './editors.ts';
import { type FoundEditor, findEditors } from './find-editors.ts';
import { type OpenTask, requireWorktree } from './require-worktree.ts';
import type { EditorDeps } from './visits-deps.ts';

/** What is to be opened: a worktree, or a file of it. */
export interface EditorWish {
  readonly task: string;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
}

/** What a window needs of the person's desktop. */
const DESKTOP = [
  ...[
    'DISPLAY',
    'WAYLAND_DISPLAY',
    'XAUTHORITY',
    'XDG_RUNTIME_DIR',
    'XDG_CURRENT_DESKTOP',
    'XDG_SESSION_TYPE',
  ],
  ...[
    'XDG_CONFIG_HOME',
    'XDG_DATA_HOME',
    'XDG_CACHE_HOME',
    'DBUS_SESSION_BUS_ADDRESS',
    'VSCODE_IPC_HOOK_CLI',
  ],
];
/** An editor that ends badly does so at once. */
const WATCHED_MS = 1500;

/** Opens a task's worktree, or a file of it, in the person's editor; answers which one. */
export async function openEditor(deps: EditorDeps, wish: EditorWish, actor: Actor): Promise<FoundEditor> {
  const task = requireWorktree(deps, wish.task, 'open an editor');
  const target = await targetOf(task, wish);
  const [editor] = await findEditors(deps);
  if (editor === undefined)
    throw new Refusal('not-found', `Could not open “${task.title}” in an editor: none was found.`, {
      hint: 'Name yours with THALOGOS_EDITOR, or copy the path.',
      details: { path: target.file ?? target.folder },
    });
  deps.recorder.transact(() =>
    deps.audit.append({
      ...{ who: actor.name, what: 'editor.opened', onWhat: task.id, source: 'api' },
      why: `${editor.title}: ${target.file ?? target.folder}`,
    }),
  );
  await start(deps, editor, target);
  return editor;
}

/** A path that an agent may have written leads nowhere but into its worktree, links included. */
async function targetOf(task: OpenTask, { file, line }: EditorWish): Promise<EditorTarget> {
  const folder = await realpath(task.worktree);
  if (file === undefined) return { folder, file: null, line: null };
  const real = await realpath(resolve(folder, file)).catch(() => null);
  if (real === null)
    throw new Refusal('not-found', `Could not open ${file} of “${task.title}”: it is not there.`, {
      hint: 'It may have been deleted or renamed since.',
    });
  if (real !== folder && !real.startsWith(`${folder}${sep}`))
    throw new Refusal('refused', `Could not open ${file} of “${task.title}”: it is outside its worktree.`);
  return { folder, file: real, line: line ?? null };
}

/**
 * An editor is the person's own program and stays open when the server ends: it carries no mark of ours, and
 * its own group.
 */
async function start(deps: EditorDeps, { title, words }: FoundEditor, target: EditorTarget): Promise<void> {
  const child = spawn(words[0] ?? '', [...argumentsOf(words, target)], {
    cwd: target.folder,
    env: allowedEnvironment(deps.host, {}, DESKTOP),
    stdio: 'ignore',
    detached: true,
  });
  child.unref();
  const { promise, resolve: settle } = Promise.withResolvers<string | null>();
  const timer = setTimeout(() => settle(null), WATCHED_MS);
  child.once('error', (error) => settle(error.message));
  child.once('exit', (code, signal) =>
    settle(code === 0 ? null : `it ended with ${signal ?? `code ${code}`}`),
  );
  const trouble = await promise;
  clearTimeout(timer);
  if (trouble !== null)
    throw new Refusal('refused', `Could not open ${title}: ${trouble}.`, {
      hint: 'Name another one with THALOGOS_EDITOR, or copy the path.',
      details: { path: target.file ?? target.folder },
    });
}
