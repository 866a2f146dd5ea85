import type {
  EditFileInput,
  Oid,
  ResultFile,
  ResultFileInput,
  ResultInput,
  SuggestionsInput,
  TakeOutInput,
  Task,
} from '@thalogos/contracts';
import type { Actor } from '../access/role.ts';
import type { Repository } from '../git/git.ts';
import { findInTree } from '../git/ls-tree.ts';
import { readBlob } from '../git/read-blob.ts';
import { replaceInTree } from '../git/replace-in-tree.ts';
import { Refusal } from '../platform/refusal.ts';
import { readText, suggestedLines, writeText } from './edit-text.ts';
import type { AuditNote } from './review.ts';
import { type Act, type ChangedTask, requireTree, type Results } from './reviewed-task.ts';
import { isOverlapping, linesOf, spliceLines } from './splice-lines.ts';
import { takeOut } from './take-out.ts';

/** What changing results by hand needs. */
export interface AmendDeps {
  readonly results: Results;
  readonly audit: { append(entry: AuditNote): unknown };
}

const MAX_FILE = 2_000_000;
const ORDINARY: readonly string[] = ['100644', '100755'];

/** What a person may do to a result: edit files, take suggestions, take parts out, and take the last of these back. */
export function makeAmend({ results, audit }: AmendDeps) {
  const amend = (given: ResultInput, act: Act, actor: Actor): Promise<Task> => {
    const { task, tree } = given;
    const note = { who: actor.name, what: 'result.amend', onWhat: `${task} ${tree}`, source: 'api' };
    const onKept = () => void audit.append({ ...note, why: act.what });
    return results.amend({ task, tree, ...act, onKept }, actor.name);
  };
  return {
    file: async ({ task: id, tree, path }: ResultFileInput): Promise<ResultFile> => {
      const task = requireTree(results, id, tree);
      const found = await readFile(results.hub(task.project), tree, path);
      if (found.kind === 'closed') return { ...found, path };
      const text = readText(found.content);
      return { ...text, path };
    },
    edit: async (input: EditFileInput, actor: Actor): Promise<Task> => {
      requireTree(results, input.task, input.tree);
      const { path, text } = input;
      const act = { title: `Edit ${path}`, what: `edited ${path}`, paths: [path] };
      const make = async (hub: Repository) => {
        const { content, mode } = await requireText(hub, input, path);
        return replaceInTree(hub, input.tree, [{ path, content: writeText(content, text), mode }]);
      };
      return amend(input, { ...act, make }, actor);
    },
    applySuggestions: (input: SuggestionsInput, actor: Actor) => {
      requireTree(results, input.task, input.tree);
      return amend(input, applying(input), actor);
    },
    takeOut: (input: TakeOutInput, actor: Actor) => {
      const task = requireTree(results, input.task, input.tree);
      return amend(input, takeOut(task, input), actor);
    },
    undo: (input: ResultInput, actor: Actor) => {
      const task = requireTree(results, input.task, input.tree);
      return amend(input, undoing(task), actor);
    },
  };
}

function undoing({ id, edits }: ChangedTask): Act {
  const last = edits.at(-1);
  if (last === undefined) {
    throw new Refusal('wrong-state', `Nobody has changed the result of task ${id} since its agent rested.`, {
      hint: 'There is nothing to undo.',
    });
  }
  return {
    title: `Undo: ${last.what}`,
    what: `undid: ${last.what}`,
    paths: last.paths,
    isUndo: true,
    make: () => Promise.resolve(last.before),
  };
}

function applying(input: SuggestionsInput): Act {
  const { suggestions } = input;
  const paths = [...new Set(suggestions.map(({ path }) => path))].toSorted();
  const count = suggestions.length === 1 ? 'a suggestion' : `${suggestions.length} suggestions`;
  return {
    ...{ title: `Apply ${count} in ${paths.join(', ')}`.slice(0, 200), what: `applied ${count}`, paths },
    make: async (hub) => {
      const changed = await Promise.all(
        paths.map(async (path) => {
          const { content, mode } = await requireText(hub, input, path);
          const mine = suggestions.filter((one) => one.path === path);
          return { path, content: withSuggestions(path, content, mine), mode };
        }),
      );
      return replaceInTree(hub, input.tree, changed);
    },
  };
}

function withSuggestions(
  path: string,
  content: Buffer,
  suggestions: SuggestionsInput['suggestions'],
): Buffer {
  const lines = linesOf(content);
  const splices = suggestions.map(({ line, endLine, text }) => {
    const replaced = lines.slice(line - 1, endLine);
    if (endLine < line || replaced.length !== endLine - line + 1)
      throw unfitting(path, `it has no lines ${line} to ${endLine}`);
    return { start: line - 1, count: replaced.length, lines: suggestedLines(replaced, text) };
  });
  if (isOverlapping(splices)) throw unfitting(path, 'two of them are about the same line');
  return spliceLines(content, splices);
}

function unfitting(path: string, why: string): Refusal {
  return new Refusal('conflict', `Could not apply suggestions to ${path}: ${why}.`, {
    hint: 'Nothing was changed. Apply them one by one, or edit the file.',
  });
}

type Found =
  | { readonly kind: 'file'; readonly content: Buffer; readonly mode: string }
  | { readonly kind: 'closed'; readonly why: string };

async function readFile(hub: Repository, tree: Oid, path: string): Promise<Found> {
  const entry = await findInTree(hub, tree, path);
  if (entry === null) return { kind: 'closed', why: 'it is not in this result' };
  if (entry.mode === '120000') return { kind: 'closed', why: 'it is a symbolic link' };
  if (entry.mode === '160000') return { kind: 'closed', why: 'it is another repository' };
  if (!ORDINARY.includes(entry.mode)) return { kind: 'closed', why: 'it is no file' };
  const blob = await readBlob(hub, entry.oid, MAX_FILE);
  if (blob.kind === 'absent') return { kind: 'closed', why: 'its contents are missing' };
  if (blob.kind === 'too-large') return { kind: 'closed', why: 'it is larger than 2 MB' };
  return { kind: 'file', content: blob.content, mode: entry.mode };
}

async function requireText(
  hub: Repository,
  { task, tree }: ResultInput,
  path: string,
): Promise<{ content: Buffer; mode: string }> {
  const found = await readFile(hub, tree, path);
  const text = found.kind === 'closed' ? found : readText(found.content);
  if (found.kind === 'file' && text.kind === 'text') return found;
  const why = text.kind === 'closed' ? text.why : '';
  throw new Refusal('usage', `Could not edit ${path} in the result of task ${task}: ${why}.`, {
    hint: 'Nothing was changed. Ask the agent to change it, or take the whole file out.',
  });
}
