import { access, constants } from 'node:fs/promises';
import { basename, delimiter, isAbsolute, join } from 'node:path';
import { EDITORS, editorOf, wordsOf } from './editors.ts';
import type { EditorDeps, Host } from './visits-deps.ts';

/** An editor that is there: what starts it. */
export interface FoundEditor {
  readonly id: string;
  readonly title: string;
  /** The program's absolute path, and a person's own words. */
  readonly words: readonly string[];
}

/** Variables without which no window opens on Linux. */
const DISPLAYS = ['DISPLAY', 'WAYLAND_DISPLAY', 'VSCODE_IPC_HOOK_CLI'];

/** The editors that can be opened on this machine, best first: the one that was named, then VISUAL and EDITOR, then what is installed. */
export async function findEditors({
  host,
  named,
}: Pick<EditorDeps, 'host' | 'named'>): Promise<FoundEditor[]> {
  const hasDisplay =
    process.platform !== 'linux' || DISPLAYS.some((name) => (host[name] ?? '') !== '') || named !== null;
  if (!hasDisplay) return [];
  const wished = [host['VISUAL'], host['EDITOR']].map((command) => wordsOf(command ?? ''));
  // Vim and its like need a terminal: only what is known to open a window is started from these two.
  const usable = wished.filter(([program = '']) => editorOf(program) !== null);
  const installed = EDITORS.flatMap(({ programs }) => programs.map((program) => [program]));
  const all = [...(named === null ? [] : [named]), ...usable, ...installed];
  const found = await Promise.all(all.map((words) => locate(words, host)));
  const byId = new Map<string, FoundEditor>();
  for (const one of found) if (one !== null && !byId.has(one.id)) byId.set(one.id, one);
  return [...byId.values()];
}

async function locate([program = '', ...words]: readonly string[], host: Host): Promise<FoundEditor | null> {
  const folders = (host['PATH'] ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  const places = isAbsolute(program) ? [program] : folders.map((folder) => join(folder, program));
  for (const place of places) {
    const isThere = await access(place, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (!isThere) continue;
    const known = editorOf(place);
    const name = known ?? { id: basename(place), title: basename(place) };
    return { id: name.id, title: name.title, words: [place, ...words] };
  }
  return null;
}
