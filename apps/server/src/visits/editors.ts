import { basename } from 'node:path';

/** What is to be opened; all paths absolute. */
export interface EditorTarget {
  readonly folder: string;
  readonly file: string | null;
  readonly line: number | null;
}

/** An editor with a window of its own, and how it is told what to open. */
export interface KnownEditor {
  readonly id: string;
  readonly title: string;
  /** What its program may be called. */
  readonly programs: readonly string[];
  readonly argumentsFor: (target: EditorTarget) => readonly string[];
}

const place = ({ file, line }: EditorTarget) => (line === null ? [file ?? ''] : [`${file ?? ''}:${line}`]);
const likeCode = (target: EditorTarget) =>
  target.file === null ? [target.folder] : [target.folder, '--goto', ...place(target)];
const likeSublime = (target: EditorTarget) =>
  target.file === null ? [target.folder] : [target.folder, ...place(target)];
const likeIdea = ({ folder, file, line }: EditorTarget) => {
  if (file === null) return [folder];
  return line === null ? [file] : ['--line', String(line), file];
};

/** The editors that are looked for, in this order. */
export const EDITORS: readonly KnownEditor[] = [
  { id: 'code', title: 'VS Code', programs: ['code', 'code-insiders'], argumentsFor: likeCode },
  { id: 'cursor', title: 'Cursor', programs: ['cursor'], argumentsFor: likeCode },
  { id: 'windsurf', title: 'Windsurf', programs: ['windsurf'], argumentsFor: likeCode },
  { id: 'codium', title: 'VSCodium', programs: ['codium', 'vscodium'], argumentsFor: likeCode },
  { id: 'zed', title: 'Zed', programs: ['zed', 'zeditor'], argumentsFor: likeSublime },
  { id: 'subl', title: 'Sublime Text', programs: ['subl'], argumentsFor: likeSublime },
  { id: 'idea', title: 'IntelliJ IDEA', programs: ['idea'], argumentsFor: likeIdea },
  { id: 'webstorm', title: 'WebStorm', programs: ['webstorm'], argumentsFor: likeIdea },
  { id: 'pycharm', title: 'PyCharm', programs: ['pycharm'], argumentsFor: likeIdea },
  { id: 'goland', title: 'GoLand', programs: ['goland'], argumentsFor: likeIdea },
];

/** Words that make an editor wait for its window, which nobody here does. */
const WAITING = new Set(['-w', '--wait', '-n', '--nofork', '-f']);

/** The known editor that a program is, by its name. */
export function editorOf(program: string): KnownEditor | null {
  const name = basename(program).replace(/\.(exe|cmd|bat)$/i, '');
  return EDITORS.find(({ programs }) => programs.includes(name)) ?? null;
}

/** A command as the variables VISUAL and EDITOR hold it: words between blanks, none of which is run by a shell. */
export function wordsOf(command: string): readonly string[] {
  const [program, ...words] = command.trim().split(/\s+/);
  return program === undefined || program === ''
    ? []
    : [program, ...words.filter((word) => !WAITING.has(word))];
}

/** What follows the program: a person's own words first, then what is to be opened. */
export function argumentsOf(words: readonly string[], target: EditorTarget): readonly string[] {
  const [program = '', ...own] = words;
  const known = editorOf(program);
  return [...own, ...(known?.argumentsFor(target) ?? [target.file ?? target.folder])];
}
