import type { Mark } from '@thalogos/contracts/marks/mark';
import { changeFile, readTextIfThere } from '../change-file.ts';
import { insideWorktree, StepFailure } from '../inside-worktree.ts';

/** The marks that change or read a file. */
export type FileMark = Extract<Mark, { readonly path: string }>;

/** What a file step did: the change, or what was read. */
export interface FileStep {
  readonly unified: string;
  readonly output: string;
}

/** Carries out one file mark in the worktree; throws `StepFailure` with the reason where it can't be done. */
export async function doFileStep(root: string, mark: FileMark): Promise<FileStep> {
  try {
    return await changeOrRead(root, mark);
  } catch (error) {
    throw toStepFailure(error, mark.path);
  }
}

async function changeOrRead(root: string, mark: FileMark): Promise<FileStep> {
  const file = await insideWorktree(root, mark.path);
  if (mark.kind === 'read') return { unified: '', output: present(await readTextIfThere(file), mark.path) };
  const unified = await changeFile({ file, name: mark.path }, (before) => contentAfter(mark, before));
  return { unified, output: '' };
}

/** A full disk or a folder in the way is a reason to fail, not to crash. */
function toStepFailure(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  if (error.code === 'ENOTDIR' || error.code === 'EISDIR') return new StepFailure(`${path} is not a file`);
  return new StepFailure(`${path}: ${error.message}`);
}

function contentAfter(
  mark: Exclude<FileMark, { readonly kind: 'read' }>,
  before: string | null,
): string | null {
  switch (mark.kind) {
    case 'write':
      return mark.content;
    case 'append':
      return (before ?? '') + mark.content;
    case 'delete':
      present(before, mark.path);
      return null;
    case 'edit': {
      const text = present(before, mark.path);
      const at = text.indexOf(mark.old);
      if (at < 0) throw new StepFailure(`${mark.path} does not contain the text to be replaced`);
      return text.slice(0, at) + mark.new + text.slice(at + mark.old.length);
    }
  }
}

function present(text: string | null, path: string): string {
  if (text === null) throw new StepFailure(`${path} does not exist`);
  return text;
}
