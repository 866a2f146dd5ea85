import { readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { defineTool, type Tool } from '@thalogos/smalltalk';
import { z } from 'zod';
import { changeFile, readTextIfThere } from '../change-file.ts';
import { insideWorktree, StepFailure } from '../inside-worktree.ts';
import type { Desk } from './desk.ts';

const path = z.string().describe('Relative to the worktree');
const readable = z
  .string()
  .describe('Relative to the worktree, or the whole path of a file that came with the goal');

/** How many lines are shown of a file unless a model asks for others; a whole one rarely helps it. */
const LINES = 400;
const ENTRIES = 500;

/** The tools with which a model reads: they refuse whatever lies outside the worktree, also behind a link. */
export function readingTools(desk: Desk): readonly Tool[] {
  return [
    defineTool({
      name: 'read_file',
      description: `Shows lines of a text file, ${LINES} at most at once.`,
      parameters: z.object({ path: readable, from: z.number().int().min(1).default(1) }),
      access: ['read'],
      async run({ path: name, from }) {
        const lines = (await readText(desk, name)).split('\n');
        const shown = lines.slice(from - 1, from - 1 + LINES).join('\n');
        const left = lines.length - (from - 1 + LINES);
        return left > 0 ? `${shown}\n(${left} more lines; read on from ${from + LINES})` : shown;
      },
    }),
    defineTool({
      name: 'list_files',
      description: 'Lists what a folder holds; folders end with a slash.',
      parameters: z.object({ path: path.default('.') }),
      access: ['read'],
      async run({ path: name }) {
        const folder = name === '.' ? desk.cwd : await placeOf(desk, name);
        const entries = await readdir(folder, { withFileTypes: true });
        const names = entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name)).sort();
        const more = names.length > ENTRIES ? `\n(${names.length - ENTRIES} more)` : '';
        return `${names.slice(0, ENTRIES).join('\n')}${more}`;
      },
    }),
  ];
}

/** The tools with which a model changes files. */
export function writingTools(desk: Desk): readonly Tool[] {
  return [
    defineTool({
      name: 'write_file',
      description: 'Makes a file, or replaces the whole of one.',
      parameters: z.object({ path, content: z.string() }),
      access: ['write'],
      run: ({ path: name, content }) => change(desk, name, () => content),
    }),
    defineTool({
      name: 'edit_file',
      description: 'Replaces one passage of a file. The old text must stand there exactly once.',
      parameters: z.object({ path, old: z.string().min(1), new: z.string() }),
      access: ['write'],
      run: ({ path: name, old, new: fresh }) =>
        change(desk, name, (before) => {
          const parts = (before ?? '').split(old);
          if (parts.length === 1) throw new StepFailure(`${name} does not contain the old text`);
          if (parts.length > 2)
            throw new StepFailure(`${name} contains the old text ${parts.length - 1} times`);
          return parts.join(fresh);
        }),
    }),
    defineTool({
      name: 'delete_file',
      description: 'Deletes a file.',
      parameters: z.object({ path }),
      access: ['write'],
      run: ({ path: name }) =>
        change(desk, name, (before) => {
          if (before === null) throw new StepFailure(`${name} does not exist`);
          return null;
        }),
    }),
  ];
}

async function change(
  desk: Desk,
  name: string,
  toAfter: (before: string | null) => string | null,
): Promise<string> {
  const file = await placeOf(desk, name);
  const unified = await changeFile({ file, name }, toAfter);
  desk.call.deed = { diffs: [{ path: name, unified }] };
  return 'Done.';
}

/** git's own files are the orchestrator's. */
async function placeOf({ cwd }: Desk, name: string): Promise<string> {
  const file = await insideWorktree(cwd, name);
  const git = join(cwd, '.git');
  if (file === git || file.startsWith(`${git}/`)) throw new StepFailure(`${name} is git's own`);
  return file;
}

/** A file of the worktree, or one that came with the goal. */
async function readableOf(desk: Desk, name: string): Promise<string> {
  const { files } = desk;
  if (files === null || !name.startsWith(`${files}${sep}`)) return placeOf(desk, name);
  return insideWorktree(files, name.slice(files.length + 1));
}

async function readText(desk: Desk, name: string): Promise<string> {
  const text = await readTextIfThere(await readableOf(desk, name));
  if (text === null) throw new StepFailure(`${name} does not exist`);
  if (text.includes('\0')) throw new StepFailure(`${name} is no text`);
  return text;
}
